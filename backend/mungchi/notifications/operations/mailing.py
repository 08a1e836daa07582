"""E-mails for notifications: claimed one by one, sent outside any transaction.

A notification is marked as sent *before* it goes out. A process killed at that very moment loses
the e-mail and not the notification, which still stands on the screen; the other way round the
same process would write to people twice, and a list of 70,000 from the beginning. A refusal by the
mail server is no such doubt: then the e-mail is put back and tried again later.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string

from mungchi.common import clock
from mungchi.notifications import queries
from mungchi.notifications.domain.kinds import KINDS
from mungchi.notifications.models import Notification

MOST_ATTEMPTS = 6


def claim_mail() -> Notification | None:
    """Take the next notification that waits for its e-mail; None when there is none.

    Two workers never take the same one.
    """
    with transaction.atomic():
        at = clock.now()
        pk: UUID | None = queries.next_to_mail(at)
        if pk is None:
            return None
        row = Notification.objects.select_related("user").get(pk=pk)
        row.mail_state, row.mailed_at = "sent", at
        row.mail_attempts += 1
        row.save(update_fields=["mail_state", "mailed_at", "mail_attempts"])
        return row


def put_back_mail(*, notification: Notification) -> None:
    """The mail server did not take it: try again later, at most MOST_ATTEMPTS times in all.

    The wait doubles: 2, 4, 8, 16, 32 minutes.
    """
    attempts = notification.mail_attempts
    notification.mail_state = "failed" if attempts >= MOST_ATTEMPTS else "waiting"
    notification.mailed_at = None
    notification.mail_after = clock.now() + timedelta(minutes=2**attempts)
    notification.save(update_fields=["mail_state", "mailed_at", "mail_after"])


def send_one(*, notification: Notification, through: BaseEmailBackend) -> None:
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
