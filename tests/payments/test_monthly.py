"""Monthly statements, transfers that pay them, what is taken off, and what payouts say of it."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.clients import client_for
from tests.factories.statements import Moved, taken
from tests.factories.terms import OnTerms, terms, the_tenth

from mungchi.common import clock
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import (
    Credit,
    FirmAccount,
    LedgerLine,
    MonthlyLine,
    MonthlyStatement,
    Payment,
)
from mungchi.payments.operations import crediting, payout_errors
from mungchi.reports.invariants import breaches

__all__ = ["the_tenth"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_tenth")]


def in_order() -> list[str]:
    return [str(each) for each in breaches(grace=timedelta(days=400))]


def again(deal: OnTerms, quantity: int = 60) -> OnTerms:
    """Another campaign of the office with the same firm on terms."""
    other = OnTerms(host=deal.host, item=deal.item)
    other.opened()
    other.join(quantity, firm=deal.firm)
    other.join(60)
    other.choose(deal.firm)
    other.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    return other


def stated(deal: OnTerms, days: int = 32) -> list[MonthlyStatement]:
    """Let the month end; the firm's statements, the first of them first."""
    with clock.shifted(timedelta(days=days)):
        stage.make_statements()
    rows = MonthlyStatement.objects.filter(firm_id=deal.firm.firm_id)
    return list(rows.order_by("month"))


def came(deal: OnTerms, amount: int, text: str, days: int = 33):
    """A line on the office's bank statement."""
    with clock.shifted(timedelta(days=days)):
        day = clock.now().astimezone(deal.host.timezone).date()
        return taken(deal.office, [Moved(day, amount, "행복상사", text)])[0]


def test_a_month_is_stated_once_with_supply_value_and_vat_apart():
    deal = OnTerms(host=CooperativeFactory(host_fee_bp=250)).placed(60, 60)
    mine = deal.payments()[0]
    order = deal.orders()[0]
    (row,) = stated(deal)
    assert stated(deal) == [row]
    assert (row.opening, row.charged, row.received, row.closing) == (
        0, mine.amount, 0, mine.amount,
    )  # fmt: skip
    assert row.vat == order.vat + order.fee_vat
    assert row.supply_value + row.vat == mine.amount
    assert row.due_at == mine.due_at
    assert row.reference != mine.reference
    assert in_order() == []


def test_one_transfer_pays_the_whole_statement_split_over_its_payments():
    deal = OnTerms().placed(60, 60)
    other = again(deal, 33)
    (row,) = stated(deal)
    line = came(deal, row.closing, f"{row.reference} 외상")
    with clock.shifted(timedelta(days=34)):
        (match,) = queries.certain_matches(deal.office)
        assert match.monthly
        pair = operations.Pair(line.pk, row.pk)
        done = operations.confirm_matches(actor=deal.office, pairs=[pair])
        assert (done.count, done.amount, done.changed) == (1, row.closing, 0)
        assert operations.confirm_matches(actor=deal.office, pairs=[pair]).count == 0
    line.refresh_from_db()
    assert line.open == 0
    paid = [deal.payments()[0], other.payments()[0]]
    assert [each.state for each in paid] == ["paid", "paid"]
    assert sorted(a.amount for a in line.allotments.all()) == sorted(p.amount for p in paid)
    assert in_order() == []
    # One of the two is undone: that much is owed again and in suspense again.
    first = line.allotments.get(payment=paid[0])
    operations.undo_allotment(actor=deal.office, allotment_id=first.pk, why="착오")
    line.refresh_from_db()
    assert (line.open, deal.payments()[0].state) == (paid[0].amount, "on_account")
    assert other.payments()[0].state == "paid"
    assert in_order() == []


