"""Letters that belong to no notification: confirming an address, a new password, invitations.

They carry links that open an account or a seat. So a letter's text is in the database for only as
long as it waits: what takes it out to send it erases it there, and what gives it up as well.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from mungchi.accounts.models import Letter
from mungchi.common import clock
from mungchi.common.jobs import wake_mail
from mungchi.common.text import BRAND, Text


def write_letter(*, kind: str, recipient: str, subject: str, text: str, html: str = "") -> Letter:
    """Write a letter down, in the transaction of what it speaks of; the worker sends it."""
    with transaction.atomic():
        letter = Letter.objects.create(
            kind=kind,
            recipient=recipient,
            subject=subject,
            text=text,
            html=html,
            created_at=clock.now(),
            mail_state="waiting",
        )
        wake_mail()
        return letter


def send_letter(letter: Letter, through: BaseEmailBackend) -> None:
    """Send a letter that was taken out; raises what the mail server says."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.recipient],
        connection=through,
        headers={"Auto-Submitted": "auto-generated", "X-Mungchi-Letter": str(letter.pk)},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    message.send()


@dataclass(frozen=True, slots=True)
class Said:
    """What a letter of ours says: subject and paragraphs with gaps, and the words on its button."""

    kind: str
    subject: Text
    lines: tuple[Text, ...]
    button: Text | None = None


def write_words(
    said: Said, *, recipient: str, language: str, link: str = "", **values: object
) -> Letter:
    """Write down a letter of ours in the reader's language; `values` fill the gaps."""
    context = {
        "lines": [line.format(**values).say(language) for line in said.lines],
        "link": link,
        "button": said.button.say(language) if said.button else "",
        "current_site": {"domain": settings.PUBLIC_URL},
    }
    subject = f"[{BRAND.say(language)}] {said.subject.format(**values).say(language)}"
    with translation.override(language):
        return write_letter(
            kind=said.kind,
            recipient=recipient,
            # A line break in a name would be one in the letter's head.
            subject=" ".join(subject.split())[:200],
            text=render_to_string("account/email/words_message.txt", context).strip(),
            html=render_to_string("account/email/words_message.html", context).strip(),
        )
