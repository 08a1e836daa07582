"""Letters that belong to no notification: confirming an address, a new password, invitations.

They carry links that open an account or a seat. So a letter's text is in the database for only as
long as it waits: what takes it out to send it erases it there, and what gives it up as well.
"""

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from mungchi.accounts.models import Letter
from mungchi.common import clock
from mungchi.common.jobs import wake_pipeline


def write_letter(*, kind: str, recipient: str, subject: str, text: str, html: str = "") -> Letter:
    """Write a letter down, in the transaction of what it speaks of; the pipeline sends it."""
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
        wake_pipeline()
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
