"""The books that money writes: with every event, balanced, once, and never changed."""

import importlib
from collections import Counter
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.orders import Deal, today

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import LedgerEntry, LedgerLine

pytestmark = pytest.mark.django_db


def kinds(deal: Deal) -> Counter[str]:
    """How many entries of each kind a campaign has."""
    return Counter(
        LedgerEntry.objects.filter(campaign=deal.campaign).values_list("kind", flat=True)
    )


def left(deal: Deal) -> dict[str, int]:
    """What is left on each account of a campaign."""
    entries = LedgerEntry.objects.filter(campaign=deal.campaign)
    return {row.account: row.balance for row in queries.balances_of(entries) if row.balance}


def failed(deal: Deal) -> Deal:
    """Let the campaign fail, and its stages run."""
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="입금이 없습니다")
    order_stage.cancel_orders()
    stage.return_money()
    return deal


def test_a_campaign_that_goes_well_is_booked_from_asking_to_the_suppliers_yes() -> None:
    deal = Deal().ordered()
    total = sum(order.total for order in deal.orders())
    assert kinds(deal) == {"asked": 3, "received": 3}
    assert left(deal) == {"bank": total, "member_funds": -total}
    # A supplier that has not answered is owed nothing.
    assert stage.book_sales() == 0
    deal = Deal().confirmed()
    assert [stage.book_sales(), stage.book_sales()] == [3, 0]
    assert kinds(deal) == {"asked": 3, "received": 3, "ordered": 3}
    order = deal.purchase_order
    assert left(deal) == {"bank": order.total, "supplier_payable": -order.total}
    named = set(
        LedgerLine.objects.filter(account="supplier_payable").values_list("firm", flat=True)
    )
    assert named == {deal.supplier.firm_id}


def test_a_stage_that_failed_is_made_up_for_after_the_campaign_is_complete() -> None:
    from mungchi.deliveries import stage as deliveries

    deal = Deal().received()
    assert deliveries.complete_campaigns() == 1
    assert stage.book_sales() == 3
    assert kinds(deal)["ordered"] == 3


def test_a_mistaken_confirmation_is_taken_back_by_an_entry_and_may_come_again() -> None:
    deal = Deal().placed()
    payment = deal.payments()[0]
    deal.pay(payment)
    deal.pay(payment)
    operations.undo_confirmation(actor=deal.office, payment_id=payment.pk, why="다른 회사 입금")
    operations.undo_confirmation(actor=deal.office, payment_id=payment.pk, why="다른 회사 입금")
    deal.pay(payment)
    assert kinds(deal) == {"asked": 3, "received": 2, "received_undone": 1}
    undone = LedgerEntry.objects.get(kind="received_undone")
    assert undone.reverses is not None
    assert undone.reverses.key == f"received:{payment.pk}:1"
    assert undone.day == today()
    assert left(deal)["bank"] == payment.amount


def test_a_campaign_that_fails_owes_back_what_was_paid_and_forgives_the_rest() -> None:
    deal = Deal().placed()
    first = deal.payments()[0]
    deal.pay(first)
    failed(deal)
    assert kinds(deal) == {"asked": 3, "received": 1, "refund_due": 1, "cancelled": 2}
    assert left(deal) == {"bank": first.amount, "refund_payable": -first.amount}
    stage.return_money()
    operations.mark_refunded(actor=deal.office, payment_id=first.pk, why="이체 완료")
    operations.mark_refunded(actor=deal.office, payment_id=first.pk, why="이체 완료")
    assert kinds(deal)["refunded"] == 1
    assert left(deal) == {}


def test_a_refused_order_was_never_the_suppliers() -> None:
    from mungchi.orders import operations as orders

    deal = Deal().ordered()
    orders.refuse_purchase_order(
        actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, why="재고가 없습니다"
    )
    order_stage.cancel_orders()
    stage.return_money()
    assert stage.book_sales() == 0
    total = sum(payment.amount for payment in deal.payments())
    assert left(deal) == {"bank": total, "refund_payable": -total}


def test_a_campaigns_money_on_one_page() -> None:
    deal = Deal().placed()
    first, second, third = deal.payments()
    deal.pay(first)
    money = queries.money_of(deal.campaign)
    total = first.amount + second.amount + third.amount
    assert (money.asked, money.received, money.open) == (total, first.amount, total - first.amount)
    assert (money.held, money.supplier) == (first.amount, 0)
    failed(deal)
    money = queries.money_of(deal.campaign)
    assert (money.open, money.cancelled) == (0, second.amount + third.amount)
    assert (money.held, money.refund_due, money.refunded) == (0, first.amount, 0)


