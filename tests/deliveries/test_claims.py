"""Claims: made, answered, decided, and put right by a refund or a replacement."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.accounts import SeatFactory, coordinator_of
from tests.factories.claims import (
    NONE,
    REFUND,
    REPLACEMENT,
    answer,
    decide,
    delivered,
    in_order,
    opened,
    picture,
    reply,
    settled,
)
from tests.factories.orders import Deal, today

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
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import LedgerLine, Refund

pytestmark = pytest.mark.django_db


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
