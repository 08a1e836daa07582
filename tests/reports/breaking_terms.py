"""Ways to break what is promised of buying on terms; see breaking."""

from collections.abc import Callable
from datetime import timedelta

from tests.factories.orders import Deal
from tests.factories.terms import OnTerms
from tests.reports.breaking import changed, sql

from mungchi.common import clock
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, stage


def on_account() -> OnTerms:
    """A campaign with an order on account."""
    return OnTerms().placed(60, 60)


def twice() -> OnTerms:
    """A firm with two orders on account."""
    deal = on_account()
    other = OnTerms(host=deal.host, item=deal.item)
    other.opened()
    other.join(60, firm=deal.firm)
    other.join(60)
    other.choose(deal.firm)
    other.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    return other


def lowered() -> OnTerms:
    """A firm that owes less than its order came to."""
    deal = OnTerms().confirmed(60, 60)
    stage.book_sales()
    operations.take_off(actor=deal.office, payment_id=deal.payments()[0].pk, amount=100, why="파손")
    return deal


def stated() -> OnTerms:
    """A firm whose month was stated, with an order that it has paid."""
    deal = on_account()
    Deal.pay(deal, deal.payments()[0])
    with clock.shifted(timedelta(days=32)):
        stage.make_statements()
    return deal


def by_hand(table: str, change: str, where: str = "true") -> Callable[[Deal], None]:
    """Change rows of the deal's cooperative, by hand."""

    def break_it(deal: Deal) -> None:
        changed(f"UPDATE {table} SET {change} WHERE cooperative_id = %s AND {where}",
                deal.host.pk)  # fmt: skip

    return break_it


def line_of_another_amount(deal: Deal) -> None:
    """Let a line of the statement say another supply value than it was made of."""
    changed("UPDATE payments_monthlyline SET supply_value = supply_value - 1"
            " WHERE kind = 'asked'")  # fmt: skip


def charged_twice(deal: Deal) -> None:
    """Let a payment stand on a statement as charged a second time, in the books as well."""
    sql("DROP INDEX a_payment_is_on_one_statement")
    changed("UPDATE payments_ledgerentry SET kind = 'asked' WHERE kind = 'received'"
            " AND cooperative_id = %s", deal.host.pk)  # fmt: skip
    changed("UPDATE payments_monthlyline SET kind = 'asked' WHERE kind = 'received'")


OWED = "payment_id IN (SELECT payment_id FROM payments_onaccount)"
TERMS_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("nothing_was_taken_above_the_limit", twice,
     by_hand("payments_onaccount", "before = 0", "before > 0")),
    ("what_is_on_account_was_taken", on_account,
     by_hand("payments_payment", "provider = 'bank_transfer'", "state = 'on_account'")),
    ("what_was_taken_off_is_booked", lowered,
     by_hand("payments_credit", "amount = amount - 1, supply_value = supply_value - 1")),
    ("a_statement_is_the_books", stated, line_of_another_amount),
    ("statements_leave_nothing_out", on_account,
     by_hand("payments_ledgerline", "account = 'bank', firm_id = NULL",
             "account = 'receivable' AND entry_id IN (SELECT id FROM payments_ledgerentry"
             f" WHERE {OWED})")),
    ("a_payment_is_charged_on_one_statement", stated, charged_twice),
]  # fmt: skip
