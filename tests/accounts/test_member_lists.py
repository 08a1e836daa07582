"""A list of members: looked through, taken, twice, at once, by a worker that dies."""

import io
import random
import time
from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.accounts.counting import Counting
from tests.accounts.test_seats import at_once
from tests.committing import committing
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    auditor_of,
    buyer_of,
    coordinator_of,
)
from tests.factories.clients import client_for
from tests.factories.demand import csv_bytes, xlsx_bytes

from mungchi.accounts import operations, stage
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.business_number import check_digit
from mungchi.accounts.models import (
    Cooperative,
    Division,
    Firm,
    MemberList,
    MemberListLine,
    Membership,
    Seat,
    SeatInvitation,
)
from mungchi.accounts.operations import taking_members
from mungchi.common.models import History
from mungchi.common.uploads import FileNotTaken, FileTooLarge

__all__ = ["committing"]
HEADERS = ["상호", "사업자등록번호", "대표자", "주소", "대표 이메일", "분과", "조합원 번호"]


def number(index: int) -> str:
    body = f"{200 + index // 9000:03d}87{1 + index % 9000:04d}"
    return body + check_digit(body)


def line(index: int, **other: str) -> list[str]:
    cells = {
        "name": f"기업 {index}", "number": number(index), "representative": "김대표",
        "address": "서울", "email": f"owner{index}@mungchi.example", "division": "인쇄",
        "code": f"C-{index}", **other,
    }  # fmt: skip
    return list(cells.values())


def uploaded(office: Actor, lines: list[list[str]], make: Any = csv_bytes) -> MemberList:
    return operations.upload_members(
        actor=office, filename="명단.csv", stream=io.BytesIO(make(lines, header=HEADERS))
    )


def taken(office: Actor, lines: list[list[str]], *, invites: bool = False) -> MemberList:
    row = uploaded(office, lines)
    operations.change_list(actor=office, list_id=row.pk, mapping={}, invites=invites)
    operations.start_list(actor=office, list_id=row.pk)
    operations.take_members(list_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.done) == ("done", row.lines)
    return row


def office_of(cooperative: Cooperative | None = None) -> Actor:
    return coordinator_of(cooperative or CooperativeFactory())


def reasons(row: MemberList) -> list[str]:
    return list(row.rows.order_by("line").values_list("reason", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes], ids=["csv", "xlsx"])
def test_what_is_seen_before_anything_happens(make: Any) -> None:
    cooperative = CooperativeFactory()
    office = office_of(cooperative)
    member = MembershipFactory(cooperative=cooperative, member_code="C-90").firm
    represented = FirmFactory()
    buyer_of(represented)
    lines = [
        line(1),
        line(2, number=number(2)[:9] + str((int(number(2)[9]) + 1) % 10)),
        line(3, number=number(1)),
        line(4, code="C-1"),
        line(5, email="not an address"),
        line(6, number=member.business_number),
        line(7, code="C-90"),
        line(8, number=represented.business_number),
        line(9, name=""),
    ]
    row = uploaded(office, lines, make)
    assert reasons(row) == ["", "number_wrong", "double_number", "double_code", "email",
                            "already_member", "code_taken", "", "name"]  # fmt: skip
    assert row.counts == {"new": 1, "rejected": 6, "already": 1, "asks": 1, "owners": 2}
    assert not Firm.objects.filter(business_number=number(1)).exists()
    client = client_for(auditor_of(cooperative))
    page = client.get(f"/api/v1/member-lists/{row.pk}/lines?verdict=rejected,already").json()
    assert page["results"][0]["reason"] == "number_wrong"
    assert len(page["results"]) == 7
    assert all(one["outcome"] for one in page["results"])
    sheet = client.get(f"/api/v1/member-lists/{row.pk}/lines?export=xlsx")
    assert sheet.content.startswith(b"PK")


