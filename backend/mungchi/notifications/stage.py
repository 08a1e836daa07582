"""Work pulled by the pipeline: telling people, and mailing some of it."""

from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.common.mailing import send_waiting
from mungchi.notifications import operations, queries

EVENTS_PER_RUN = 500


def tell_people() -> int:
    """Make notifications of what happened; return of how many events."""
    return work_through(
        queries.untold(clock.now(), EVENTS_PER_RUN), lambda pk: operations.tell(event_id=pk)
    )


def send_mail() -> int:
    """Send the e-mails that wait; return how many went out."""
    return send_waiting(queries.mailable(), operations.send_one)
