"""What a buyer asks for above the firm's limit waits for an owner, and is not there until then."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import FirmFactory, MembershipFactory, buyer_of
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi import pipeline
from mungchi.accounts import operations as accounts
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, Membership, User
from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.domain.reminding import reminder_at
from mungchi.campaigns.models import ApprovalRequest, ClearingLine, Commitment
from mungchi.campaigns.operations.approving import NoLongerWaits
from mungchi.campaigns.operations.commitments import CampaignNotOpen, DeadlineOver
from mungchi.campaigns.operations.entering import NotAMember
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Mail, Notification
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
LIMIT = 5_000


class House:
    """An open campaign (list price 120, VAT 10 %) and a firm with an owner, a buyer and a limit."""

    def __init__(self, limit: int | None = LIMIT, **given: Any) -> None:
        self.story = Story(given=given).opened()
        self.campaign = self.story.campaign
        self.firm = FirmFactory()
        self.membership = MembershipFactory(cooperative=self.story.host, firm=self.firm)
        self.owner, self.buyer = buyer_of(self.firm), buyer_of(self.firm, "buyer")
        if limit is not None:
            accounts.set_approval_limit(actor=self.owner, amount=limit, currency="KRW")

    def commit(self, actor: Actor, quantity: int, **more: Any) -> Commitment | ApprovalRequest:
        return operations.commit(
            actor=actor, campaign_id=self.campaign.pk, quantity=quantity, **more
        )

    def asked(self, quantity: int = 60, **more: Any) -> ApprovalRequest:
        row = self.commit(self.buyer, quantity, **more)
        assert isinstance(row, ApprovalRequest)
        return row

    def held(self) -> int | None:
        row = queries.commitments_of(self.campaign.pk, self.firm.pk)
        return row.quantity if row and row.state == "active" else None

    def told(self, actor: Actor) -> list[str]:
        notifications.tell_people()
        rows = Notification.objects.filter(seat_id=actor.seat_id).order_by("id")
        return list(rows.filter(kind__startswith="approval").values_list("kind", flat=True))


def state(row: ApprovalRequest) -> str:
    row.refresh_from_db()
    return row.state


@pytest.mark.parametrize(
    ("quantity", "more", "waits"),
    [
        # 37 x 120 = 4,440 and VAT 444: 4,884. 38 x 120 = 4,560 and 456: 5,016.
        (37, {}, False),
        (38, {}, True),
        (37, {"tolerance": 1}, True),
        # At most the price limit is paid: 40 x 100 = 4,000 and 400.
        (40, {"price_limit": Decimal(100)}, False),
        (50, {"price_limit": Decimal(100)}, True),
        # Nobody pays more than the first tier asks, whatever the limit.
        (37, {"price_limit": Decimal(900)}, False),
    ],
)
def test_it_waits_from_the_most_that_it_could_come_to(quantity, more, waits):
    house = House()
    row = house.commit(house.buyer, quantity, **more)
    assert isinstance(row, ApprovalRequest) is waits
    assert house.held() == (None if waits else quantity)


def test_owners_and_firms_without_a_limit_ask_nobody():
    house = House()
    assert isinstance(house.commit(house.owner, 500), Commitment)
    free = House(limit=None)
    assert isinstance(free.commit(free.buyer, 500), Commitment)
    # Taken away, it holds for what comes from now on.
    accounts.set_approval_limit(actor=house.owner, amount=None, currency="KRW")
    assert isinstance(house.commit(house.buyer, 900), Commitment)


def test_a_limit_in_another_currency_lets_nothing_pass_unasked():
    house = House()
    accounts.set_approval_limit(actor=house.owner, amount=10**12, currency="USD")
    row = house.asked(1)
    assert row.limit is None
    operations.approve_commitment(actor=house.owner, request_id=row.pk)
    # What raises nothing waits for nobody.
    assert isinstance(house.commit(house.buyer, 1, minimum=1), Commitment)
    assert isinstance(house.commit(house.buyer, 2), ApprovalRequest)


def test_what_waits_is_nowhere_until_it_is_approved():
    house = House()
    house.story.join(30)
    before = queries.buckets([house.campaign.pk])
    row = house.asked(60, tolerance=3, price_limit=Decimal("110"))
    assert (row.value, row.limit) == (7_623, LIMIT)
    assert queries.buckets([house.campaign.pk]) == before
    assert Commitment.objects.filter(campaign=house.campaign).count() == 1
    office = client_for(house.story.office)
    page = office.get(f"/api/v1/campaigns/{house.campaign.pk}/commitments").json()
    assert [one["quantity"] for one in page["results"]] == [30]
    assert office.get(f"/api/v1/campaigns/{house.campaign.pk}").json()["approval"] is None
    trail = office.get(f"/api/v1/campaigns/{house.campaign.pk}/history?page_size=100").content
    assert b"pproval" not in trail
    assert "승인".encode() not in trail

    operations.approve_commitment(actor=house.owner, request_id=row.pk)
    held = queries.commitments_of(house.campaign.pk, house.firm.pk)
    assert (held.quantity, held.tolerance, held.price_limit) == (60, 3, Decimal(110))
    assert state(row) == "approved"
    # Again: changes nothing, whatever the firm did since.
    operations.withdraw_commitment(actor=house.buyer, campaign_id=house.campaign.pk)
    operations.approve_commitment(actor=house.owner, request_id=row.pk)
    assert house.held() is None
    assert not list(breaches())


def test_what_was_approved_stays_while_a_raise_waits():
    house = House()
    first = house.asked(60)
    operations.approve_commitment(actor=house.owner, request_id=first.pk)
    raise_ = house.asked(80)
    assert house.held() == 60
    # As much or less needs nobody, and says that the raise is off.
    house.commit(house.buyer, 50)
    assert (house.held(), state(raise_)) == (50, "withdrawn")
    raise_ = house.asked(80)
    operations.decline_commitment(actor=house.owner, request_id=raise_.pk, why="예산 없음")
    assert (house.held(), state(raise_)) == (50, "declined")


def test_another_wish_is_another_request_so_that_an_owner_approves_what_it_read():
    house = House()
    read = house.asked(60)
    assert house.asked(60).pk == read.pk
    more = house.asked(90)
    assert state(read) == "withdrawn"
    with pytest.raises(NoLongerWaits):
        operations.approve_commitment(actor=house.owner, request_id=read.pk)
    # An owner that commits itself has decided as well.
    house.commit(house.owner, 70)
    assert (house.held(), state(more)) == (70, "withdrawn")


def test_withdrawing_takes_back_what_waits():
    house = House()
    row = house.asked()
    operations.withdraw_commitment(actor=house.buyer, campaign_id=house.campaign.pk)
    assert state(row) == "withdrawn"
    row = house.asked()
    operations.withdraw_request(actor=house.buyer, request_id=row.pk)
    operations.withdraw_request(actor=house.buyer, request_id=row.pk)
    with pytest.raises(NoLongerWaits):
        operations.decline_commitment(actor=house.owner, request_id=row.pk, why="x")


def test_the_deadline_comes_before_a_late_yes():
    house = House()
    row = house.asked()
    with clock.shifted(timedelta(days=7)):
        with pytest.raises(DeadlineOver):
            operations.approve_commitment(actor=house.owner, request_id=row.pk)
        stage.close_due()
        with pytest.raises(CampaignNotOpen):
            operations.approve_commitment(actor=house.owner, request_id=row.pk)
        assert stage.lapse_approvals() == 1
        assert stage.lapse_approvals() == 0
        stage.clear_closed()
    assert state(row) == "lapsed"
    assert not ClearingLine.objects.filter(firm=house.firm).exists()
    assert house.told(house.buyer) == ["approval_lapsed"]
    assert house.told(house.owner)[-1] == "approval_lapsed"


def test_control_a_late_yes_is_refused_by_the_database_as_well(monkeypatch):
    from mungchi.campaigns.operations import commitments

    house = House()
    row = house.asked()
    monkeypatch.setattr(commitments, "check_may_join", lambda *given: None)
    with (
        clock.shifted(timedelta(days=8)),
        pytest.raises(IntegrityError, match="takes no commitments"),
        transaction.atomic(),
    ):
        operations.approve_commitment(actor=house.owner, request_id=row.pk)


def test_a_firm_that_may_not_join_any_more_is_not_let_in_by_its_owner():
    house = House()
    row = house.asked()
    Membership.objects.filter(pk=house.membership.pk).update(state="suspended")
    with pytest.raises(NotAMember):
        operations.approve_commitment(actor=house.owner, request_id=row.pk)
    Membership.objects.filter(pk=house.membership.pk).update(state="active")
    stranger = House()
    for decide in (operations.approve_commitment, operations.withdraw_request):
        with pytest.raises(NotFound):
            decide(actor=stranger.owner, request_id=row.pk)


def test_owners_are_told_and_reminded_once_and_the_buyer_of_the_answer():
    house = House()
    row = house.asked()
    assert house.told(house.owner) == ["approval_waits"]
    assert house.told(house.buyer) == []
    said = Notification.objects.get(seat_id=house.owner.seat_id, kind="approval_waits")
    assert "60박스" in said.sentence_ko
    assert "7,920원" in said.sentence_ko
    assert said.link == "/approvals"
    assert Mail.objects.filter(notification=said).count() == 1
    assert stage.remind_of_approvals() == 0
    with clock.shifted(timedelta(days=6, hours=1)):
        assert (stage.remind_of_approvals(), stage.remind_of_approvals()) == (1, 0)
        assert house.told(house.owner) == ["approval_waits", "approval_still_waits"]
    operations.decline_commitment(actor=house.owner, request_id=row.pk, why="예산을 넘습니다")
    assert house.told(house.buyer) == ["approval_declined"]
    assert (
        "예산을 넘습니다"
        in Notification.objects.get(
            seat_id=house.buyer.seat_id, kind="approval_declined"
        ).sentence_ko
    )
    row = house.asked()
    operations.approve_commitment(actor=house.owner, request_id=row.pk)
    assert house.told(house.buyer)[-1] == "approval_given"


@pytest.mark.parametrize("hours", [23, 8, 2])
def test_what_is_asked_on_the_last_day_is_reminded_of_once_halfway(hours: int) -> None:
    house = House()
    closes = house.campaign.closes_at
    with clock.shifted(closes - clock.now() - timedelta(hours=hours)):
        row = house.asked()
        assert house.told(house.owner) == ["approval_waits"]
    halfway = closes - (closes - row.asked_at) / 2
    for moment, reminded in (
        (halfway - timedelta(seconds=5), []), (halfway + timedelta(seconds=5), [1]),
        (closes - timedelta(seconds=5), []),
    ):  # fmt: skip
        with clock.shifted(moment - clock.now()):
            assert [stage.remind_of_approvals() for _ in range(2)] == [*reminded, 0, 0][:2]
            house.told(house.owner)
    assert house.told(house.owner) == ["approval_waits", "approval_still_waits"]


def test_what_is_asked_within_the_last_hour_is_told_of_once():
    house = House()
    closes = house.campaign.closes_at
    with clock.shifted(closes - clock.now() - timedelta(minutes=55)):
        house.asked()
    for minutes in (30, 10, 1):
        with clock.shifted(closes - clock.now() - timedelta(minutes=minutes)):
            assert stage.remind_of_approvals() == 0


def test_the_moment_of_the_reminder():
    closes = clock.now()
    for before, due in (
        (timedelta(days=5), timedelta(days=1)),
        (timedelta(days=1, seconds=1), timedelta(days=1)),
        (timedelta(days=1), timedelta(hours=12)),
        (timedelta(hours=1), timedelta(minutes=30)),
        (timedelta(minutes=59), None),
    ):
        assert reminder_at(closes - before, closes) == (None if due is None else closes - due)


def test_by_the_api_a_buyer_asks_and_an_owner_finds_and_decides():
    house = House()
    buyer, owner = client_for(house.buyer), client_for(house.owner)
    path = f"/api/v1/campaigns/{house.campaign.pk}"
    quote = buyer.get(f"{path}/quote?quantity=60").json()
    assert quote["approval"] == {"value": 7_920, "limit": LIMIT}
    assert owner.get(f"{path}/quote?quantity=60").json()["approval"] is None
    answer = buyer.put(f"{path}/commitment", {"quantity": 60}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert buyer.get(f"{path}/commitment").status_code == 404
    page = buyer.get(path).json()
    assert (page["commitment"], page["approval"]["state"]) == (None, "waiting")

    desk = owner.get("/api/v1/desk").json()
    waits = next(one for one in desk if one["kind"] == "approve")
    assert (waits["link"], waits["due_at"]) == ("/approvals", page["closes_at"])
    assert not any(one["kind"] == "approve" for one in buyer.get("/api/v1/desk").json())
    [row] = owner.get("/api/v1/approvals?state=waiting").json()["results"]
    assert (row["value"], row["asked_by"]) == (
        7_920,
        User.objects.get(pk=house.buyer.user_id).called,
    )
    bare = owner.post(f"/api/v1/approvals/{row['id']}/decline", {}, format="json")
    assert bare.status_code == 422
    done = owner.post(f"/api/v1/approvals/{row['id']}/approve")
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    assert buyer.get(path).json()["commitment"]["quantity"] == 60
    assert owner.get("/api/v1/approvals?export=xlsx").status_code == 200


def test_the_list_costs_as_much_with_three_as_with_one():
    house = House()
    house.asked(60)
    client = client_for(house.owner)

    def queries_of() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/api/v1/approvals").status_code == 200
        return len(seen)

    queries_of()
    one = queries_of()
    house.asked(70), house.asked(80)
    assert len(client.get("/api/v1/approvals").json()["results"]) == 3
    assert queries_of() == one


def test_the_limit_is_the_firms_own_and_kept():
    house = House()
    owner, office = client_for(house.owner), client_for(house.story.office)
    assert owner.get("/api/v1/firm/approval-limit").json() == {
        "amount": LIMIT, "currency": "KRW", "currencies": ["KRW"],
    }  # fmt: skip
    for body, code in (
        ({"amount": -1, "currency": "KRW"}, 422), ({"amount": 1, "currency": "XXX"}, 422),
    ):  # fmt: skip
        answer = owner.put("/api/v1/firm/approval-limit", body, format="json")
        assert answer.status_code == code
    assert office.get("/api/v1/firm/approval-limit").status_code == 403
    buyer = client_for(house.buyer)
    refused = buyer.put(
        "/api/v1/firm/approval-limit", {"amount": 9, "currency": "KRW"}, format="json"
    )
    assert refused.status_code == 403
    history = owner.get("/api/v1/firm/history").json()["results"]
    assert any("승인 한도" in str(one) for one in history)
    member = f"/api/v1/members/{house.membership.pk}"
    assert b"pproval" not in office.get(f"{member}/profile").content
    assert "승인 한도".encode() not in office.get(f"{member}/history").content


def test_two_windows_ask_at_once_and_one_request_waits():
    """The second is refused by the constraint, and tries again behind the first."""
    house = House()
    house.asked(60)
    row = ApprovalRequest.objects.get()
    with (
        pytest.raises(IntegrityError, match="one_commitment_of_a_firm_waits"),
        transaction.atomic(),
    ):
        ApprovalRequest.objects.create(
            campaign=row.campaign, firm=Firm.objects.get(pk=row.firm_id), value=1, quantity=1,
            cooperative=row.cooperative, asked_by=row.asked_by, asked_at=row.asked_at,
        )  # fmt: skip


def test_the_whole_pipeline_lets_nothing_unapproved_be_ordered():
    house = House()
    house.story.join(30), house.story.join(40)
    house.asked(200)
    with clock.shifted(timedelta(days=7, minutes=1)):
        pipeline.run_stages()
    run = queries.latest_run(house.campaign)
    assert (run.demand, run.firms) == (70, 2)
    assert not list(breaches())
