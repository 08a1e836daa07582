"""A closed account: nobody signs in with it, and the person is nowhere in the database any more."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from rest_framework.test import APIClient
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    SeatFactory,
    UserFactory,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for, proved

from mungchi.accounts import operations, stage
from mungchi.accounts.access import actor_for
from mungchi.accounts.domain.erasing import address_of, mark_of, searchable
from mungchi.accounts.models import Seat, Session, User
from mungchi.accounts.operations.erasing import FREE
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.history import record
from mungchi.common.models import Change, Erasure, History
from mungchi.notifications.models import Notification
from mungchi.orders import stage as orders
from mungchi.outreach.models import Introduction
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db

NAME, EMAIL, PHONE = "가나리아 홍", "canary.bird@mungchi.example", "010-5555-0199"
# What was never a person's: codes, hashes, and the records of firms, cooperatives and money.
NO_NAMES_IN = {
    "accounts_cooperative", "accounts_firm", "accounts_accountchange", "payments_payment",
}  # fmt: skip


def texts() -> list[tuple[str, str]]:
    """Every column of every table that can hold text, whatever its type says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'"
            " AND c.udt_name IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', '_text', '_varchar')"
        )
        return list(cursor.fetchall())


def where(token: str) -> set[str]:
    """In which columns of the whole database a text occurs."""
    found = set()
    with connection.cursor() as cursor:
        for table, column in texts():
            cursor.execute(
                f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1', [f"%{token}%"]
            )
            if cursor.fetchone():
                found.add(f"{table}.{column}")
    return found


@pytest.fixture
def canary() -> User:
    """A person whose name, address and number stand wherever the product puts them."""
    user = UserFactory(name=NAME, email=EMAIL)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    host = CooperativeFactory()
    firm = FirmFactory()
    MembershipFactory(cooperative=host, firm=firm)
    seat = SeatFactory(user=user, firm=firm, role="buyer")
    owner = actor_for(SeatFactory(firm=firm, role="owner"))
    office = coordinator_of(host)
    actor = actor_for(seat)
    story = Story(host=host).opened()
    story.join(20, "100", firm=actor)
    campaigns.commit(actor=actor, campaign_id=story.campaign.pk, quantity=20,
                     deliver_to=f"{NAME} 앞 {EMAIL} {PHONE}")  # fmt: skip
    story.join(60)
    story.cleared()
    orders.place_orders()
    key, _ = operations.make_key(actor=actor, name=f"{NAME}의 키", scopes=["needs.read"], days=30)
    operations.invite(actor=owner, role="viewer", email=EMAIL.replace("bird", "nest"))
    other = FirmFactory()
    Introduction.objects.create(
        cooperative=host, seeker=firm, giver=other, by_office=True, reason=f"{NAME}님이 찾습니다",
        state="proposed", seeker_person=user, seeker_phone=PHONE, created_at=clock.now(),
        expires_at=clock.now(),
    )  # fmt: skip
    told = record(
        firm, kind="contact_made", actor=office, at=clock.now(), cooperative_id=host.pk,
        why=f"{NAME}({EMAIL}, {PHONE})와 통화", data={"after": {"said": f"{NAME}와 통화", NAME: 1}},
    )  # fmt: skip
    Notification.objects.create(
        user_id=owner.user_id, seat_id=owner.seat_id, event=told, kind="contact_made", link="/",
        sentence_ko=f"{NAME}님이 초대를 수락했습니다", sentence_en=f"{NAME} accepted",
        created_at=clock.now(),
    )  # fmt: skip
    operations.invite(actor=coordinator_of(host), role="auditor", email=EMAIL)
    Session.objects.create(session_key="x" * 32, user=user, session_data="", agent="",
                           signed_in_at=clock.now(), expire_date=clock.now())  # fmt: skip
    assert key
    return user


def test_nothing_of_an_erased_person_is_left_in_any_column(canary: User) -> None:
    # The control: the scan finds all of it before, also where the database put it by itself.
    before = {token: where(token) for token in (NAME, EMAIL, PHONE)}
    assert {"accounts_user.name", "common_history.user_name", "common_history.data",
            "common_change.after", "notifications_notification.sentence_ko",
            "outreach_introduction.reason", "accounts_apikey.name",
            "campaigns_commitment.deliver_to",
            "orders_order.deliver_to"} <= before[NAME]  # fmt: skip
    assert {
        "accounts_user.email",
        "account_emailaddress.email",
        "common_change.after",
        "accounts_seatinvitation.email",
        "accounts_letter.recipient",
    } <= before[EMAIL]
    assert {"outreach_introduction.seeker_phone", "common_history.why"} <= before[PHONE]
    # The introduction came from nowhere: that is all that is wrong here.
    broken = list(breaches())
    assert {one.rule for one in broken} == {
        "a_state_is_the_last_move", "introductions_are_among_members",
    }  # fmt: skip
    trail = list(History.objects.order_by("id").values_list("id", "at", "kind", "subject_id"))
    changes = list(Change.objects.order_by("id").values_list("id", "at", "op", "subject_id", "act"))
    reached = {n for n in before[NAME] if n.split(".")[0] not in {"accounts_user"}}
    assert {name for name in reached
            if name.split(".")[1] not in FREE.get(name.split(".")[0], ())} == set()  # fmt: skip

    operations.close_account(actor=actor_for(Seat.objects.get(user=canary)), user=canary)
    assert stage.erase_people() == 1
    assert stage.erase_people() == 0

    number = Erasure.objects.get(user_id=canary.pk).pk
    for token in (NAME, EMAIL, PHONE):
        # A key of JSON is a name of a column, and stays; only the test puts a person's name there.
        left = where(token) - ({"common_history.data"} if token == NAME else set())
        assert left == set(), token
    assert not History.objects.filter(data__after__said__contains=NAME).exists()
    # The trail is as long as it was, in the same order, and says who without saying the name.
    after = list(History.objects.order_by("id").values_list("id", "at", "kind", "subject_id"))
    assert after[: len(trail)] == trail
    kept = list(Change.objects.order_by("id").values_list("id", "at", "op", "subject_id", "act"))
    assert kept[: len(changes)] == changes
    joined = History.objects.get(kind="commitment_made", user_id=canary.pk)
    assert joined.user_name == mark_of(number)
    assert joined.user_id == canary.pk
    canary.refresh_from_db()
    assert (canary.name, canary.email, canary.is_active) == (
        mark_of(number), address_of(number), False,
    )  # fmt: skip
    assert not canary.has_usable_password()
    assert list(breaches()) == broken
    # And somebody else with an address that contains it keeps it.
    assert where("canary.nest@mungchi.example") >= {"accounts_seatinvitation.email"}


