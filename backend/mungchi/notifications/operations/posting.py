"""E-mails on their way out: each taken, sent outside any transaction, and written down.

Taken is not sent: a worker that dies after taking one leaves it `sending`, and after STUCK it is
taken again. So none is lost; the one that was at the mail server when its worker died may arrive
twice, with the same Message-ID, by which mail systems know it for one.
"""

from datetime import datetime, timedelta
from typing import Final

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from mungchi.common import clock
from mungchi.common.mail_server import Refusal, meaning_of
from mungchi.notifications.domain.hours import quiet_until
from mungchi.notifications.domain.kinds import KINDS, SECURITY
from mungchi.notifications.models import Mail, Mailbox
from mungchi.notifications.operations.composing import message_of
from mungchi.notifications.queries.choices import reachable, zone_of

# Longer than a slow server takes for one (EMAIL_TIMEOUT for each of a handful of answers).
STUCK: Final = timedelta(minutes=3)
# Tried again after 2, 4, 8 minutes and so on, for about four hours in all.
MOST_ATTEMPTS: Final = 8


class ServerAway(Exception):
    """The mail server does not answer, or takes nothing from us."""


def take_up_stuck() -> int:
    """Let what a lost worker had taken wait again; return how many."""
    at = clock.now()
    return Mail.objects.filter(state="sending", taken_at__lt=at - STUCK).update(
        state="waiting", taken_at=None, after=at
    )


def take() -> Mail | None:
    """Take the next e-mail that is due; None when there is none. No two workers take the same.

    Passes over those that nobody would get any more, and puts off those that fall into somebody's
    quiet hours.
    """
    while True:
        with transaction.atomic():
            at = clock.now()
            row = (
                Mail.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related(
                    "user__mailbox",
                    "event",
                    "notification__seat__firm",
                    "notification__seat__cooperative",
                )
                .filter(state="waiting", after__lte=at)
                .order_by("after")
                .first()
            )
            if row is None:
                return None
            box = getattr(row.user, "mailbox", None)
            if not reachable(row.user, box):
                _become(row, "dropped")
            elif until := _quiet_until(row, box, at):
                row.after = until
                row.save(update_fields=["after"])
            else:
                _become(row, "sending", taken_at=at)
                return row


def _quiet_until(row: Mail, box: Mailbox | None, at: datetime) -> datetime | None:
    """When the person's quiet hours end; a letter of the day has a time of its own."""
    notice = row.notification
    if box is None or box.quiet_from is None or notice is None:
        return None
    if KINDS[notice.kind].necessary == SECURITY:
        return None
    return quiet_until(at, box.quiet_from, box.quiet_to, zone_of(notice.seat_id))


def _become(row: Mail, state: str, *, taken_at: datetime | None = None) -> None:
    row.state, row.taken_at = state, taken_at
    row.save(update_fields=["state", "taken_at"])


def send_taken(row: Mail, through: BaseEmailBackend) -> bool:
    """Send an e-mail that was taken, and write down what came of it; return whether it went.

    Raises ServerAway when that is why it did not; the e-mail then waits as if it had not been
    tried.
    """
    message = message_of(row, through)
    if message is None:
        _write(row, state="dropped")
        return False
    try:
        message.send()
    except Exception as error:
        why, said = meaning_of(error)
        _not_taken(row, why, said[:300])
        if why is Refusal.SERVER:
            raise ServerAway(said) from error
        return False
    _write(row, state="sent", sent_at=clock.now(), answer="", attempts=row.attempts + 1)
    return True


def _not_taken(row: Mail, why: Refusal, said: str) -> None:
    at = clock.now()
    if why is Refusal.SERVER:
        _write(row, state="waiting", after=at + timedelta(minutes=1), answer=said)
        return
    attempts = row.attempts + 1
    if why is Refusal.ADDRESS:
        with transaction.atomic():
            _write(row, state="refused", attempts=attempts, answer=said)
            Mailbox.objects.update_or_create(
                user_id=row.user_id,
                defaults={
                    "refused_address": row.user.email, "refused_at": at, "refused_answer": said,
                },
            )  # fmt: skip
        return
    _write(
        row,
        state="failed" if attempts >= MOST_ATTEMPTS else "waiting",
        attempts=attempts,
        after=at + timedelta(minutes=2**attempts),
        answer=said,
    )


def _write(row: Mail, **changes: object) -> None:
    """Only while it is still this worker's: one that was stuck may be another's by now."""
    Mail.objects.filter(pk=row.pk, state="sending", taken_at=row.taken_at).update(
        taken_at=None, **changes
    )
