"""Work pulled by the pipeline: asking for money, booking sales, giving money back, and finding out
what became of methods that firms began to save."""

from uuid import UUID

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


def finish_setups() -> int:
    """Find out how saving ended of which nobody has heard, such as when the browser was closed, and
    let the provider let go of what was removed; return how many ended."""
    ended = work_through(queries.mandates_to_finish(operations.begun_before()), _finish)
    since = clock.now() - operations.LET_GO_WITHIN
    return ended + work_through(
        queries.mandates_to_forget(since), lambda pk: operations.forget_method(mandate_id=pk)
    )


def _finish(mandate_id: UUID) -> int:
    return int(operations.finish_setup(mandate_id).state != "pending")
