"""Registering firms, and admitting them to cooperatives."""

import threading
from typing import Any

import pytest
from django.db import connection
from tests.accounts.test_sign_in import person
from tests.committing import committing
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    SeatFactory,
    UserFactory,
    auditor_of,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.clients import client_for

from mungchi.accounts import operations
from mungchi.accounts.domain.business_number import check_digit, parse
from mungchi.accounts.models import Firm, Membership, Seat
from mungchi.common.models import History

__all__ = ["committing"]
VALID = "2208162517"


def registration(**other: Any) -> dict[str, Any]:
    return {
        "name": "한빛문구", "business_number": VALID, "representative": "김대표",
        "address": "서울특별시 중구", "supplies": False, "cooperative_id": None, **other,
    }  # fmt: skip


@pytest.mark.parametrize("written", [VALID, "220-81-62517", " 220-81-62517 ", "220 81 62517",
                                     "２２０８１６２５１７"])  # fmt: skip
def test_a_number_may_be_written_with_hyphens(written: str) -> None:
    assert parse(written) == VALID


@pytest.mark.parametrize("place", range(10))
@pytest.mark.parametrize("by", range(1, 10))
def test_every_wrong_digit_is_found(place: int, by: int) -> None:
    wrong = str((int(VALID[place]) + by) % 10)
    number = VALID[:place] + wrong + VALID[place + 1 :]
    # The tax service's weights let one thing pass: the ninth digit, five times itself plus a half
    # of that, which two different digits never share; so nothing does.
    assert parse(number) is None


@pytest.mark.parametrize(
    "number", ["", "0000000000", "123", VALID + "0", "22081625l7", "x" * 20,
               "٢٢٠٨١٦٢٥١٧", "220–81–62517\0"],
)  # fmt: skip
def test_what_is_no_number(number: str) -> None:
    assert parse(number) is None


def test_the_check_digit_is_the_tax_services() -> None:
    """Numbers of well-known companies, as printed on their own pages."""
    for number in ("1248100998", "1208147521", "2208162517", "1078614075"):
        assert check_digit(number) == number[9]


@pytest.mark.django_db
def test_registering_makes_the_firm_its_owner_and_an_application() -> None:
    user, cooperative = UserFactory(), CooperativeFactory()
    seat = operations.register_firm(
        user=user, **registration(business_number="220-81-62517", cooperative_id=cooperative.pk)
    )
    assert (seat.role, seat.firm.business_number) == ("owner", VALID)
    assert Membership.objects.get().state == "applied"
    kinds = (
        History.objects.filter(firm_id=seat.firm_id).order_by("id").values_list("kind", flat=True)
    )
    assert list(kinds) == ["firm_registered", "membership_applied"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "raised"),
    [
        ({"business_number": "2208162518"}, operations.BusinessNumberWrong),
        ({"cooperative_id": "0197b2c0-0000-7000-8000-00000000dead"}, operations.CooperativeNotOpen),
    ],
)
def test_a_refused_registration_leaves_nothing(change: dict[str, Any], raised: type) -> None:
    with pytest.raises(raised):
        operations.register_firm(user=UserFactory(), **registration(**change))
    assert not Firm.objects.exists()
    assert not Seat.objects.exists()
    assert not History.objects.exists()


@pytest.mark.django_db
def test_a_cooperative_that_has_ended_takes_no_applications() -> None:
    ended = CooperativeFactory(state="applied")
    with pytest.raises(operations.CooperativeNotOpen):
        operations.register_firm(user=UserFactory(), **registration(cooperative_id=ended.pk))


@pytest.mark.django_db
def test_a_known_number_is_not_registered_again() -> None:
    FirmFactory(business_number=VALID)
    with pytest.raises(operations.FirmExists):
        operations.register_firm(user=UserFactory(), **registration())
    assert Firm.objects.count() == 1
    assert not Seat.objects.exists()


