"""Letters on their way out."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mungchi.common.models import Mailed


class Letter(Mailed):
    """An e-mail to an address, not to a seat: its text is here only for as long as it waits.

    Its links open accounts and seats, so neither a backup nor an operator shall find old ones: the
    row that goes out, or is given up, keeps to whom and when, and nothing of what it said.
    """

    # A mail server may be away for a night: given up about 17 hours after the first attempt.
    most_attempts: ClassVar[int] = 10
    mail_content: ClassVar[tuple[str, ...]] = ("text", "html")

    # What it is about, as its template is called: "email_confirmation", "invitation".
    kind = models.CharField(max_length=60)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mail_state__in=["waiting", "sent", "failed"]),
                name="a_letter_waits_is_sent_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(mail_state="waiting") | Q(text="", html=""),
                name="a_letter_that_is_gone_says_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(mail_state="waiting"), name="letters_to_send"
            ),
            models.Index(fields=["recipient", "-created_at"], name="letters_by_recipient"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"

    def mark_sent(self, at: datetime) -> None:
        """Take the text out of the database; this object keeps it, to be sent or put back."""
        text, html = self.text, self.html
        self.text = self.html = ""
        super().mark_sent(at)
        self.text, self.html = text, html

    def mark_waiting(self, after: datetime, *, given_up: bool) -> None:
        """Put the text back, unless the letter is given up."""
        if given_up:
            self.text = self.html = ""
        super().mark_waiting(after, given_up=given_up)