def test_the_trail_is_read_with_the_mark(canary: User) -> None:
    office = coordinator_of(Seat.objects.get(user=canary).firm.memberships.get().cooperative)
    operations.close_account(actor=actor_for(Seat.objects.get(user=canary)), user=canary)
    stage.erase_people()
    rows = client_for(office).get("/api/v1/cooperative/history?page_size=100").json()["results"]
    number = Erasure.objects.get(user_id=canary.pk).pk
    assert mark_of(number) in {row["who"] for row in rows}
    assert NAME not in str(rows)


def test_a_name_that_somebody_else_bears_goes_only_where_the_id_says_whose_it_is() -> None:
    host = CooperativeFactory()
    one, two = member(host), member(host)
    User.objects.filter(pk__in=[one.user_id, two.user_id]).update(name="김민수")
    firm = FirmFactory()
    for who in (one, two):
        named = actor_for(Seat.objects.select_related("user").get(pk=who.seat_id))
        record(firm, kind="x", actor=named, at=clock.now(), why="김민수 확인")
    SeatFactory(firm_id=one.firm_id, role="owner")
    user = User.objects.get(pk=one.user_id)
    operations.close_account(actor=one, user=user)
    stage.erase_people()
    number = Erasure.objects.get(user_id=user.pk).pk
    rows = History.objects.filter(kind="x").order_by("id")
    assert list(rows.values_list("user_name", "why")) == [
        (mark_of(number), "김민수 확인"), ("김민수", "김민수 확인"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [("open", False), ("kim", False), ("a", False), ("김", False), ("이수", True), ("Kim", True)],
)
def test_a_name_that_could_be_a_code_is_not_looked_for(name: str, told: bool) -> None:
    assert searchable(name) is told


def test_firms_records_keep_their_representatives_name() -> None:
    host = CooperativeFactory()
    owner = member(host)
    User.objects.filter(pk=owner.user_id).update(name="박대표")
    operations.change_firm(actor=owner, representative="박대표", phone="02-333-3333")
    SeatFactory(firm_id=owner.firm_id, role="owner")
    operations.close_account(actor=owner, user=User.objects.get(pk=owner.user_id))
    stage.erase_people()
    assert where("박대표") == {"accounts_firm.representative", "common_change.after",
                            "common_history.data"}  # fmt: skip


def test_the_last_owner_hands_over_first_and_the_page_says_so() -> None:
    owner = member(CooperativeFactory())
    client = proved(client_for(owner))
    shown = client.get("/api/v1/me/close").json()
    assert shown["possible"] is False
    assert [seat["last"] for seat in shown["seats"]] == [True]
    refused = client.post("/api/v1/me/close")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_keeper")
    assert not Erasure.objects.exists()
    assert Seat.objects.filter(pk=owner.seat_id).exists()
    SeatFactory(firm_id=owner.firm_id, role="owner")
    assert client.get("/api/v1/me/close").json()["possible"] is True
    assert client.post("/api/v1/me/close").status_code == 204
    assert client.get("/api/v1/me").status_code == 401


def test_closing_asks_who_it_is_once_more() -> None:
    owner = member(CooperativeFactory())
    SeatFactory(firm_id=owner.firm_id, role="owner")
    answer = client_for(owner).post("/api/v1/me/close")
    assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")


def test_an_operator_closes_an_account_on_request(settings: Any) -> None:
    who = member(CooperativeFactory())
    SeatFactory(firm_id=who.firm_id, role="owner")
    user = User.objects.get(pk=who.user_id)
    client = proved(client_for(actor_for(SeatFactory(role="operator"))))
    body = {"email": user.email.upper(), "why": "전화로 확인"}
    assert client.post("/api/v1/people/close", body).status_code == 204
    assert client.post("/api/v1/people/close", body).status_code == 204
    assert Erasure.objects.get(user_id=user.pk).why == "전화로 확인"
    unknown = client.post("/api/v1/people/close", {**body, "email": "nobody@mungchi.example"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "person_unknown")
    with pytest.raises(CommandError):
        call_command("close_account", "nobody@mungchi.example", why="x")


def test_a_person_without_a_seat_closes_its_account() -> None:
    user = UserFactory(name="혼자")
    client = APIClient()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert proved(client).post("/api/v1/me/close").status_code == 204
    assert stage.erase_people() == 1
    assert where("혼자") == set()
