"""Work pulled by the pipeline: asking for money, booking sales, giving money back, and finding out
what became of methods that firms began to save."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from mungchi.common import clock
from mungchi.common.jobs import wake_pipeline, work_through
from mungchi.payments import operations, queries
from mungchi.payments.operations import Asking
from mungchi.payments.providers import ONLINE
from mungchi.payments.queries import balance, charging, disputes, monthly, terms


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


def remind_of_disputes() -> int:
    """Write down for which disputes evidence is due soon; return how many."""
    return work_through(
        disputes.disputes_to_remind(clock.now()),
        lambda pk: operations.remind_of_dispute(dispute_id=pk),
    )


def remind_of_accounts() -> int:
    """Write down of what firms owe on account they are to be reminded; return how many."""
    return work_through(
        terms.accounts_to_remind(clock.now()),
        lambda pk: operations.remind_of_accounts(campaign_id=pk),
    )


def make_statements() -> int:
    """State the months that have ended of what firms buy on terms; return how many."""
    return work_through(
        monthly.accounts_to_state(clock.now()),
        lambda one: operations.make_statements(credit_id=one.credit_id, last=one.last),
    )


def return_money() -> int:
    """Close the payments of failed campaigns."""
    return work_through(
        queries.failed_campaigns_with_money(),
        lambda pk: operations.return_money(campaign_id=pk),
    )


def return_less() -> int:
    """Let payments follow what suppliers confirmed, where that is less; return how many."""
    return work_through(
        queries.campaigns_with_less(), lambda pk: operations.return_less(campaign_id=pk)
    )


def send_refunds() -> int:
    """Have providers give back what came by them; of a job of its own, as they may be slow."""
    return operations.send_refunds()


def send_payouts() -> int:
    """Have providers send what suppliers are paid by them, and look at suppliers' connected
    accounts of which nobody has told anything; in the same job."""
    return operations.send_payouts() + operations.watch_payees()


def book_sales() -> int:
    """Book the money of orders that suppliers have taken; return how many."""
    return work_through(
        queries.campaigns_to_book_as_sold(clock.now()),
        lambda pk: operations.book_sale(campaign_id=pk),
    )


def settle_charges(stop: Callable[[], bool] = lambda: False) -> int:
    """All that is asked of providers about charges, side by side: what they told of is looked at,
    what nobody knows of is found out, and what is due is charged. Return how many calls were
    answered.

    Of a job of its own: a slow provider holds nothing else up.
    """
    about = (*operations.EVENTS, *operations.LOOK_UPS, *operations.CHARGES)
    done = operations.call_all(*about, stop=stop)
    if done:
        wake_pipeline()
    return done


def sum_up_charging() -> int:
    """Write down how charging went of campaigns all of whose firms were tried; return how many."""
    return work_through(
        charging.campaigns_to_sum_up(clock.now()),
        lambda pk: operations.sum_up_charging(campaign_id=pk),
    )


def read_events() -> int:
    """Read providers' lists of events, which have what did not come by itself; return how many
    lists. Those that are due now: reading may take as long as it takes until they are due again."""
    begin = partial(operations.begin_polls, clock.now())
    return operations.call_all(Asking(begin, operations.take_poll))


def read_balances() -> int:
    """Read what providers say of their balance, once a day and when an office asks, and compare it
    with the books; return how many movements were new."""
    for account in balance.accounts_to_read(clock.now(), list(ONLINE)):
        operations.begin_reading(account=account)
    return work_through(
        balance.readings_to_go_on_with(clock.now(), list(ONLINE)),
        lambda pk: operations.go_on_reading(reading_id=pk),
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