class TestTheDatabaseRefuses:
    """Whoever writes."""

    def entry(self) -> LedgerEntry:
        deal = Deal().placed()
        payment = deal.payments()[0]
        return LedgerEntry.objects.create(
            key=f"test:{uuid4()}", kind="asked", cooperative=deal.host, campaign=deal.campaign,
            payment=payment, firm=payment.firm, currency="KRW", day=today(), at=clock.now(),
        )  # fmt: skip

    def refused(self, constraint: str, *lines: dict[str, object]) -> None:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():  # noqa: PT012
            self.write(self.entry(), *lines)
            connection.check_constraints()

    def write(self, entry: LedgerEntry, *lines: dict[str, object]) -> None:
        whole = {"account": "bank", "cooperative_id": entry.cooperative_id, "currency": "KRW"}
        LedgerLine.objects.bulk_create(LedgerLine(entry=entry, **{**whole, **it}) for it in lines)

    def test_lines_that_do_not_sum_to_zero(self) -> None:
        self.refused("do not sum", {"amount": 5}, {"amount": -4})
        entry = self.entry()
        self.write(entry, {"amount": 5}, {"amount": -5})
        # Nor may an entry that balanced come out of balance afterwards.
        with pytest.raises(IntegrityError, match="do not sum"), transaction.atomic():
            self.write(entry, {"amount": 1})

    def test_an_entry_without_lines(self) -> None:
        self.refused("has no lines")

    def test_lines_in_other_books_or_another_currency(self) -> None:
        self.refused("lines_are_of_their_entrys_books", {"amount": 5, "currency": "USD"},
                     {"amount": -5, "currency": "USD"})  # fmt: skip

    @pytest.mark.parametrize(
        ("constraint", "line"),
        [
            ("what_a_firm_owes_names_it", {"amount": 5, "account": "receivable"}),
            ("what_a_partner_gets_names_it", {"amount": 5, "account": "partner_fee_payable"}),
            ("an_account_of_the_books", {"amount": 5, "account": "purse"}),
            ("a_line_moves_something", {"amount": 0}),
        ],
    )
    def test_what_names_nobody_or_is_no_account(
        self, constraint: str, line: dict[str, object]
    ) -> None:
        self.refused(constraint, line, {"amount": -5})

    def test_changing_and_deleting(self) -> None:
        Deal().placed()
        for rows in (LedgerEntry.objects.all(), LedgerLine.objects.all()):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                rows.update(currency="USD")
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                rows.all()._raw_delete(rows.db)  # type: ignore[attr-defined]

    def test_the_same_event_twice(self) -> None:
        deal = Deal().placed()
        key = LedgerEntry.objects.filter(campaign=deal.campaign).values_list("key", flat=True)[0]
        with pytest.raises(IntegrityError, match="key"), transaction.atomic():
            LedgerEntry.objects.create(
                **{**vars_of(LedgerEntry.objects.get(key=key)), "id": uuid4()}
            )


def vars_of(entry: LedgerEntry) -> dict[str, object]:
    """Its columns."""
    return {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}


def test_what_was_before_the_books_is_booked_as_it_would_have_been() -> None:
    done, broken, asked = Deal().confirmed(20, 40), Deal().placed(), Deal().placed()
    first, second, _ = broken.payments()
    broken.pay(first)
    broken.pay(second)
    failed(broken)
    operations.mark_refunded(actor=broken.office, payment_id=second.pk, why="이체 완료")
    asked.pay(asked.payments()[0])
    stage.book_sales()

    def books() -> list[tuple[object, ...]]:
        entries = LedgerLine.objects.values_list(
            "entry__key", "entry__day", "entry__at", "cooperative", "currency", "account", "firm",
            "partner", "amount",
        )  # fmt: skip
        return sorted(entries, key=str)

    before = books()
    assert len({key for key, *_ in before}) == 2 * 3 + 3 + 2 + 3 + 1 + 3 + 1
    migration = importlib.import_module("mungchi.payments.migrations.0008_book_what_was")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("payments_ledgerline", "payments_ledgerentry"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(migration.ENTRIES + migration.LINES)
    after = books()
    assert [(key, *rest) for key, _, _, *rest in after] == [
        (key, *rest) for key, _, _, *rest in before
    ]
    assert [day for _, day, *_ in after] == [day for _, day, *_ in before]
    assert done.host.pk != broken.host.pk