def test_too_little_pays_the_oldest_first_and_too_much_stays_in_suspense():
    deal = OnTerms().placed(60, 60)
    other = again(deal)
    (row,) = stated(deal)
    first, second = deal.payments()[0], other.payments()[0]
    line = came(deal, first.amount + 100, row.reference)
    operations.allot_statement(actor=deal.office, line_id=line.pk, statement_id=row.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.allotted) == ("paid", "on_account", 100)
    more = came(deal, second.amount, row.reference, days=35)
    operations.allot_statement(actor=deal.office, line_id=more.pk, statement_id=row.pk)
    more.refresh_from_db()
    second.refresh_from_db()
    assert (second.state, more.state, more.open) == ("paid", "suspense", 100)
    assert in_order() == []


def test_what_comes_later_is_a_line_of_the_next_statement():
    deal = OnTerms().placed(60, 60)
    mine = deal.payments()[0]
    stated(deal)
    with clock.shifted(timedelta(days=33)):
        line = came(deal, 1_000, mine.reference, days=0)
        operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=mine.pk)
    first, second = stated(deal, 64)
    assert first.closing == mine.amount
    assert (second.opening, second.charged, second.received) == (mine.amount, 0, 1_000)
    assert second.closing == mine.amount - 1_000
    assert MonthlyLine.objects.filter(payment=mine, kind="asked").count() == 1
    assert in_order() == []
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MonthlyStatement.objects.filter(pk=first.pk).update(closing=0)


def test_months_that_were_missed_are_made_up_for_one_by_one():
    deal = OnTerms().placed(60, 60)
    rows = stated(deal, 100)
    assert len(rows) >= 3
    assert [row.opening for row in rows[1:]] == [row.closing for row in rows[:-1]]
    assert in_order() == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_statements_come_to_what_the_books_say(seed):
    """Random orders, transfers, undone transfers and amounts taken off, over months."""
    chance = random.Random(seed)
    deal = OnTerms().confirmed(60, 60)
    stage.book_sales()
    deals = [deal]
    for month in range(3):
        with clock.shifted(timedelta(days=31 * month + 1)):
            for turn in range(3):
                one = chance.choice(deals).payments()[0]
                what = chance.choice(["pay", "undo", "off", "order"])
                if what == "order" and month == 0 and len(deals) < 3:
                    deals.append(again(deal, chance.randint(20, 90)))
                elif what == "pay" and one.missing > 1:
                    line = came(deal, chance.randint(1, one.missing), f"{seed}{month}{turn}", 0)
                    operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=one.pk)
                elif what == "off" and one.missing > 1 and queries.is_sold(one):
                    operations.take_off(actor=deal.office, payment_id=one.pk, why="파손",
                                        amount=chance.randint(1, one.missing))  # fmt: skip
                elif what == "undo":
                    for allotment in queries.standing_allotments(one)[:1]:
                        operations.undo_allotment(
                            actor=deal.office, allotment_id=allotment.pk, why="착오"
                        )
            assert in_order() == [], seed
            stage.make_statements()
    rows = stated(deal, 200)
    books = LedgerLine.objects.filter(
        account="receivable", entry__payment__on_account__isnull=False
    ).values_list("amount", flat=True)
    owed = sum(p.missing for p in Payment.objects.filter(state="on_account"))
    assert rows[-1].closing == sum(books) == owed, seed
    assert in_order() == [], seed


def sold(**said: object) -> OnTerms:
    deal = OnTerms(host=CooperativeFactory(host_fee_bp=250))
    terms(deal.office, **said)
    deal.confirmed(60, 60)
    stage.book_sales()
    return deal


def test_what_is_taken_off_lowers_what_is_owed_the_supplier_and_the_fees():
    deal = sold()
    mine = deal.payments()[0]
    before = queries.money_of(deal.campaign)
    row = operations.take_off(actor=deal.office, payment_id=mine.pk, amount=1_234, why="파손")
    after = queries.money_of(deal.campaign)
    shares = Credit.objects.get().shares
    assert (row.state, row.missing) == ("on_account", mine.amount - 1_234)
    assert before.open - after.open == 1_234
    supplier = shares.supply_value + shares.delivery + shares.vat
    assert before.supplier_open - after.supplier_open == supplier
    assert in_order() == []
    with pytest.raises(crediting.MoreThanOwed):
        operations.take_off(actor=deal.office, payment_id=mine.pk, amount=mine.amount, why="x")


