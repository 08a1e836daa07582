"""Work pulled by the pipeline: telling people, and mailing some of it."""

import logging

from django.core.mail import get_connection

from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.notifications import operations, queries

logger = logging.getLogger("mungchi.notifications")
EVENTS_PER_RUN = 500
# A run ends after so many, so that a long list of e-mails does not keep orders waiting.
MAILS_PER_RUN = 200


def tell_people() -> int:
    """Make notifications of what happened; return of how many events."""
    return work_through(
        queries.untold(clock.now(), EVENTS_PER_RUN), lambda pk: operations.tell(event_id=pk)
    )


def send_mail() -> int:
    """Send the e-mails that wait; return how many went out."""
    sent = 0
    through = get_connection()
    try:
        while sent < MAILS_PER_RUN:
            notification = operations.claim_mail()
            if notification is None:
                break
            try:
                operations.send_one(notification=notification, through=through)
            except Exception:
                # Whatever it was: this one waits, and the server is asked again in a later run.
                logger.exception("an e-mail was not taken: %s", notification.pk)
                operations.put_back_mail(notification=notification)
                break
            sent += 1
    finally:
        through.close()
    return sent
