"""E-mails: claimed one by one, sent outside any transaction; what a refused one waits for.

A row is marked as sent *before* its e-mail goes out. A process killed at that very moment loses the
e-mail; the other way round the same process would write to people twice, and a list of 70,000 from
the beginning. A refusal by the mail server is no such doubt: then the e-mail is put back and tried
again later.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet

from mungchi.common import clock
from mungchi.common.models import Mailed

# A run ends after so many, so that a long list of e-mails does not keep orders waiting.
MAILS_PER_RUN = 200

logger = logging.getLogger("mungchi.mail")
M = TypeVar("M", bound=Mailed)


def claim(waiting: QuerySet[M]) -> M | None:
    """Take the next of the rows whose e-mail waits and is due; None when there is none.

    Two workers never take the same one.
    """
    with transaction.atomic():
        at = clock.now()
        row = (
            waiting.filter(Q(mail_after__isnull=True) | Q(mail_after__lte=at), mail_state="waiting")
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("id")
            .first()
        )
        if row is None:
            return None
        row.mark_sent(at)
        return row


def put_back(row: Mailed) -> None:
    """The mail server did not take it: try again later, so often in all as the row's kind allows.

    The wait doubles: 2, 4, 8, 16, 32 minutes and so on.
    """
    given_up = row.mail_attempts >= row.most_attempts
    row.mark_waiting(clock.now() + timedelta(minutes=2**row.mail_attempts), given_up=given_up)


def send_waiting(waiting: QuerySet[M], send: Callable[[M, BaseEmailBackend], None]) -> int:
    """Send the e-mails that wait; return how many went out. `send` raises what the server says."""
    sent = 0
    through = get_connection()
    try:
        while sent < MAILS_PER_RUN:
            row = claim(waiting)
            if row is None:
                break
            try:
                send(row, through)
            except Exception:
                # Whatever it was: this one waits, and the server is asked again in a later run.
                logger.exception("an e-mail was not taken: %s %s", row._meta.label_lower, row.pk)
                put_back(row)
                break
            sent += 1
    finally:
        through.close()
    return sent
