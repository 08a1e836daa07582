"""From events to what people read: who is told what, once."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    SeatFactory,
    buyer_of,
    coordinator_of,
    member,
    partners,
)
from tests.factories.bundles import need
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts import operations as accounts
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock, jobs
from mungchi.common.models import History
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries import stage as delivery_stage
from mungchi.notifications import operations, stage
from mungchi.notifications.domain.kinds import EVENTS
from mungchi.notifications.models import Mail, Notification, Untold
from mungchi.notifications.operations.telling import NEWS
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.payments import operations as payments
from mungchi.payments import stage as payment_stage

pytestmark = pytest.mark.django_db


def told(actor, kind=None):
    rows = Notification.objects.filter(seat_id=actor.seat_id).order_by("id")
    return [row.sentence_ko for row in (rows.filter(kind=kind) if kind else rows)]


def kinds(actor):
    return list(
        Notification.objects.filter(seat_id=actor.seat_id)
        .order_by("event_id")
        .values_list("kind", flat=True)
    )


def test_the_triggers_lists_are_the_codes_list():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger "
            "WHERE tgfoid = 'notifications_put_aside'::regproc"
        )
        found = [kind for (text,) in cursor.fetchall() for kind in re.findall(r"'(\w+)'", text)]
    assert len(found) == len(set(found)), "put aside twice"
    assert set(found) == EVENTS == set(NEWS)


def test_what_the_operations_write_is_what_people_are_told_of():
    """A kind renamed in an operation would silence its news: every step leaves its own untold."""
    deal = Deal().received()
    delivery_stage.complete_campaigns()
    left = set(Untold.objects.values_list("event__kind", flat=True))
    assert left == {
        "sourcing_started", "offer_posted", "offer_awarded", "campaign_opened", "campaign_cleared",
        "payments_asked", "payment_confirmed", "purchase_order_issued", "purchase_order_confirmed",
        "shipment_sent", "campaign_completed",
    }  # fmt: skip
    assert deal.state() == "completed"


def test_the_whole_path_from_each_side():
    deal = Deal().received(30, 40, 50)
    delivery_stage.complete_campaigns()
    assert (
        stage.tell_people()
        == Untold.objects.count() + History.objects.filter(kind__in=EVENTS).count()
    )
    assert not Untold.objects.exists()
    firm = deal.people[0]
    assert kinds(firm) == [
        "campaign_opened",
        "campaign_cleared", "payments_asked", "payment_confirmed", "shipment_sent",
        "campaign_completed",
    ]  # fmt: skip
    payment = deal.payments()[0]
    (sentence,) = told(firm, "payments_asked")
    assert payment.reference in sentence
    assert "3,300원" in sentence or f"{payment.amount:,}원" in sentence
    assert kinds(deal.supplier) == [
        "sourcing_started",
        "offer_awarded", "campaign_cleared", "purchase_order_issued", "campaign_completed",
    ]  # fmt: skip
    assert kinds(deal.office) == [
        "offer_posted", "campaign_cleared", "purchase_order_confirmed", "campaign_completed",
    ]  # fmt: skip


def test_telling_again_tells_nobody():
    Deal().placed()
    assert stage.tell_people() > 0
    before = Notification.objects.count()
    assert stage.tell_people() == 0
    assert Notification.objects.count() == before


def test_a_seat_cannot_be_told_of_an_event_twice():
    Deal().placed()
    stage.tell_people()
    row = Notification.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError, match="told_of_an_event_once"), transaction.atomic():
        row.save(force_insert=True)


def test_each_firm_hears_its_own_sentence_and_no_other():
    deal = Deal().opened()
    deal.join(60)
    deal.join(60)
    deal.join(10, "1")
    deal.cleared()
    stage.tell_people()
    heard = [told(firm, "campaign_cleared") for firm in deal.people[:2]]
    heard.append(told(deal.people[2], "priced_out"))
    assert [len(sentences) for sentences in heard] == [1, 1, 1]
    assert heard[2] != heard[0]
    assert not any("10" in sentence for sentence in heard[0])


def test_who_did_it_is_not_told_of_it_but_the_colleague_is():
    deal = Deal()
    colleague = SeatFactory(role="coordinator", cooperative=deal.host)
    deal.opened()
    deal.join(60)
    campaigns.cancel_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="수요 부족")
    stage.tell_people()
    assert "수요 부족" in told(deal.people[0], "campaign_cancelled")[0]
    assert Notification.objects.filter(seat=colleague, kind="offer_posted").count() == 1
    assert told(deal.office, "campaign_cancelled") == []


def test_viewers_auditors_and_people_who_left_are_not_told():
    deal = Deal().opened()
    actor = member(deal.host)
    viewer = buyer_of(type(deal.host)._meta.apps.get_model("accounts", "Firm").objects.get(
        pk=actor.firm_id), "viewer")  # fmt: skip
    gone = SeatFactory(role="buyer", firm_id=actor.firm_id, user__is_active=False)
    deal.join(60, firm=actor)
    deal.join(60)
    deal.cleared()
    stage.tell_people()
    assert len(told(actor)) >= 1
    assert told(viewer) == []
    assert not Notification.objects.filter(seat=gone).exists()


def test_a_sealed_offer_is_not_spoken_of_before_it_is_due():
    due = clock.now() + timedelta(days=2)
    story = Story(given={"sealed": True, "offers_due_at": due}).offered()
    stage.tell_people()
    assert told(story.office, "offer_posted") == []
    row = Untold.objects.get()
    assert (row.event.kind, row.not_before) == ("offer_posted", due)
    with clock.shifted(timedelta(days=2, seconds=1)):
        assert stage.tell_people() == 1
    assert len(told(story.office, "offer_posted")) == 1


def test_an_open_offer_is_spoken_of_at_once():
    story = Story().offered()
    stage.tell_people()
    assert len(told(story.office, "offer_posted")) == 1


def test_members_of_the_host_hear_of_an_opened_campaign_and_have_it_in_the_daily_letter():
    host = CooperativeFactory()
    near, far = member(host), member(CooperativeFactory())
    Story(host=host).opened()
    stage.tell_people()
    assert len(told(near, "campaign_opened")) == 1
    assert told(far) == []
    row = Notification.objects.get(seat_id=near.seat_id, kind="campaign_opened")
    assert row.digest_after is not None
    assert not Mail.objects.filter(user_id=near.user_id, event=row.event).exists()
    assert row.link.startswith("/campaigns/")


def test_a_later_deadline_is_told_to_everybody_it_concerns_once():
    host, partner = CooperativeFactory(), CooperativeFactory()
    partners(host, partner)
    story = Story(host=host, given={"reach": "partners", "partners": [partner.pk]}).opened()
    story.join(30)
    (inside,) = story.people
    colleague, other_office = coordinator_of(host), coordinator_of(partner)
    waiting, outside = member(partner), member(host)
    need(partner, story.campaign.item, firm=waiting)
    stage.tell_people()
    campaigns.extend_campaign(
        actor=story.office, campaign_id=story.campaign.pk, why="더 모으려고",
        closes_at=story.campaign.closes_at + timedelta(days=1),
    )  # fmt: skip
    stage.tell_people()

    def heard(actor):
        rows = Notification.objects.filter(user_id=actor.user_id, kind="campaign_extended")
        return [row.link for row in rows]

    page = f"/campaigns/{story.campaign.pk}"
    for actor, link in (
        (inside, page), (waiting, page), (story.supplier, f"/supplier{page}"),
        (colleague, f"/desk{page}"), (other_office, f"/desk{page}"),
    ):  # fmt: skip
        assert heard(actor) == [link]
    assert heard(story.office) == heard(outside) == []


def test_an_applicant_is_announced_to_the_office_and_hears_of_its_admission():
    deal = Deal()
    actor = buyer_of(FirmFactory())
    membership = accounts.apply_for_membership(actor=actor, cooperative_id=deal.host.pk)
    accounts.admit_member(actor=deal.office, membership_id=membership.pk)
    stage.tell_people()
    assert len(told(deal.office, "membership_applied")) == 1
    assert len(told(actor, "member_admitted")) == 1


def test_a_refusal_reaches_firms_and_office_and_the_refund_its_firm():
    deal = Deal().ordered()
    orders.refuse_purchase_order(
        actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, why="생산 중단"
    )
    order_stage.cancel_orders()
    payment_stage.return_money()
    payments.mark_refunded(actor=deal.office, payment_id=deal.payments()[0].pk, why="이체 1234")
    stage.tell_people()
    assert "생산 중단" in told(deal.people[0], "campaign_failed")[0]
    assert told(deal.people[0], "payment_refunded")
    assert not told(deal.people[1], "payment_refunded")
    assert told(deal.office, "purchase_order_refused")
    assert "3건" in told(deal.office, "refunds_due")[0]


def test_a_difference_reaches_office_and_supplier():
    deal = Deal().shipped()
    shipment = deal.shipments[0]
    deliveries.receive_shipment(
        actor=deal.buyer(shipment.order), shipment_id=shipment.pk, quantity=0, note="빈 상자"
    )
    stage.tell_people()
    for actor in (deal.office, deal.supplier):
        assert "빈 상자" in told(actor, "shipment_received_short")[0]


def test_telling_many_takes_as_many_queries_as_telling_two():
    counts = []
    jobs.wake_mail()  # one that waits already costs a query
    for quantities in ((60, 60), (20,) * 9):
        deal = Deal().placed(*quantities)
        row = History.objects.get(thread=deal.campaign.pk, kind="payments_asked")
        with CaptureQueriesContext(connection) as seen:
            assert operations.tell(event_id=row.pk) == 1
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 18


def test_an_event_that_cannot_be_told_does_not_hold_up_the_others(monkeypatch):
    Deal().placed()

    def broken(event):
        raise RuntimeError("planted")

    monkeypatch.setitem(NEWS, "campaign_cleared", broken)
    assert stage.tell_people() > 3
    assert {row.event.kind for row in Untold.objects.all()} == {"campaign_cleared"}


def test_what_is_rolled_back_is_not_told():
    deal = Deal()
    actor = buyer_of(FirmFactory())
    with transaction.atomic():
        accounts.apply_for_membership(actor=actor, cooperative_id=deal.host.pk)
        transaction.set_rollback(True)
    assert stage.tell_people() == 0


def test_reading_one_all_and_nobody_elses():
    deal = Deal().placed()
    stage.tell_people()
    firm, other = deal.people[:2]
    client = client_for(firm)
    rows = client.get("/api/v1/notifications").json()["results"]
    count = len(rows)
    assert count >= 2
    assert rows[0]["text"].startswith("‘")
    assert (
        client_for(firm, "en").get("/api/v1/notifications").json()["results"][0]["text"]
        != (rows[0]["text"])
    )
    foreign = Notification.objects.filter(seat_id=other.seat_id).first()
    left = client.post("/api/v1/notifications/read", {"ids": [rows[0]["id"], str(foreign.pk)]})
    assert left.json() == {"count": count - 1, "elsewhere": 0}
    foreign.refresh_from_db()
    assert foreign.read_at is None
    unread = client.get("/api/v1/notifications", {"unread": "true"}).json()["results"]
    assert len(unread) == count - 1
    assert client.post("/api/v1/notifications/read", {"all": True}).json()["count"] == 0
    assert client.get("/api/v1/notifications/unread").json() == {"count": 0, "elsewhere": 0}
    assert client.post("/api/v1/notifications/read", {}).status_code == 422


def test_the_other_seat_of_a_person_is_counted_apart():
    deal = Deal().placed()
    firm = deal.people[0]
    seat = SeatFactory(user_id=firm.user_id, user=None, role="coordinator", cooperative=deal.host)
    stage.tell_people()
    body = client_for(firm).get("/api/v1/notifications/unread").json()
    here = Notification.objects.filter(seat_id=firm.seat_id).count()
    assert body == {
        "count": here, "elsewhere": Notification.objects.filter(seat=seat).count()
    }  # fmt: skip
    assert body["elsewhere"] > 0
