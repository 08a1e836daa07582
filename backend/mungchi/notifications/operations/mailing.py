"""The e-mail of a notification, in its reader's language."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from mungchi.notifications.domain.kinds import KINDS
from mungchi.notifications.models import Notification


def send_one(notification: Notification, through: BaseEmailBackend) -> None:
    """Send a claimed notification in the person's language; raises what the mail server says."""
    language = notification.user.language
    korean = language != "en"
    context = {
        "sentence": notification.sentence_ko if korean else notification.sentence_en,
        "address": f"{settings.PUBLIC_URL}{notification.link}",
        "language": language,
        "korean": korean,
        "name": notification.user.called,
        "title": KINDS[notification.kind].title.say(language),
    }
    brand = "뭉치" if korean else "Mungchi"
    message = EmailMultiAlternatives(
        subject=f"[{brand}] {context['title']}",
        body=render_to_string("notifications/mail.txt", context),
        to=[notification.user.email],
        connection=through,
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Mungchi-Notification": str(notification.pk),
        },
    )
    message.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    message.send()