@pytest.mark.django_db
def test_taking_a_list_makes_members_divisions_and_invitations() -> None:
    cooperative = CooperativeFactory()
    office = office_of(cooperative)
    represented = FirmFactory()
    buyer_of(represented)
    known = MembershipFactory(
        cooperative=cooperative, member_code="C-5",
        firm=FirmFactory(business_number=None, name="거래처 C-5", representative=""),
    )  # fmt: skip
    row = taken(
        office,
        [line(1), line(2, division=""), line(3, number=represented.business_number),
         line(5, email="")],
        invites=True,
    )  # fmt: skip
    assert row.counts == {"new": 2, "asks": 1, "completes": 1, "owners": 2}
    first = Membership.objects.select_related("firm", "division").get(member_code="C-1")
    assert (first.state, first.firm.name, first.firm.business_number) == (
        "active", "기업 1", number(1),
    )  # fmt: skip
    assert (first.firm.representative, first.division.name) == ("김대표", "인쇄")
    assert Membership.objects.get(firm=represented).state == "invited"
    known.firm.refresh_from_db()
    assert (known.firm.business_number, known.firm.name) == (number(5), "기업 5")
    assert Division.objects.filter(cooperative=cooperative).count() == 1
    assert stage.send_letters() == 2
    assert {letter.to[0] for letter in mail.outbox} == {
        "owner1@mungchi.example", "owner2@mungchi.example",
    }  # fmt: skip
    trail = History.objects.filter(cooperative_id=cooperative.pk).values_list("kind", flat=True)
    for kind in ("member_list_uploaded", "member_list_started", "member_entered",
                 "membership_invited", "firm_completed", "member_list_done"):  # fmt: skip
        assert kind in trail


@pytest.mark.django_db
def test_taking_it_twice_changes_nothing() -> None:
    office = office_of()
    lines = [line(n) for n in range(20)]
    taken(office, lines, invites=True)
    before = (Firm.objects.count(), Membership.objects.count(), SeatInvitation.objects.count())
    again = taken(office, lines, invites=True)
    assert again.counts == {"already": 20, "owners": 0}
    assert before == (
        Firm.objects.count(), Membership.objects.count(), SeatInvitation.objects.count(),
    )  # fmt: skip
    assert History.objects.filter(kind="member_entered").count() == 20


@pytest.mark.django_db
def test_owners_of_members_who_are_there_already_can_be_invited_by_a_list() -> None:
    office = office_of()
    taken(office, [line(n) for n in range(3)])
    assert not SeatInvitation.objects.exists()
    row = taken(office, [line(n) for n in range(3)], invites=True)
    assert row.counts == {"already": 3, "owners": 3}
    assert SeatInvitation.objects.filter(role="owner").count() == 3


@pytest.mark.django_db
def test_nobody_is_invited_by_somebody_who_may_not_any_more() -> None:
    cooperative = CooperativeFactory()
    office = office_of(cooperative)
    office_of(cooperative)
    row = uploaded(office, [line(1)])
    operations.change_list(actor=office, list_id=row.pk, mapping={}, invites=True)
    operations.start_list(actor=office, list_id=row.pk)
    Seat.objects.filter(pk=office.seat_id).delete()
    operations.take_members(list_id=row.pk)
    assert Membership.objects.get().state == "active"
    assert not SeatInvitation.objects.exists()


@pytest.mark.django_db
def test_what_changed_meanwhile_is_seen_when_the_line_is_taken() -> None:
    office = office_of()
    row = uploaded(office, [line(1), line(2), line(3)])
    MembershipFactory(
        cooperative_id=office.cooperative_id, cooperative=None,
        firm=FirmFactory(business_number=number(1)),
    )  # fmt: skip
    buyer_of(FirmFactory(business_number=number(2)))
    operations.start_list(actor=office, list_id=row.pk)
    operations.take_members(list_id=row.pk)
    assert reasons(row) == ["already_member", "", ""]
    states = Membership.objects.filter(member_code__in=["C-2", "C-3"]).order_by("member_code")
    assert list(states.values_list("state", flat=True)) == ["invited", "active"]


@pytest.mark.django_db
def test_a_worker_that_dies_leaves_off_between_two_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    office = office_of()
    monkeypatch.setattr(taking_members, "PIECE", 3)
    row = uploaded(office, [line(n) for n in range(8)])
    operations.start_list(actor=office, list_id=row.pk)
    real, died = taking_members._take, 5

    def dying(row: MemberList, each: MemberListLine, *rest: Any) -> None:
        if each.line > died:
            raise KeyboardInterrupt
        real(row, each, *rest)

    monkeypatch.setattr(taking_members, "_take", dying)
    with pytest.raises(KeyboardInterrupt):
        operations.take_members(list_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.done, Membership.objects.count()) == ("running", 3, 3)
    ProcrastinateJob.objects.all().delete()
    assert stage.resume_lists() == 1
    assert stage.resume_lists() == 0
    monkeypatch.setattr(taking_members, "_take", real)
    operations.take_members(list_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.done, Membership.objects.count()) == ("done", 8, 8)


@pytest.mark.django_db
def test_one_broken_line_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    real = taking_members._join

    def broken(row: Any, line: Any, *rest: Any) -> Any:
        if line.name == "기업 2":
            raise RuntimeError("planted")
        return real(row, line, *rest)

    monkeypatch.setattr(taking_members, "_join", broken)
    row = taken(office_of(), [line(1), line(2), line(3)])
    assert reasons(row) == ["", "changed", ""]


