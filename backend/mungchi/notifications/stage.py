"""Work pulled by the pipeline: telling people, and mailing some of it."""

import contextlib
import logging
import time

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from mungchi.common import clock, mail_server
from mungchi.common.jobs import work_through
from mungchi.notifications import operations, queries

EVENTS_PER_RUN = 500
PEOPLE_PER_RUN = 500
# A batch ends after this long, whatever is left: a worker that is asked to stop waits for it.
BATCH_SECONDS = 15.0

logger = logging.getLogger("mungchi.mail")


def tell_people() -> int:
    """Make notifications of what happened; return of how many events."""
    return work_through(
        queries.untold(clock.now(), EVENTS_PER_RUN), lambda pk: operations.tell(event_id=pk)
    )


def gather_digests() -> int:
    """Make the daily letters whose time has come; return how many."""
    return work_through(
        queries.due_for_digests(clock.now(), PEOPLE_PER_RUN),
        lambda pk: operations.gather_digest(user_id=pk),
    )


def send_mail() -> int:
    """Send one batch of the e-mails that wait, on one connection; return how many went out.

    A server that is away is left alone for a while, longer each time; what waits goes on waiting.
    """
    operations.take_up_stuck()
    if mail_server.away_until() is not None or not queries.has_mail(clock.now()):
        return 0
    through = get_connection()
    taken = sent = 0
    try:
        through.open()
        end = time.monotonic() + BATCH_SECONDS
        while taken < settings.MAIL_BATCH and time.monotonic() < end:
            row = operations.take()
            if row is None:
                break
            taken += 1
            if operations.send_taken(row, through):
                sent += 1
            if settings.MAIL_PER_MINUTE:
                time.sleep(60 / settings.MAIL_PER_MINUTE)
        mail_server.back()
    except (operations.ServerAway, OSError) as error:
        pause = mail_server.away()
        logger.warning("the mail server is away: %s; trying again in %s", error, pause)
    finally:
        _hang_up(through)
    return sent


def _hang_up(through: BaseEmailBackend) -> None:
    """Say goodbye, to a server that may be gone."""
    with contextlib.suppress(OSError):
        through.close()
