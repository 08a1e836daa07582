"""Entries of the books, whatever the amounts."""

import inspect
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.payments.domain import ledger
from mungchi.payments.domain.ledger import Line, Sale

FIRM, SUPPLIER, PARTNER = UUID(int=1), UUID(int=2), UUID(int=3)
amounts = st.integers(1, 2**62)
parts = st.integers(0, 2**60)
sales = st.builds(Sale, supplier=st.integers(1, 2**60), fee=parts, fee_vat=parts, partner_fee=parts)


def balances(*entries: ledger.Lines) -> dict[str, int]:
    """What is left on each account."""
    left: dict[str, int] = {}
    for line in (line for entry in entries for line in entry):
        left[line.account] = left.get(line.account, 0) + line.amount
    return {account: amount for account, amount in left.items() if amount}


@given(sales)
def test_a_sale_that_goes_well_leaves_the_money_and_whose_it_is(sale: Sale) -> None:
    left = balances(
        ledger.asked(sale.total, FIRM),
        ledger.received(sale.total, FIRM),
        ledger.ordered(sale, FIRM, SUPPLIER, PARTNER),
    )
    expected = {
        "bank": sale.total, "supplier_payable": -sale.supplier, "fee": -sale.fee,
        "fee_vat": -sale.fee_vat, "partner_fee_payable": -sale.partner_fee,
    }  # fmt: skip
    assert left == {account: amount for account, amount in expected.items() if amount}


@given(amounts)
def test_what_is_given_back_or_never_paid_leaves_nothing(amount: int) -> None:
    asked, received = ledger.asked(amount, FIRM), ledger.received(amount, FIRM)
    assert balances(asked, ledger.cancelled(amount, FIRM)) == {}
    assert balances(received, ledger.turned(received)) == {}
    due = ledger.refund_due(amount, FIRM)
    assert balances(asked, received, due) == {"bank": amount, "refund_payable": -amount}
    assert balances(asked, received, due, ledger.refunded(amount, FIRM)) == {}


def test_lines_name_whom_they_are_about_and_none_is_of_nothing() -> None:
    assert ledger.ordered(Sale(100, 0, 0, 7), FIRM, SUPPLIER, PARTNER) == (
        Line("member_funds", 107, FIRM),
        Line("supplier_payable", -100, SUPPLIER),
        Line("partner_fee_payable", -7, partner=PARTNER),
    )


SALE = Sale(100, 5, 1, 7)
# (event, what it is told, its lines): debits above zero.
EVENTS: list[tuple[str, tuple[object, ...], ledger.Lines]] = [
    ("asked", (9, FIRM), (Line("receivable", 9, FIRM), Line("member_funds", -9, FIRM))),
    ("received", (9, FIRM), (Line("bank", 9), Line("receivable", -9, FIRM))),
    ("asked_less", (9, FIRM), (Line("receivable", -9, FIRM), Line("member_funds", 9, FIRM))),
    ("cancelled", (9, FIRM), (Line("receivable", -9, FIRM), Line("member_funds", 9, FIRM))),
    ("ordered", (SALE, FIRM, SUPPLIER, PARTNER),
     (Line("member_funds", 113, FIRM), Line("supplier_payable", -100, SUPPLIER), Line("fee", -5),
      Line("fee_vat", -1), Line("partner_fee_payable", -7, partner=PARTNER))),
    ("lapsed", (9, FIRM), (Line("receivable", -9, FIRM), Line("member_funds", 9, FIRM))),
    ("subsidised", (9, SUPPLIER),
     (Line("price_subsidy", 9), Line("supplier_payable", -9, SUPPLIER))),
    ("refund_due_of_sale", (SALE, FIRM, SUPPLIER, PARTNER),
     (Line("supplier_payable", 100, SUPPLIER), Line("fee", 5), Line("fee_vat", 1),
      Line("partner_fee_payable", 7, partner=PARTNER), Line("refund_payable", -113, FIRM))),
    ("credited", (SALE, FIRM, SUPPLIER, PARTNER),
     (Line("supplier_payable", 100, SUPPLIER), Line("fee", 5), Line("fee_vat", 1),
      Line("partner_fee_payable", 7, partner=PARTNER), Line("receivable", -113, FIRM))),
    ("repaid", (9, SUPPLIER), (Line("bank", 9), Line("supplier_receivable", -9, SUPPLIER))),
    ("set_off", (9, SUPPLIER),
     (Line("supplier_payable", 9, SUPPLIER), Line("supplier_receivable", -9, SUPPLIER))),
    ("paid_out", (9, SUPPLIER), (Line("supplier_payable", 9, SUPPLIER), Line("bank", -9))),
    ("charged", (9, FIRM), (Line("provider_clearing", 9), Line("receivable", -9, FIRM))),
    ("charged_late", (9, FIRM), (Line("provider_clearing", 9), Line("refund_payable", -9, FIRM))),
    ("late_returned", (9, FIRM),
     (Line("provider_clearing", -9), Line("refund_payable", 9, FIRM))),
    ("late_kept", (9, FIRM), (Line("refund_payable", 9, FIRM), Line("bank", -9))),
    ("provider_fee", (9,), (Line("provider_fee", 9), Line("provider_clearing", -9))),
    ("refund_due", (9, FIRM), (Line("member_funds", 9, FIRM), Line("refund_payable", -9, FIRM))),
    ("refunded", (9, FIRM), (Line("refund_payable", 9, FIRM), Line("bank", -9))),
    ("arrived", (9,), (Line("bank", 9), Line("bank_suspense", -9))),
    ("allotted", (9, FIRM), (Line("bank_suspense", 9), Line("receivable", -9, FIRM))),
    ("tied", (9,), (Line("bank", -9), Line("bank_suspense", 9))),
    ("set_aside", (9,), (Line("bank_suspense", 9), Line("not_ours", -9))),
    ("sent_back", (9,), (Line("bank_suspense", 9), Line("bank", -9))),
    ("withdrawn", (9,), (Line("dispute", 9), Line("provider_clearing", -9))),
    ("dispute_lost", (9,), (Line("dispute_loss", 9), Line("dispute", -9))),
    ("dispute_asked_again", (9, FIRM), (Line("receivable", 9, FIRM), Line("dispute_loss", -9))),
    ("dispute_owed_back", (9, FIRM),
     (Line("dispute_loss", 9), Line("refund_payable", -9, FIRM))),
    ("converted", (9,), (Line("exchange", 9), Line("provider_clearing", -9))),
    ("settled_in", (9,), (Line("provider_clearing", 9), Line("exchange", -9))),
    ("to_bank", (9,), (Line("bank_transit", 9), Line("provider_clearing", -9))),
    ("at_bank", (9, "bank_suspense"), (Line("bank_suspense", 9), Line("bank_transit", -9))),
    ("no_group_purchase", (9,), (Line("provider_clearing", 9), Line("not_ours", -9))),
]  # fmt: skip