@pytest.mark.django_db
def test_columns_are_chosen_by_hand_and_judged_anew() -> None:
    office = office_of()
    client = client_for(office)
    row = operations.upload_members(
        actor=office, filename="m.csv",
        stream=io.BytesIO(
            csv_bytes([["가온", "x", "220-81-62517", "1"]],
                      header=["상호", "가", "다", "조합원번호"])
        ),
    )  # fmt: skip
    path = f"/api/v1/member-lists/{row.pk}"
    assert client.get(path).json()["mapping"]["number"] == 2, "known by what it looks like"
    unset = client.patch(path, {"mapping": {"number": None}}).json()
    assert unset["counts"]["rejected"] == 1
    refused = client.post(f"{path}/start")
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["mapping.number"])
    assert client.patch(path, {"mapping": {"number": 9}}).json()["code"] == "mapping_wrong"
    assert client.patch(path, {"mapping": {"number": 2}}).json()["counts"]["new"] == 1
    assert client.post(f"{path}/start").json()["state"] == "queued"
    assert client.post(f"{path}/start").json()["state"] == "queued"
    assert ProcrastinateJob.objects.filter(task_name="mungchi.accounts.take_members").count() == 1
    for answer in (client.patch(path, {"invites": True}), client.delete(path)):
        assert (answer.status_code, answer.json()["code"]) == (409, "list_started")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"\x00\x01\x02", "not_a_table"), (b"hello", "no_header"),
     ("상호,사업자등록번호\n".encode(), "no_lines"), (b"PK\x03\x04broken", "broken")],
)  # fmt: skip
def test_what_is_no_list_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FileNotTaken) as refused:
        operations.upload_members(
            actor=office_of(), filename="x", stream=io.BytesIO(content)
        )  # fmt: skip
    assert refused.value.values["reason"] == code
    assert not MemberList.objects.exists()


@pytest.mark.django_db
def test_what_is_too_large_or_too_long_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        operations.upload_members(
            actor=office_of(), filename="x", stream=io.BytesIO(b"x" * 2_000_000)
        )
    many = "상호,사업자등록번호\n" + "가,1\n" * 10_001
    with pytest.raises(FileNotTaken) as refused:
        operations.upload_members(
            actor=office_of(), filename="x", stream=io.BytesIO(many.encode())
        )  # fmt: skip
    assert refused.value.values["reason"] == "too_many_lines"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("firms", "doubles"), [(1_600, 400), pytest.param(4_000, 1_000, marks=pytest.mark.night)]
)
def test_thousands_of_lines_with_doubles(firms: int, doubles: int) -> None:
    """Looked through by a few queries for each thousand, taken within a minute."""
    office = office_of()
    dice = random.Random(20261)
    lines = [line(n, division=f"분과 {n % 7}") for n in range(firms)]
    lines += [line(n, name="또", division="") for n in dice.sample(range(firms), doubles)]
    dice.shuffle(lines)
    with Counting() as small:
        uploaded(office, lines[:10])
    begun = time.monotonic()
    with Counting() as large:
        row = uploaded(office, lines)
    assert row.counts == {"new": firms, "rejected": doubles, "owners": firms}
    thousands = len(lines) // 1_000
    assert large.count - small.count <= 2 + 2 * thousands, "statements of a thousand lines each"
    assert time.monotonic() - begun < 15
    operations.start_list(actor=office, list_id=row.pk)
    operations.take_members(list_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.done) == ("done", firms + doubles)
    assert Membership.objects.filter(state="active").count() == firms
    assert Division.objects.count() == 7, "also where the double came first"
    assert time.monotonic() - begun < 120


def test_two_workers_at_once_and_two_lists_at_once_take_each_firm_once(committing: None) -> None:
    cooperative = CooperativeFactory()
    office = office_of(cooperative)
    lists = [uploaded(office, [line(n) for n in range(30)]) for _ in range(2)]
    for row in lists:
        operations.start_list(actor=office, list_id=row.pk)
    ended = at_once(
        *(lambda row=row: operations.take_members(list_id=row.pk) for row in [*lists, *lists])
    )
    assert ended == ["done"] * 4
    assert Membership.objects.count() == Firm.objects.count() == 30
    assert set(MemberList.objects.values_list("state", flat=True)) == {"done"}
    assert set(MemberList.objects.values_list("done", flat=True)) == {30}
    assert History.objects.filter(kind="member_list_done").count() == 2
