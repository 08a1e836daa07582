"""Work pulled by the pipeline: orders, purchase orders, and their end when a campaign fails."""

from mungchi.common import clock
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


def confirm_less() -> int:
    """Carry out what suppliers confirmed less and hosts accepted; return how many."""
    accepted = work_through(
        queries.lesses_confirmed_by_two(),
        lambda pair: operations.accept_by_two(less_id=pair[0], decision_id=pair[1]),
    )
    return accepted + work_through(
        queries.lesses_to_carry_out(), lambda pk: operations.carry_out_less(less_id=pk)
    )


def remind_of_less() -> int:
    """Remind hosts of what suppliers confirmed less and waits for them; return how many."""
    return work_through(
        queries.lesses_to_remind(clock.now()), lambda pk: operations.remind_of_less(less_id=pk)
    )


def cancel_orders() -> int:
    """Cancel the orders of failed campaigns."""
    return work_through(
        queries.failed_campaigns_with_orders(),
        lambda pk: operations.cancel_orders(campaign_id=pk),
    )