@pytest.mark.parametrize(("event", "told", "lines"), EVENTS, ids=[name for name, *_ in EVENTS])
def test_what_an_event_writes(event: str, told: tuple[object, ...], lines: ledger.Lines) -> None:
    written = getattr(ledger, event)(*told)
    assert written == lines
    assert ledger.turned(written) == tuple(
        Line(line.account, -line.amount, line.firm, line.partner) for line in lines
    )


@pytest.mark.parametrize(
    ("event", "account"),
    [("refund_due_of_sale", "refund_payable"), ("credited", "receivable")],
)
@pytest.mark.parametrize("owed_back", [0, 30, 100])
def test_what_the_supplier_was_paid_already_it_owes_back(
    event: str, account: str, owed_back: int
) -> None:
    written = getattr(ledger, event)(SALE, FIRM, SUPPLIER, PARTNER, owed_back=owed_back)
    of = {line.account: line.amount for line in written}
    assert of.get("supplier_payable", 0) == 100 - owed_back
    assert of.get("supplier_receivable", 0) == owed_back
    assert of[account] == -113


def test_what_a_supplier_repays_may_be_in_suspense() -> None:
    assert ledger.repaid(9, SUPPLIER, "bank_suspense") == (
        Line("bank_suspense", 9), Line("supplier_receivable", -9, SUPPLIER)
    )  # fmt: skip


def test_every_event_of_the_books_is_told_above() -> None:
    events = {
        name
        for name, function in inspect.getmembers(ledger, inspect.isfunction)
        # Changed copies of a function are called x_ and so on (`make mutate`).
        if not name.startswith(("_", "x_"))
        and function.__annotations__.get("return") == ledger.Lines
    }
    assert events - {"turned"} == {name for name, *_ in EVENTS}


def test_lines_that_do_not_balance_are_no_entry() -> None:
    with pytest.raises(AssertionError):
        ledger._entry(Line("bank", 9), Line("receivable", -8, FIRM))


def test_every_account_and_kind_has_its_name_in_both_languages() -> None:
    for names in (ledger.ACCOUNTS, ledger.KINDS):
        assert all(text.ko and text.en for text in names.values())  # type: ignore[attr-defined]
        assert len({text.ko for text in names.values()}) == len(names)  # type: ignore[attr-defined]


@given(sales)
def test_a_sale_that_goes_back_whole_leaves_nothing(sale: Sale) -> None:
    assert (
        balances(
            ledger.asked(sale.total, FIRM),
            ledger.received(sale.total, FIRM),
            ledger.ordered(sale, FIRM, SUPPLIER, PARTNER),
            ledger.refund_due_of_sale(sale, FIRM, SUPPLIER, PARTNER),
            ledger.refunded(sale.total, FIRM),
        )
        == {}
    )


@given(sales)
def test_paying_the_supplier_leaves_the_fees(sale: Sale) -> None:
    left = balances(
        ledger.asked(sale.total, FIRM),
        ledger.received(sale.total, FIRM),
        ledger.ordered(sale, FIRM, SUPPLIER, PARTNER),
        ledger.paid_out(sale.supplier, SUPPLIER),
    )
    assert "supplier_payable" not in left
    assert left.get("bank", 0) == sale.total - sale.supplier


@given(amounts)
def test_what_a_bank_takes_and_gives_back_leaves_nothing(amount: int) -> None:
    taken = ledger.withdrawn(amount)
    assert balances(taken, ledger.turned(taken)) == {}
    lost = (taken, ledger.dispute_lost(amount))
    assert balances(*lost) == {"dispute_loss": amount, "provider_clearing": -amount}
    again = (ledger.dispute_asked_again(amount, FIRM), ledger.received(amount, FIRM))
    assert balances(*lost, *again) == {"bank": amount, "provider_clearing": -amount}


@given(amounts)
def test_what_a_provider_gives_back_is_not_on_the_banks_account(amount: int) -> None:
    assert balances(ledger.refunded(amount, FIRM, "provider_clearing")) == {
        "refund_payable": amount, "provider_clearing": -amount,
    }  # fmt: skip
