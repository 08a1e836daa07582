"""Work pulled by the pipeline: asking for money, booking sales, and giving money back."""

from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.payments import operations, queries


def ask_for_payment() -> int:
    """Ask for the money of every order that nobody was asked for; return how many."""
    asked = work_through(
        queries.campaigns_to_ask_for(), lambda pk: operations.ask_for_payment(campaign_id=pk)
    )
    told = work_through(
        queries.cooperatives_with_new_account(),
        lambda cooperative: operations.tell_account(cooperative=cooperative),
    )
    return asked + told


def lapse_payments() -> int:
    """End what was not paid in time, and clear those campaigns again; return how many."""
    return work_through(
        queries.campaigns_to_lapse(clock.now()),
        lambda pk: operations.lapse_payments(campaign_id=pk),
    )


def remind_of_payments() -> int:
    """Write down of which payments firms are to be reminded; return how many."""
    return work_through(
        queries.campaigns_to_remind(clock.now()),
        lambda pk: operations.remind_of_payments(campaign_id=pk),
    )


def return_money() -> int:
    """Close the payments of failed campaigns."""
    return work_through(
        queries.failed_campaigns_with_money(),
        lambda pk: operations.return_money(campaign_id=pk),
    )


def book_sales() -> int:
    """Book the money of orders that suppliers have taken; return how many."""
    return work_through(
        queries.campaigns_to_book_as_sold(clock.now()),
        lambda pk: operations.book_sale(campaign_id=pk),
    )
