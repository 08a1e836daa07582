"""Work pulled by the pipeline: closing what is due, clearing what is closed, settling needs."""

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import operations, queries
from mungchi.common import clock


def close_due() -> int:
    """Close every open campaign whose deadline has come; each in a transaction of its own."""
    due = queries.due_for_closing(clock.now())
    for campaign_id in due:
        operations.close_campaign(actor=SYSTEM, campaign_id=campaign_id)
    return len(due)


def clear_closed() -> int:
    """Clear every closed campaign."""
    waiting = queries.waiting_for_clearing()
    for campaign_id in waiting:
        operations.clear_campaign(campaign_id=campaign_id)
    return len(waiting)


def settle_needs() -> int:
    """Tell the needs of pooled campaigns that ended, or were cleared, what became of them."""
    waiting = queries.with_unsettled_needs()
    for campaign_id in waiting:
        operations.settle_needs(campaign_id=campaign_id)
    return len(waiting)
