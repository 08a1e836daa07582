"""Ways to break what is promised of the books; see breaking."""

from collections.abc import Callable

from tests.factories.accounts import CooperativeFactory
from tests.factories.orders import Deal, today
from tests.factories.statements import Moved, taken
from tests.reports.breaking import changed

from mungchi.payments import operations, stage

OF = "SELECT id FROM payments_ledgerentry WHERE campaign_id = %s AND kind = %s"


def sold() -> Deal:
    """A campaign whose supplier has taken the order."""
    deal = Deal().confirmed()
    stage.book_sales()
    return deal


def lines(kind: str, change: str, which: str = "true") -> Callable[[Deal], None]:
    """Change lines of the entries of a kind by hand."""

    def break_it(deal: Deal) -> None:
        changed(f"UPDATE payments_ledgerline SET {change} WHERE entry_id IN ({OF}) AND {which}",
                deal.campaign.pk, kind)  # fmt: skip

    return break_it


def matched() -> Deal:
    """A campaign of which one payment was paid by a line of the bank's statement."""
    deal = Deal().placed()
    payment = deal.payments()[0]
    (line,) = taken(deal.office, [Moved(today(), payment.amount, "누구", payment.reference)])
    operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=payment.pk)
    return deal


def allotted_twice(deal: Deal) -> None:
    """Let more of the line be a payment's than arrived."""
    changed("UPDATE payments_bankallotment SET amount = amount * 2 WHERE payment_id = %s",
            deal.payments()[0].pk)  # fmt: skip


def other_money_arrived(deal: Deal) -> None:
    """Book the arrival of another amount than the bank said."""
    changed("UPDATE payments_ledgerline SET amount = amount * 2 WHERE entry_id IN"
            " (SELECT id FROM payments_ledgerentry WHERE cooperative_id = %s AND kind = 'arrived')",
            deal.host.pk)  # fmt: skip


def in_other_books(deal: Deal) -> None:
    """Write another cooperative over entries and lines."""
    other = CooperativeFactory().pk
    for table, key in (("payments_ledgerline", "entry_id"), ("payments_ledgerentry", "id")):
        changed(f"UPDATE {table} SET cooperative_id = %s WHERE {key} IN ({OF})", other,
                deal.campaign.pk, "asked")  # fmt: skip


BOOK_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("an_entry_sums_to_zero", lambda: Deal().placed(),
     lines("asked", "amount = amount - 1", "account = 'member_funds'")),
    ("an_entry_is_its_payments", lambda: Deal().placed(), in_other_books),
    ("the_books_follow_the_payment", lambda: Deal().paid(),
     lines("received", "amount = amount * 2")),
    ("suppliers_are_owed_what_was_ordered", sold,
     lines("ordered", "amount = amount * 2")),
    ("a_bank_line_is_used_once", matched, allotted_twice),
    ("suspense_is_what_no_line_is_for", matched, other_money_arrived),
]  # fmt: skip
