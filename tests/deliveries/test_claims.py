"""Claims: made, answered, decided, and put right by a refund or a replacement."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from PIL import Image
from tests.factories.accounts import CooperativeFactory, SeatFactory, coordinator_of
from tests.factories.orders import Deal, today
from tests.payments.test_payouts import named

from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.images import ImageUnreadable
from mungchi.common.models import History
from mungchi.common.papers import DocumentTooLarge
from mungchi.deliveries import operations, queries, stage
from mungchi.deliveries.models import Claim, Shipment
from mungchi.deliveries.operations import Parcel, Terms
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import operations as payments
from mungchi.payments import queries as money
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import LedgerLine, Payout, Refund, SupplierDebt
from mungchi.payments.operations import refunding
from mungchi.payments.operations.payout_errors import PayoutBlocked
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db

REFUND, REPLACEMENT, NONE = "refund", "replacement", "none"


def delivered(*quantities: int, **about: object) -> Deal:
    """A campaign whose goods were received, with fees, and booked as sold."""
    deal = Deal(host=CooperativeFactory(host_fee_bp=250), **about).received(*quantities)
    payment_stage.book_sales()
    return deal


def opened(deal: Deal, quantity: int = 3, *, kind: str = "damaged", wish: str = REFUND,
           words: str = "모서리가 깨졌습니다.", at: int = 0, parts=None) -> Claim:  # fmt: skip
    order = deal.orders()[at]
    shipment = None if kind == "late" else order.shipments.filter(claim=None).get().pk
    return operations.open_claim(
        actor=deal.buyer(order), order_id=order.pk, shipment_id=shipment, kind=kind,
        quantity=quantity, wish=wish, words=words, parts=parts,
    )  # fmt: skip


def answer(deal: Deal, claim: Claim, remedy: str, quantity: int = 0, *, amount=None,
           words: str = "") -> Claim:  # fmt: skip
    return operations.answer_claim(
        actor=deal.supplier, claim_id=claim.pk, terms=Terms(remedy, quantity, amount), words=words
    )


def reply(deal: Deal, claim: Claim, *, agree: bool, words: str = "") -> Claim:
    return operations.reply_to_answer(
        actor=deal.buyer(claim.order), claim_id=claim.pk, agree=agree, words=words
    )


def decide(deal: Deal, claim: Claim, remedy: str, quantity: int = 0, *, amount=None,
           why: str = "사진으로 확인했습니다.", actor=None) -> Claim:  # fmt: skip
    return operations.decide_claim(
        actor=actor or deal.office, claim_id=claim.pk, terms=Terms(remedy, quantity, amount),
        why=why,
    )  # fmt: skip


def settled(claim: Claim) -> Claim:
    stage.settle_claims()
    claim.refresh_from_db()
    return claim


def whole_part(deal: Deal, at: int = 0) -> int:
    order = deal.orders()[at]
    return order.supply_value + order.delivery_share + order.vat


def balance(deal: Deal, account: str) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account=account)
    return sum(rows.values_list("amount", flat=True))


def in_order() -> list[str]:
    return [str(each) for each in breaches(grace=timedelta())]


def picture(kind: str = "JPEG", red: int = 180) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (red, 40, 40)).save(out, kind)
    out.seek(0)
    return out


def test_what_the_supplier_accepts_is_refunded_exactly_with_fees():
    deal = delivered(30, 90)
    order = deal.orders()[0]
    claim = opened(deal, 3)
    assert answer(deal, claim, REFUND, 3).state == "accepted"
    claim = settled(claim)
    assert claim.state == "settled"
    refund = claim.refund
    assert (refund.cause, refund.state) == ("claim", "requested")
    for name, whole in (("supply_value", order.supply_value), ("vat", order.vat),
                        ("delivery", order.delivery_share),
                        ("host_fee", order.host_fee)):  # fmt: skip
        assert getattr(refund, name) == whole * 3 // 30
    assert refund.amount == refund.shares.amount
    assert deal.payments()[0].state == "partially_refunded"
    assert stage.settle_claims() == 0
    assert Refund.objects.count() == 1
    assert in_order() == []


def test_an_order_that_is_claimed_whole_in_portions_goes_back_to_the_last_unit():
    deal = delivered(31, 89)
    order = deal.orders()[0]
    for quantity in (7, 11, 13):
        claim = opened(deal, quantity, words=f"{quantity}개 파손")
        answer(deal, claim, REFUND, quantity)
        settled(claim)
    assert money.refunded_shares(Refund.objects.all()) == money.parts_of(order)
    payment = deal.payments()[0]
    assert payment.state == "refund_due"
    with pytest.raises(operations.NothingToClaim):
        opened(deal, 1, words="하나 더")
    assert in_order() == []


def test_the_supplier_proposes_less_and_the_firm_agrees():
    deal = delivered()
    claim = opened(deal, 5)
    with pytest.raises(operations.WordsNeeded):
        answer(deal, claim, REFUND, 2)
    claim = answer(deal, claim, REFUND, 2, words="두 개만 운송 중 파손입니다.")
    assert claim.state == "offered"
    claim = reply(deal, claim, agree=True)
    assert (claim.state, claim.decided_by) == ("accepted", "firm")
    claim = settled(claim)
    assert claim.refund.supply_value == deal.orders()[0].supply_value * 2 // 30
    assert in_order() == []


def test_an_agreed_amount_is_the_suppliers_part_and_fees_follow_it():
    deal = delivered(30, 90)
    claim = opened(deal, 30)
    most = whole_part(deal)
    with pytest.raises(operations.AmountTooHigh):
        answer(deal, claim, REFUND, 30, amount=most + 1, words="과합니다.")
    answer(deal, claim, REFUND, 30, amount=most // 2, words="절반을 깎아 드리겠습니다.")
    reply(deal, claim, agree=True)
    refund = settled(claim).refund
    assert refund.supply_value + refund.delivery + refund.vat == most // 2
    order = deal.orders()[0]
    assert refund.host_fee == order.host_fee * (most // 2) // most
    assert in_order() == []


def test_what_they_do_not_agree_on_the_office_decides_with_a_reason():
    deal = delivered()
    claim = opened(deal, 4)
    answer(deal, claim, NONE, words="포장은 멀쩡했습니다.")
    with pytest.raises(operations.ClaimNotOpen):
        decide(deal, claim, REFUND, 4)
    with pytest.raises(operations.WordsNeeded):
        reply(deal, claim, agree=False)
    assert reply(deal, claim, agree=False, words="사진을 봐 주십시오.").state == "deciding"
    with pytest.raises(operations.WordsNeeded):
        decide(deal, claim, REFUND, 3, why=" ")
    claim = decide(deal, claim, REFUND, 3)
    assert (claim.state, claim.decided_by, claim.settled_quantity) == ("accepted", "office", 3)
    assert decide(deal, claim, REFUND, 3).pk == claim.pk
    assert settled(claim).refund is not None
    assert in_order() == []


def test_a_refusal_tells_why_and_its_units_are_not_claimed_again():
    deal = delivered()
    claim = opened(deal, 30)
    answer(deal, claim, NONE, words="정상 출고")
    reply(deal, claim, agree=False, words="아닙니다.")
    claim = decide(deal, claim, NONE, why="사진에서 파손이 보이지 않습니다.")
    assert (claim.state, claim.answer) == ("refused", "사진에서 파손이 보이지 않습니다.")
    with pytest.raises(operations.NothingToClaim):
        opened(deal, 1, words="다시")
    assert not Refund.objects.exists()
    assert in_order() == []


def test_the_firm_may_take_a_refusal_of_the_suppliers():
    deal = delivered()
    claim = opened(deal, 2)
    answer(deal, claim, NONE, words="취급 부주의입니다.")
    assert reply(deal, claim, agree=True).state == "refused"
    assert Claim.objects.get().decided_by == "firm"


def test_a_replacement_is_followed_to_its_receipt_and_costs_nothing():
    deal = delivered(30, 90)
    claim = opened(deal, 6, wish=REPLACEMENT)
    assert answer(deal, claim, REPLACEMENT, 6).state == "accepted"
    assert stage.settle_claims() == 0
    before = LedgerLine.objects.count()

    def send(quantity: int, number: str) -> Shipment:
        return operations.ship_replacement(
            actor=deal.supplier, claim_id=claim.pk, quantity=quantity, carrier="한빛택배",
            tracking_number=number, shipped_date=today(),
        )  # fmt: skip

    with pytest.raises(operations.MoreThanReplaced):
        send(7, "R0")
    first = send(6, "R1")
    assert send(6, "R1").pk == first.pk
    with pytest.raises(operations.MoreThanReplaced):
        send(1, "R2")
    buyer = deal.buyer(claim.order)
    operations.receive_shipment(actor=buyer, shipment_id=first.pk, quantity=4, note="두 개 부족")
    claim.refresh_from_db()
    assert claim.state == "accepted"
    second = send(2, "R2")
    operations.receive_shipment(actor=buyer, shipment_id=second.pk, quantity=2, note="")
    claim.refresh_from_db()
    assert claim.state == "settled"
    assert deal.orders()[0].state == "received"
    assert LedgerLine.objects.count() == before
    assert in_order() == []


def test_beyond_what_was_ordered_only_a_replacement_is_sent():
    deal = delivered(30, 90)
    order = deal.orders()[0]
    claim = opened(deal, 2, wish=REPLACEMENT)
    row = {"order": order, "supplier_id": order.supplier_id, "carrier": "x",
           "shipped_date": today(), "created_at": order.created_at, "quantity": 1}  # fmt: skip
    with pytest.raises(IntegrityError, match="has replaced"), transaction.atomic():
        Shipment.objects.create(claim=claim, **row)
    answer(deal, claim, REPLACEMENT, 2)
    with pytest.raises(IntegrityError, match="more sent than order"), transaction.atomic():
        Shipment.objects.create(**row)
    with pytest.raises(IntegrityError, match="has replaced"), transaction.atomic():
        Shipment.objects.create(claim=claim, **{**row, "quantity": 3})


def test_a_replacement_that_does_not_come_is_refunded_instead():
    deal = delivered(30, 90)
    claim = opened(deal, 6, wish=REPLACEMENT)
    answer(deal, claim, REPLACEMENT, 6)
    sent = operations.ship_replacement(
        actor=deal.supplier, claim_id=claim.pk, quantity=2, carrier="x", tracking_number="R1",
        shipped_date=today(),
    )  # fmt: skip
    with pytest.raises(operations.ClaimNotOpen):
        operations.refund_instead(actor=deal.office, claim_id=claim.pk, why="오지 않음")
    operations.receive_shipment(
        actor=deal.buyer(claim.order), shipment_id=sent.pk, quantity=2, note=""
    )
    for _ in range(2):
        operations.refund_instead(actor=deal.office, claim_id=claim.pk, why="재고가 없습니다.")
    claim = settled(claim)
    assert (claim.state, claim.settled_quantity) == ("settled", 4)
    assert claim.refund.supply_value == deal.orders()[0].supply_value * 4 // 30
    assert in_order() == []


def test_what_is_late_is_no_longer_waited_for_and_refunded():
    deal = Deal().confirmed(30, 90)
    payment_stage.book_sales()
    order, other = deal.orders()
    operations.ship(
        actor=deal.supplier, carrier="x", shipped_date=today(),
        parcels=[Parcel(order.pk, 20, "T1"), Parcel(other.pk, 90, "T2")],
    )  # fmt: skip
    for shipment in Shipment.objects.all():
        operations.receive_shipment(
            actor=deal.buyer(shipment.order), shipment_id=shipment.pk,
            quantity=shipment.quantity, note="",
        )  # fmt: skip
    with pytest.raises(operations.NothingToClaim):
        opened(deal, 10, kind="late")
    with clock.shifted(timedelta(days=60)):
        with pytest.raises(operations.RemedyDoesNotFit):
            opened(deal, 10, kind="late", wish=REPLACEMENT)
        with pytest.raises(operations.TooManyClaimed):
            opened(deal, 11, kind="late")
        claim = opened(deal, 10, kind="late", words="아직 10개가 오지 않았습니다.")
        answer(deal, claim, REFUND, 10)
        with pytest.raises(operations.TooMany):
            operations.ship(actor=deal.supplier, carrier="x", shipped_date=today(),
                            parcels=[Parcel(order.pk, 1, "T3")])  # fmt: skip
        claim = settled(claim)
        assert deal.orders()[0].state == "received"
        stage.complete_campaigns()
    assert deal.state() == "completed"
    assert claim.refund.supply_value == order.supply_value * 10 // 30
    assert in_order() == []


def test_nothing_at_all_came_and_the_whole_order_goes_back():
    deal = Deal().confirmed(30, 90)
    payment_stage.book_sales()
    with clock.shifted(timedelta(days=60)):
        claim = opened(deal, 30, kind="late")
        answer(deal, claim, REFUND, 30)
        claim = settled(claim)
    assert claim.refund.amount == deal.payments()[0].amount
    assert deal.orders()[0].state == "received"
    assert in_order() == []


def test_goods_sent_meanwhile_are_not_refunded_as_late():
    deal = Deal().confirmed(30, 90)
    payment_stage.book_sales()
    order = deal.orders()[0]
    with clock.shifted(timedelta(days=60)):
        claim = opened(deal, 30, kind="late")
        operations.ship(actor=deal.supplier, carrier="x", shipped_date=today(),
                        parcels=[Parcel(order.pk, 25, "T1")])  # fmt: skip
        with pytest.raises(operations.SentMeanwhile):
            answer(deal, claim, REFUND, 30)
        answer(deal, claim, REFUND, 5, words="25개는 보냈습니다.")


def test_the_time_for_claims_is_over_and_longer_rules_help():
    deal = delivered()
    operations.set_claim_rules(actor=deal.office, claim_days=3, answer_days=2)
    with clock.shifted(timedelta(days=14)):
        opened(deal, 1)
    with clock.shifted(timedelta(days=16)):
        with pytest.raises(operations.ClaimTooLate) as refused:
            opened(deal, 1, at=1)
        assert "까지였습니다" in refused.value.text.ko
        operations.set_claim_rules(actor=deal.office, claim_days=30, answer_days=2)
        opened(deal, 1, at=1)


def test_one_of_a_kind_is_open_and_the_same_again_is_that_one():
    deal = delivered()
    claim = opened(deal, 2)
    assert opened(deal, 2).pk == claim.pk
    with pytest.raises(operations.ClaimOpenAlready):
        opened(deal, 3)
    assert History.objects.filter(kind="claim_opened").count() == 1
    operations.withdraw_claim(actor=deal.buyer(claim.order), claim_id=claim.pk, words="찾았습니다")
    opened(deal, 3)
    with pytest.raises(operations.TooManyClaimed):
        opened(deal, 28, kind="wrong")


def test_fewer_arrived_than_were_sent():
    deal = Deal().shipped(30, 90)
    payment_stage.book_sales()
    with pytest.raises(operations.NothingToClaim):
        opened(deal, 1, kind="short")
    operations.receive_shipment(
        actor=deal.buyer(deal.orders()[0]), shipment_id=deal.orders()[0].shipments.get().pk,
        quantity=26, note="네 개 부족",
    )  # fmt: skip
    with pytest.raises(operations.TooManyClaimed):
        opened(deal, 5, kind="short")
    claim = opened(deal, 4, kind="short")
    answer(deal, claim, REFUND, 4)
    assert settled(claim).refund.supply_value == deal.orders()[0].supply_value * 4 // 30


def test_the_database_refuses_more_than_was_delivered_and_undeclared_moves():
    deal = delivered(30, 90)
    claim = opened(deal, 20)
    rows = {"order": claim.order, "firm_id": claim.firm_id, "supplier_id": claim.supplier_id,
            "host_id": claim.host_id, "wish": REFUND, "created_at": claim.created_at,
            "waits_since": claim.created_at, "shipment": claim.shipment}  # fmt: skip
    with pytest.raises(IntegrityError, match="more is claimed"), transaction.atomic():
        Claim.objects.create(number=2, kind="wrong", quantity=11, **rows)
    with pytest.raises(IntegrityError, match="more is claimed than shipment"), transaction.atomic():
        Claim.objects.create(number=2, kind="short", quantity=1, **rows)
    with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            state="settled", remedy=REFUND, settled_quantity=1, decided_at=clock.now()
        )
    with pytest.raises(IntegrityError, match="stay"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(quantity=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        claim.steps.all().update(text="anders")


def test_an_open_claim_holds_up_payout_and_completion():
    deal = delivered()
    named(deal)
    claim = opened(deal, 2)
    stage.complete_campaigns()
    assert deal.state() == "delivering"
    with pytest.raises(PayoutBlocked) as refused:
        payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    assert "클레임 1건" in refused.value.text.ko
    operations.withdraw_claim(actor=deal.buyer(claim.order), claim_id=claim.pk, words="")
    stage.complete_campaigns()
    assert deal.state() == "completed"
    payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)


def paid_out(deal: Deal) -> Payout:
    named(deal)
    payout = payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    payments.approve_payout(actor=coordinator_of(deal.host), payout_id=payout.pk)
    return payments.mark_paid_out(
        actor=deal.office, payout_id=payout.pk, sent_date=today(), note=""
    )


def test_after_the_payout_the_supplier_owes_it_back_and_repays():
    deal = delivered(30, 90)
    paid_out(deal)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    refund = settled(claim).refund
    (debt,) = SupplierDebt.objects.all()
    assert debt.amount == refund.supply_value + refund.delivery + refund.vat
    assert balance(deal, "supplier_receivable") == debt.amount
    assert balance(deal, "supplier_payable") == 0
    assert in_order() == []
    bank = balance(deal, "bank")
    for _ in range(2):
        payments.debt_repaid(actor=deal.office, debt_id=debt.pk, received_date=today(), note="신한")
    assert balance(deal, "bank") == bank + debt.amount
    assert balance(deal, "supplier_receivable") == 0
    assert in_order() == []
    payments.undo_debt_settled(actor=deal.office, debt_id=debt.pk, why="다른 입금")
    assert balance(deal, "supplier_receivable") == debt.amount
    payments.debt_repaid(actor=deal.office, debt_id=debt.pk, received_date=today(), note="신한")
    assert balance(deal, "supplier_receivable") == 0
    assert in_order() == []


def test_what_the_supplier_owes_is_taken_off_what_it_gets_for_another_campaign():
    deal = delivered(30, 90)
    paid_out(deal)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    settled(claim)
    debt = SupplierDebt.objects.get()
    other = Deal(host=deal.host)
    other.supplier = deal.supplier
    other.received(30, 90)
    payment_stage.book_sales()
    owed = money.owed_to_supplier(other.campaign).open
    for _ in range(2):
        payments.debt_offset(
            actor=deal.office, debt_id=debt.pk, campaign_id=other.campaign.pk, note=""
        )
    assert money.owed_to_supplier(other.campaign).open == owed - debt.amount
    rows = LedgerLine.objects.filter(account="supplier_receivable")
    assert rows.aggregate(sum=Sum("amount"))["sum"] == 0
    assert payments.prepare_payout(
        actor=deal.office, campaign_id=other.campaign.pk
    ).amount == owed - debt.amount  # fmt: skip
    assert in_order() == []


def test_a_payout_that_is_prepared_is_called_off_when_a_claim_is_refunded():
    deal = delivered(30, 90)
    named(deal)
    payout = payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    settled(claim)
    payout.refresh_from_db()
    assert payout.state == "cancelled"
    assert not SupplierDebt.objects.exists()
    again = payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    assert again.amount < payout.amount
    assert in_order() == []


def test_no_more_goes_back_than_was_paid_also_beside_what_was_agreed():
    deal = delivered(30, 90)
    payment = deal.payments()[0]
    payments.refund_part(
        actor=deal.office, payment_id=payment.pk, amount=payment.amount - 100, why="합의"
    )
    claim = opened(deal, 30)
    answer(deal, claim, REFUND, 30)
    claim = settled(claim)
    assert claim.state == "settled"
    total = Refund.objects.aggregate(sum=Sum("amount"))["sum"]
    assert total <= payment.amount
    assert in_order() == []
    with pytest.raises(refunding.ClaimRefundStays):
        payments.cancel_refund(actor=deal.office, refund_id=claim.refund_id, why="실수")


def test_silence_passes_it_on_to_the_office_and_everybody_is_reminded_once():
    deal = delivered()
    claim = opened(deal, 2)
    with clock.shifted(timedelta(days=4, minutes=1)):
        assert [stage.remind_of_claims() for _ in range(2)] == [1, 0]
        assert stage.pass_on_claims() == 0
    with clock.shifted(timedelta(days=5, minutes=1)):
        assert [stage.pass_on_claims() for _ in range(2)] == [1, 0]
        assert stage.remind_of_claims() == 0
    with clock.shifted(timedelta(days=10, minutes=2)):
        assert [stage.remind_of_claims() for _ in range(2)] == [1, 0]
        claim.refresh_from_db()
        assert claim.state == "deciding"
        with pytest.raises(operations.ClaimNotOpen):
            answer(deal, claim, REFUND, 2)
        decide(deal, claim, REFUND, 2)


def test_a_coordinator_whose_own_firm_is_concerned_does_not_decide_while_another_could():
    deal = delivered()
    claim = opened(deal, 2)
    answer(deal, claim, NONE, words="아닙니다")
    reply(deal, claim, agree=False, words="맞습니다")
    SeatFactory(user_id=deal.office.user_id, firm_id=claim.firm_id, role="owner")
    other = coordinator_of(deal.host)
    with pytest.raises(operations.OwnFirmDecides):
        decide(deal, claim, REFUND, 2)
    assert decide(deal, claim, REFUND, 2, actor=other).alone is False


def test_alone_in_the_office_it_may_and_that_stays():
    deal = delivered()
    claim = opened(deal, 2)
    answer(deal, claim, NONE, words="아닙니다")
    reply(deal, claim, agree=False, words="맞습니다")
    SeatFactory(user_id=deal.office.user_id, firm_id=claim.firm_id, role="owner")
    assert decide(deal, claim, REFUND, 2).alone is True


def test_others_find_nothing():
    deal, stranger = delivered(), delivered()
    claim = opened(deal, 2)
    buyer, other = deal.buyer(claim.order), stranger.buyer(stranger.orders()[0])
    neighbour = deal.buyer(deal.orders()[1])
    for actor in (other, neighbour, stranger.office, stranger.supplier):
        with pytest.raises(NotFound):
            queries.claim_seen_by(actor, claim.pk)
    for actor in (buyer, deal.office):
        with pytest.raises(NotFound):
            operations.answer_claim(actor=actor, claim_id=claim.pk, terms=Terms(REFUND, 2),
                                    words="")  # fmt: skip
    for actor in (deal.supplier, deal.office):
        with pytest.raises(NotFound):
            operations.withdraw_claim(actor=actor, claim_id=claim.pk, words="")
        with pytest.raises(NotFound):
            operations.add_photo(actor=actor, claim_id=claim.pk, stream=picture())
    for actor in (buyer, deal.supplier):
        with pytest.raises(NotFound):
            decide(deal, claim, REFUND, 2, actor=actor)


def test_photographs_are_written_anew_and_bad_ones_refused():
    deal = delivered()
    claim = opened(deal, 2)
    buyer = deal.buyer(claim.order)
    row = operations.add_photo(actor=buyer, claim_id=claim.pk, stream=picture())
    assert bytes(row.content).startswith(b"RIFF")
    assert operations.add_photo(actor=buyer, claim_id=claim.pk, stream=picture()).pk == row.pk
    with pytest.raises(ImageUnreadable):
        operations.add_photo(actor=buyer, claim_id=claim.pk, stream=io.BytesIO(b"no picture"))
    with pytest.raises(DocumentTooLarge):
        operations.add_photo(
            actor=buyer, claim_id=claim.pk, stream=io.BytesIO(b"\xff\xd8\xff" * 3_500_000)
        )
    assert claim.photos.count() == 1
    operations.withdraw_claim(actor=buyer, claim_id=claim.pk, words="")
    with pytest.raises(operations.ClaimNotOpen):
        operations.add_photo(actor=buyer, claim_id=claim.pk, stream=picture("PNG", 20))


def told(kind: str) -> list[str]:
    notifications.tell_people()
    rows = Notification.objects.filter(kind=kind).select_related("seat")
    return sorted("office" if row.seat.cooperative_id else str(row.seat.firm_id) for row in rows)


def test_everybody_concerned_is_told_of_each_step_and_nobody_else():
    deal = delivered()
    claim = opened(deal, 2)
    supplier, firm = str(claim.supplier_id), str(claim.firm_id)
    assert told("claim_opened") == sorted(["office", supplier])
    answer(deal, claim, NONE, words="아닙니다")
    assert told("claim_answered") == [firm]
    reply(deal, claim, agree=False, words="맞습니다")
    assert told("claim_disputed") == sorted(["office", supplier])
    decide(deal, claim, REFUND, 2)
    assert told("claim_decided") == sorted([firm, supplier])
    settled(claim)
    assert told("refund_requested") == [firm]
    assert Campaign.objects.filter(pk=deal.campaign.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notifications_untold")
        assert cursor.fetchone()[0] == 0
