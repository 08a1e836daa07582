"""Work pulled by the pipeline: orders, purchase orders, and their end when a campaign fails."""

from mungchi.common.jobs import work_through
from mungchi.orders import operations, queries


def place_orders() -> int:
    """Make the orders of every campaign that was cleared; return how many."""
    return work_through(
        queries.campaigns_without_orders(), lambda pk: operations.place_orders(campaign_id=pk)
    )


def issue_purchase_orders() -> int:
    """Order from the supplier for every campaign that is paid in full."""
    return work_through(
        queries.campaigns_paid_in_full(),
        lambda pk: operations.issue_purchase_order(campaign_id=pk),
    )


def cancel_orders() -> int:
    """Cancel the orders of failed campaigns."""
    return work_through(
        queries.failed_campaigns_with_orders(),
        lambda pk: operations.cancel_orders(campaign_id=pk),
    )