def test_two_people_register_the_same_firm_at_the_same_moment(committing: None) -> None:
    users = [UserFactory(), UserFactory()]
    together, ended = threading.Barrier(2), []

    def register(user: Any) -> None:
        together.wait(10)
        try:
            operations.register_firm(user=user, **registration())
            ended.append("registered")
        except operations.FirmExists:
            ended.append("exists")
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ended) == ["exists", "registered"]
    assert Firm.objects.count() == Seat.objects.count() == 1


@pytest.mark.django_db
def test_admitting_suspending_and_taking_back() -> None:
    cooperative = CooperativeFactory()
    row = MembershipFactory(cooperative=cooperative, state="applied", joined_at=None)
    office = coordinator_of(cooperative)
    admitted = operations.admit_member(actor=office, membership_id=row.pk)
    joined = admitted.joined_at
    assert (admitted.state, joined is not None) == ("active", True)
    operations.admit_member(actor=office, membership_id=row.pk)
    operations.suspend_member(actor=office, membership_id=row.pk, why="회비 미납")
    again = operations.admit_member(actor=office, membership_id=row.pk)
    assert (again.state, again.joined_at) == ("active", joined)
    trail = History.objects.filter(subject_id=row.pk).order_by("id")
    assert list(trail.values_list("kind", "from_state", "to_state", "why")) == [
        ("member_admitted", "applied", "active", ""),
        ("member_suspended", "active", "suspended", "회비 미납"),
        ("member_admitted", "suspended", "active", ""),
    ]


@pytest.mark.django_db
def test_what_was_only_applied_for_is_not_suspended() -> None:
    row = MembershipFactory(state="applied", joined_at=None)
    client = client_for(coordinator_of(row.cooperative))
    answer = client.post(f"/api/v1/members/{row.pk}/suspend", {"why": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "state_does_not_allow")


@pytest.mark.django_db
def test_a_suspended_member_joins_nothing_new() -> None:
    from tests.factories.campaigns import Story

    story = Story().opened()
    actor = member(story.host)
    row = Membership.objects.get(firm_id=actor.firm_id)
    operations.suspend_member(actor=story.office, membership_id=row.pk, why="회비 미납")
    answer = client_for(actor).put(
        f"/api/v1/campaigns/{story.campaign.pk}/commitment", {"quantity": 5}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_a_member")


@pytest.mark.django_db
def test_members_are_found_by_name_number_and_code() -> None:
    cooperative = CooperativeFactory()
    for name, number, code in (("한빛문구", VALID, "A-1"), ("가람상사", "1248100998", "B-2")):
        MembershipFactory(
            cooperative=cooperative, firm=FirmFactory(name=name, business_number=number),
            member_code=code,
        )  # fmt: skip
    client = client_for(auditor_of(cooperative))
    for text in ("한빛", "220-81", "22081", "A-"):
        results = client.get(f"/api/v1/members?search={text}").json()["results"]
        assert [row["firm"]["name"] for row in results] == ["한빛문구"], text


@pytest.mark.django_db
def test_registering_over_http_speaks_of_the_field_in_both_languages() -> None:
    from rest_framework.test import APIClient

    user = person()
    for language, word in (("ko", "사업자등록번호"), ("en", "business registration number")):
        client = APIClient(headers={"Accept-Language": language})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        body = registration(business_number="123-45-67890")
        del body["cooperative_id"]
        answer = client.post("/api/v1/firms", body)
        assert answer.status_code == 422
        assert word in answer.json()["fields"]["business_number"][0]["message"]


@pytest.mark.django_db
def test_one_person_may_have_several_seats_but_one_in_each_place() -> None:
    from django.db import IntegrityError, transaction

    firm = FirmFactory()
    actor = buyer_of(firm)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatFactory(user_id=actor.user_id, user=None, role="buyer", firm=firm)
    for role in ("coordinator", "operator", "king"):
        with pytest.raises(IntegrityError), transaction.atomic():
            SeatFactory(role=role, firm=firm)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatFactory(role="owner")
