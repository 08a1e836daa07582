"""Paying suppliers: prepared, approved by a second person, sent, come back."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import CooperativeFactory, SeatFactory, UserFactory, coordinator_of
from tests.factories.clients import client_for
from tests.factories.lapses import decide, lapsed
from tests.factories.orders import Deal, today

from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.models import Seat
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import stage as orders
from mungchi.orders.operations import confirm_purchase_order
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import FirmAccount, LedgerLine, Payout
from mungchi.payments.operations import paying_out, refunding
from mungchi.payments.operations import payout_errors as errors
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def named(deal: Deal, account: str = "110-222-333") -> FirmAccount:
    """The supplier says where it takes money."""
    Seat.objects.filter(pk=deal.supplier.seat_id).update(role="owner")
    return operations.name_account(
        actor=deal.supplier, bank_name="신한은행", bank_account=account, bank_holder="대한종이"
    )


def done(*quantities: int) -> Deal:
    """Everything is received, and the supplier has named an account."""
    deal = Deal(host=CooperativeFactory(host_fee_bp=250)).received(*quantities)
    stage.book_sales()
    named(deal)
    return deal


def second(deal: Deal) -> Actor:
    return coordinator_of(deal.host)


def prepared(deal: Deal, **more: str) -> Payout:
    return operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk, **more)


def sent(deal: Deal) -> Payout:
    payout = prepared(deal)
    operations.approve_payout(actor=second(deal), payout_id=payout.pk)
    return operations.mark_paid_out(
        actor=deal.office, payout_id=payout.pk, sent_date=today(), note="이체 9"
    )


def payable(deal: Deal) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account="supplier_payable")
    return -sum(rows.values_list("amount", flat=True))


def in_order() -> list[str]:
    return [str(each) for each in breaches(grace=timedelta())]


def test_a_payout_is_what_the_books_owe_without_fees_and_leaves_nothing_owed():
    deal = done()
    order = deal.purchase_order
    payout = prepared(deal)
    assert (payout.amount, payout.goods, payout.delivery, payout.vat) == (
        order.total, order.supply_value, order.delivery_cost, order.vat,
    )  # fmt: skip
    assert payout.fees == sum(o.host_fee + o.fee_vat for o in deal.orders()) > 0
    assert (payout.bank_account, payout.early) == ("110-222-333", "")
    other = second(deal)
    for _ in range(2):
        operations.approve_payout(actor=other, payout_id=payout.pk)
    assert payable(deal) == order.total
    for _ in range(2):
        row = operations.mark_paid_out(
            actor=deal.office, payout_id=payout.pk, sent_date=today(), note="이체"
        )
    assert (row.state, row.approved_by_id, row.alone) == ("succeeded", other.user_id, False)
    assert payable(deal) == 0
    money = queries.money_of(deal.campaign)
    assert (money.supplier, money.paid_out, money.supplier_open) == (order.total, order.total, 0)
    with pytest.raises(errors.NothingOwed):
        prepared(deal)
    assert History.objects.filter(subject_id=payout.pk).count() == 3
    assert in_order() == []


def test_refunds_are_deducted_and_later_ones_refused():
    deal = done()
    payment = deal.payments()[0]
    refund = operations.refund_part(
        actor=deal.office, payment_id=payment.pk, amount=500, why="파손"
    )
    payout = prepared(deal)
    share = refund.supply_value + refund.delivery + refund.vat
    assert (payout.deducted, payout.amount) == (share, deal.purchase_order.total - share)
    with pytest.raises(refunding.PaidOutAlready):
        operations.refund_part(actor=deal.office, payment_id=payment.pk, amount=10, why="파손")
    operations.cancel_payout(actor=deal.office, payout_id=payout.pk, why="환불 먼저")
    operations.refund_part(actor=deal.office, payment_id=payment.pk, amount=10, why="파손")
    assert prepared(deal).amount < payout.amount
    assert in_order() == []


@pytest.mark.parametrize(
    ("tiers", "choice"), [([(1, "100")], None), ([(1, "120"), (120, "100")], "pay")]
)
def test_what_the_cooperative_pays_by_itself_is_paid_out_with_the_rest(
    tiers: list[tuple[int, str]], choice: str | None
):
    """Its share of the delivery where a firm lapsed, and the difference by which it holds the
    price."""
    deal = lapsed(Deal(tiers=tiers, delivery_cost=30_001).placed(30, 40, 50), 0)
    if choice:
        decide(deal, choice)
    orders.issue_purchase_orders()
    confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    stage.book_sales()
    named(deal)
    order = deal.purchase_order
    assert order.subsidy > 0
    payout = prepared(deal, early="합의함")
    assert (payout.amount, payout.deducted) == (order.total, 0)
    operations.approve_payout(actor=second(deal), payout_id=payout.pk)
    operations.mark_paid_out(actor=deal.office, payout_id=payout.pk, sent_date=today(), note="이체")
    assert payable(deal) == 0
    assert in_order() == []


def test_nobody_approves_their_own():
    deal = done()
    payout = prepared(deal)
    other = second(deal)
    with pytest.raises(errors.AnotherApproves):
        operations.approve_payout(
            actor=deal.office, payout_id=payout.pk, typed=payout.supplier.name
        )
    operations.approve_payout(actor=other, payout_id=payout.pk)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Payout.objects.filter(pk=payout.pk).update(approved_by=deal.office.user_id)
    with pytest.raises(IntegrityError, match="nobody_approves"), transaction.atomic():
        Payout.objects.create(
            **{field.attname: getattr(payout, field.attname)
               for field in Payout._meta.concrete_fields if field.attname != "id"}
            | {"number": 2, "approved_by_id": payout.requested_by_id, "approved_at": other and
               payout.requested_at, "state": "requested"}
        )  # fmt: skip


def test_who_is_alone_in_the_office_types_the_suppliers_name():
    deal = done()
    payout = prepared(deal)
    (row,) = queries.with_approval(deal.office, [payout])
    assert row.approval == "type"
    with pytest.raises(errors.NotTyped) as refused:
        operations.approve_payout(actor=deal.office, payout_id=payout.pk, typed="아무개")
    assert payout.supplier.name in refused.value.text.ko
    row = operations.approve_payout(
        actor=deal.office, payout_id=payout.pk, typed=f" {payout.supplier.name} "
    )
    assert (row.state, row.alone) == ("approved", True)
    assert in_order() == []


def test_nobody_approves_money_for_a_firm_of_their_own():
    deal = done()
    payout = prepared(deal)
    user = UserFactory()
    seat = SeatFactory(user=user, cooperative=deal.host, role="coordinator", firm=None)
    SeatFactory(user=user, firm=payout.supplier, role="viewer", cooperative=None)
    with pytest.raises(errors.OwnFirmPaid):
        operations.approve_payout(actor=actor_for(seat), payout_id=payout.pk)


def test_before_everything_is_received_a_reason_is_asked_for():
    deal = Deal().shipped()
    stage.book_sales()
    named(deal)
    with pytest.raises(errors.EarlyReasonNeeded) as refused:
        prepared(deal)
    assert "3건" in refused.value.text.ko
    assert prepared(deal, early="선급 계약").early == "선급 계약"


def test_before_the_supplier_took_the_order_nothing_is_owed():
    deal = Deal().ordered()
    with pytest.raises(errors.NothingOwed):
        prepared(deal)


def test_without_an_account_of_the_suppliers_nothing_is_prepared():
    deal = Deal().received()
    stage.book_sales()
    with pytest.raises(errors.NoSupplierAccount):
        prepared(deal)


def test_an_account_that_changed_since_stops_the_money():
    deal = done()
    payout = prepared(deal)
    other = second(deal)
    named(deal, "999-888")
    with pytest.raises(errors.AccountChangedSince):
        operations.approve_payout(actor=other, payout_id=payout.pk)
    operations.cancel_payout(actor=deal.office, payout_id=payout.pk, why="계좌 변경")
    again = prepared(deal)
    operations.approve_payout(actor=other, payout_id=again.pk)
    named(deal, "777")
    with pytest.raises(errors.AccountChangedSince):
        operations.mark_paid_out(actor=deal.office, payout_id=again.pk, sent_date=today(), note="")
    with pytest.raises(errors.SameAccount):
        named(deal, "777")


def test_what_came_back_is_owed_again():
    deal = done()
    payout = sent(deal)
    for _ in range(2):
        row = operations.payout_came_back(actor=deal.office, payout_id=payout.pk, why="계좌 해지")
    assert row.state == "reversed"
    assert payable(deal) == deal.purchase_order.total
    assert queries.money_of(deal.campaign).paid_out == 0
    assert in_order() == []
    assert sent(deal).number == 2
    assert payable(deal) == 0
    assert in_order() == []


def test_one_at_a_time_and_not_in_the_future():
    deal = done()
    payout = prepared(deal)
    assert prepared(deal).pk == payout.pk
    other = second(deal)
    with pytest.raises(errors.PayoutUnderWay):
        operations.prepare_payout(actor=other, campaign_id=deal.campaign.pk)
    with pytest.raises(errors.PayoutNotOpen):
        operations.mark_paid_out(actor=deal.office, payout_id=payout.pk, sent_date=today(), note="")
    operations.approve_payout(actor=other, payout_id=payout.pk)
    with pytest.raises(errors.PaidAhead):
        operations.mark_paid_out(
            actor=deal.office, payout_id=payout.pk, sent_date=today() + timedelta(days=1), note=""
        )


def test_what_blocks_a_settlement_stops_every_step(monkeypatch):
    deal = done()
    payout = prepared(deal)
    other = second(deal)
    blocks = [lambda campaign: [Text(ko="맞지 않는 입금이 있습니다.", en="Something is open.")]]
    monkeypatch.setattr(paying_out, "BLOCKS", blocks)
    with pytest.raises(errors.PayoutBlocked) as refused:
        operations.approve_payout(actor=other, payout_id=payout.pk)
    assert "맞지 않는 입금" in refused.value.text.ko
    told = client_for(deal.office).get(f"/api/v1/campaigns/{deal.campaign.pk}/payout").json()
    assert told["blocks"] == ["맞지 않는 입금이 있습니다."]


def test_the_database_refuses_more_than_is_owed():
    deal = done()
    payout = sent(deal)
    row = Payout(
        **{field.attname: getattr(payout, field.attname)
           for field in Payout._meta.concrete_fields if field.attname != "id"}
        | {"number": 2, "state": "requested", "amount": 1, "goods": 1, "delivery": 0, "vat": 0,
           "deducted": 0, "earlier": 0}
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="than it is owed"), transaction.atomic():
        row.save(force_insert=True)


def test_the_right_people_are_told():
    deal = done()
    other = second(deal)
    payout = prepared(deal)
    operations.approve_payout(actor=other, payout_id=payout.pk)
    operations.mark_paid_out(actor=deal.office, payout_id=payout.pk, sent_date=today(), note="")
    operations.payout_came_back(actor=deal.office, payout_id=payout.pk, why="계좌 해지")
    while notifications.tell_people():
        pass

    def told(actor: Actor) -> set[str]:
        rows = Notification.objects.filter(user_id=actor.user_id)
        return {kind for kind in rows.values_list("kind", flat=True) if "payout" in kind or
                kind == "firm_account_changed"}  # fmt: skip

    assert told(other) == {"payout_requested", "payout_reversed"}
    assert told(deal.supplier) == {"payout_sent", "payout_reversed", "firm_account_changed"}
    assert told(deal.office) == set()
    assert not any(told(buyer) for buyer in deal.people)


def test_supplier_and_office_see_their_own_and_the_supplier_no_fees():
    deal = done()
    sent(deal)
    supplier, office = client_for(deal.supplier), client_for(deal.office)
    (row,) = supplier.get("/api/v1/payouts").json()["results"]
    assert (row["fees"], row["approval"]) == (None, "no")
    assert (row["requested_by"], row["approved_by"]) == (None, None)
    assert office.get(f"/api/v1/payouts/{row['id']}").json()["fees"] > 0
    (total,) = supplier.get("/api/v1/payouts/totals").json()["campaigns"]
    want = deal.purchase_order.total
    assert (total["ordered"], total["paid"], total["open"]) == (want, want, 0)
    assert office.get("/api/v1/payouts/totals").json()["campaigns"] == [total]
    for stranger in (done().supplier, coordinator_of(CooperativeFactory()), deal.people[0]):
        client = client_for(stranger)
        assert client.get(f"/api/v1/payouts/{row['id']}").status_code == 404
        assert row["id"] not in str(client.get("/api/v1/payouts").json())
    with pytest.raises(NotFound):
        operations.cancel_payout(actor=deal.supplier, payout_id=row["id"], why="x")


def test_the_statement_is_a_spreadsheet_too():
    deal = done()
    payout = sent(deal)
    answer = client_for(deal.supplier).get("/api/v1/payouts?export=xlsx")
    head, row = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(
        values_only=True
    )
    told = dict(zip(head, row, strict=True))
    assert told["지급액"] == payout.amount
    assert told["지급번호"] == f"{deal.purchase_order.number}-1"


def test_a_payout_that_is_called_off_says_why_in_both_languages():
    deal = done()
    payout = prepared(deal)
    with transaction.atomic():
        paying_out.call_off_prepared(campaigns.locked(deal.campaign.pk), clock.now())
    told = client_for(deal.supplier).get(f"/api/v1/payouts/{payout.pk}").json()
    assert (told["state"], told["note"]) == (
        "cancelled",
        "클레임이 받아들여져 지급할 금액이 달라졌습니다. 다시 준비해 주십시오. / "
        "A claim was accepted, so the amount has changed. Please prepare it anew.",
    )
    assert History.objects.get(kind="payout_cancelled").why == told["note"]


def test_to_dos_are_for_who_may_do_them():
    deal = done()
    payout = prepared(deal)
    other = second(deal)

    def kinds(actor: Actor) -> set[str]:
        rows = client_for(actor).get("/api/v1/desk").json()
        return {row["kind"] for row in rows} & {"approve_payout", "pay_out"}

    assert kinds(other) == {"approve_payout"}
    assert kinds(deal.office) == set()
    operations.approve_payout(actor=other, payout_id=payout.pk)
    assert kinds(deal.office) == kinds(other) == {"pay_out"}


def test_the_account_is_the_owners_to_name():
    deal = done()
    client = client_for(deal.supplier)
    body = {"bank_name": "농협", "bank_account": "301-1", "bank_holder": "대한종이"}
    assert client.put("/api/v1/firm/money-account", body).json()["bank_account"] == "301-1"
    assert client.get("/api/v1/firm/money-account").json()["bank_name"] == "농협"
    bad = client.put("/api/v1/firm/money-account", {**body, "bank_account": "<script>"})
    assert bad.status_code == 422
    Seat.objects.filter(pk=deal.supplier.seat_id).update(role="buyer")
    assert client_for(deal.supplier).put("/api/v1/firm/money-account", body).status_code == 403
    assert client_for(deal.people[0]).get("/api/v1/firm/money-account").json()["bank_name"] == ""