def test_taken_off_whole_nothing_is_owed_and_nothing_goes_back():
    deal = sold()
    mine = deal.payments()[0]
    row = operations.take_off(actor=deal.office, payment_id=mine.pk, amount=mine.amount, why="x")
    assert (row.state, row.missing) == ("cancelled", 0)
    assert in_order() == []


def test_what_was_paid_in_part_and_the_rest_taken_off_is_paid_and_refunded_no_further():
    deal = sold()
    mine = deal.payments()[0]
    line = came(deal, 1_000, mine.reference, days=0)
    operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=mine.pk)
    row = operations.take_off(
        actor=deal.office, payment_id=mine.pk, amount=mine.amount - 1_000, why="반품"
    )
    assert row.state == "paid"
    assert queries.left_of(row).amount == 1_000
    operations.refund_part(actor=deal.office, payment_id=row.pk, amount=1_000, why="전부 반품")
    row.refresh_from_db()
    assert row.state == "refund_due"
    assert in_order() == []


def account(deal: OnTerms) -> None:
    FirmAccount.objects.create(
        firm_id=deal.supplier.firm_id, bank_name="신한", bank_account="110-1",
        bank_holder="공급", changed_at=clock.now(),
    )  # fmt: skip


def test_the_supplier_is_paid_once_the_office_confirms_what_it_carries():
    deal = sold()
    account(deal)
    mine = deal.payments()[0]
    path = f"/api/v1/campaigns/{deal.campaign.pk}/payout"
    told = client_for(deal.office).get(path).json()
    assert (told["owing_firms"], told["outstanding"]) == (1, mine.amount)
    with pytest.raises(payout_errors.StillOutstanding):
        operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk, early="x")
    row = operations.prepare_payout(
        actor=deal.office, campaign_id=deal.campaign.pk, early="x", outstanding=mine.amount
    )
    assert row.outstanding == mine.amount
    assert in_order() == []


def test_where_the_cooperative_chose_so_the_supplier_waits():
    deal = sold()
    account(deal)
    terms(deal.office, holds_payout=True)
    with pytest.raises(payout_errors.PayoutBlocked):
        operations.prepare_payout(
            actor=deal.office, campaign_id=deal.campaign.pk, early="x", outstanding=2**50
        )


def test_a_statement_is_read_by_its_firm_and_office_and_by_nobody_else():
    deal = OnTerms().placed(60, 60)
    (row,) = stated(deal)
    path = f"/api/v1/monthly-statements/{row.pk}"
    for who in (deal.firm, deal.office):
        told = client_for(who).get(path).json()
        assert told["owed"] == row.closing
        assert [line["kind"] for line in told["lines"]] == ["asked"]
        (listed,) = client_for(who).get("/api/v1/monthly-statements").json()["results"]
        assert listed["owed"] == row.closing
        assert client_for(who).get(path, {"export": "xlsx"}).content[:2] == b"PK"
    strangers = (deal.people[1], deal.supplier, coordinator_of(CooperativeFactory()),
                 member(deal.host))  # fmt: skip
    for who in strangers:
        assert client_for(who).get(path).status_code == 404
        assert client_for(who).get("/api/v1/monthly-statements").json()["results"] == []


def test_limits_of_others_are_of_no_use_to_a_statement_of_another_office():
    deal = OnTerms().placed(60, 60)
    (row,) = stated(deal)
    other = OnTerms().placed(60, 60)
    line = came(other, row.closing, row.reference)
    with clock.shifted(timedelta(days=34)):
        assert all(match.payment != row.pk for match in queries.certain_matches(other.office))
    answer = client_for(other.office).post(
        f"/api/v1/bank-lines/{line.pk}/allot-statement", {"statement": str(row.pk)}
    )
    assert answer.status_code == 404
