"""Introductions: nothing is shared before both have agreed, and "not now" says no more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.clients import client_for
from tests.factories.outreach import asked, listing

from mungchi.accounts.models import Firm, Membership, User
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.outreach import operations, stage
from mungchi.outreach.domain.states import PATIENCE
from mungchi.outreach.models import Contact, Introduction
from mungchi.outreach.operations.contacting import LeftAlone
from mungchi.outreach.operations.introducing import (
    AlreadyIntroduced,
    CooperativeNotShared,
    IntroductionEnded,
    IntroductionOpen,
    NotBothMembers,
    NotIntroduced,
    OwnListing,
    ValueWrong,
)

pytestmark = pytest.mark.django_db


def read(actor, row):
    return client_for(actor).get(f"/api/v1/introductions/{row.pk}").json()


def told(actor):
    notifications.tell_people()
    return list(
        Notification.objects.filter(seat_id=actor.seat_id)
        .order_by("event_id")
        .values_list("kind", "sentence_ko")
    )


def proposed(home):
    seeker, giver, office = member(home), member(home), coordinator_of(home)
    row = operations.introduce_member(
        actor=office, firm_id=seeker.firm_id, giver_id=giver.firm_id, reason="같은 상권입니다"
    )
    return row, (seeker, giver, office)


def test_asking_is_agreeing_and_both_see_each_other_only_when_the_other_agrees_too():
    row, (seeker, giver, office) = asked(CooperativeFactory())
    for actor in (seeker, giver, office):
        assert read(actor, row)["reach"] is None
    assert (read(seeker, row)["agreed"], read(giver, row)["agreed"]) == (True, False)
    assert read(seeker, row)["status"] == read(giver, row)["status"] == "waiting"

    operations.accept_introduction(actor=giver, introduction_id=row.pk, phone="010-3333-4444")

    (there,) = read(seeker, row)["reach"]
    person = User.objects.get(pk=giver.user_id)
    assert there["firm"]["id"] == str(giver.firm_id)
    assert (there["email"], there["phone"]) == (person.email, "010-3333-4444")
    assert there["address"] == Firm.objects.get(pk=giver.firm_id).address
    (here,) = read(giver, row)["reach"]
    assert here["phone"] == "010-1111-2222"
    assert len(read(office, row)["reach"]) == 2
    assert read(office, row)["status"] == "introduced"


def test_without_a_number_of_its_own_the_firms_is_shared():
    home = CooperativeFactory()
    seeker, giver = member(home, phone="02-777-8888"), member(home)
    row = operations.ask_for_introduction(actor=seeker, listing_id=listing(giver).pk, reason="상담")
    operations.accept_introduction(actor=giver, introduction_id=row.pk)
    (reach,) = read(giver, row)["reach"]
    assert reach["phone"] == "02-777-8888"


def test_the_offices_idea_needs_both():
    row, (seeker, giver, office) = proposed(CooperativeFactory())
    assert row.state == "proposed"
    operations.accept_introduction(actor=seeker, introduction_id=row.pk)
    assert read(giver, row)["reach"] is None
    assert read(giver, row)["seeker_agreed"] is None
    assert read(office, row)["status"] == "accepted"
    operations.accept_introduction(actor=seeker, introduction_id=row.pk)
    operations.accept_introduction(actor=giver, introduction_id=row.pk)
    assert read(seeker, row)["status"] == "introduced"
    kinds = list(History.objects.filter(subject_id=row.pk).values_list("kind", flat=True))
    assert kinds == ["introduction_proposed", "introduction_accepted", "introduction_made"]
    assert Contact.objects.get().firm_id == seeker.firm_id


def test_a_no_is_not_now_to_the_other_and_whole_to_the_office():
    row, (seeker, giver, office) = asked(CooperativeFactory())
    operations.decline_introduction(actor=giver, introduction_id=row.pk, why="여유가 없습니다")
    operations.decline_introduction(actor=giver, introduction_id=row.pk, why="여유가 없습니다")

    seen = client_for(seeker).get(f"/api/v1/introductions/{row.pk}")
    assert seen.json()["status"] == "not_now"
    assert seen.json()["declined_by"] is seen.json()["decline_reason"] is None
    assert "여유" not in seen.content.decode()
    assert read(giver, row)["status"] == "declined"
    assert read(office, row)["declined_by"] == "giver"
    assert read(office, row)["decline_reason"] == "여유가 없습니다"

    name = Firm.objects.get(pk=giver.firm_id).name
    (news,) = told(seeker)
    sentence = Text(ko="{name}와(과)의 연결은 지금은 이루어지지 않습니다.", en="").format(name=name)
    assert news == ("introduction_declined", sentence.ko)
    assert "원하지 않음" in told(office)[-1][1]


def test_declined_withdrawn_and_expired_read_the_same_to_the_other():
    home = CooperativeFactory()
    shown = []
    for end in ("decline", "withdraw", "expire"):
        row, (seeker, giver, office) = proposed(home)
        operations.accept_introduction(actor=seeker, introduction_id=row.pk)
        if end == "decline":
            operations.decline_introduction(actor=giver, introduction_id=row.pk, why="싫음")
        elif end == "withdraw":
            operations.withdraw_introduction(actor=office, introduction_id=row.pk)
        else:
            with clock.shifted(PATIENCE):
                assert stage.expire_introductions() == 1
        seen = read(seeker, row)
        same = {name: seen[name] for name in seen if name not in
                {"id", "seeker", "giver", "created_at", "expires_at"}}  # fmt: skip
        shown.append(same)
        sentences = {text.split("의 연결은")[1] for kind, text in told(seeker)
                     if kind.startswith("introduction_") and "지금은" in text}  # fmt: skip
        assert sentences == {" 지금은 이루어지지 않습니다."}
    assert shown[0] == shown[1] == shown[2]
    listed = client_for(seeker).get("/api/v1/introductions?show=ended").json()["results"]
    assert [one["status"] for one in listed] == ["not_now"]


def test_two_firms_have_one_open_introduction_whoever_asks():
    home = CooperativeFactory()
    row, (seeker, giver, office) = asked(home)
    with pytest.raises(IntroductionOpen):
        operations.ask_for_introduction(actor=seeker, listing_id=row.listing_id, reason="또")
    with pytest.raises(IntroductionOpen):
        operations.ask_for_introduction(actor=giver, listing_id=listing(seeker).pk, reason="우리도")
    with pytest.raises(IntroductionOpen):
        operations.introduce_member(
            actor=office, firm_id=giver.firm_id, giver_id=seeker.firm_id, reason="어떠신지요"
        )
    assert Introduction.objects.count() == 1
    assert not Contact.objects.exists()


def test_a_firm_asks_neither_itself_nor_through_a_cooperative_they_do_not_share():
    first, second = CooperativeFactory(), CooperativeFactory()
    giver = member(first)
    row = listing(giver)
    with pytest.raises(OwnListing):
        operations.ask_for_introduction(actor=giver, listing_id=row.pk, reason="x")
    with pytest.raises(NotFound):
        operations.ask_for_introduction(actor=member(second), listing_id=row.pk, reason="x")
    with pytest.raises(CooperativeNotShared):
        operations.ask_for_introduction(
            actor=member(first), listing_id=row.pk, reason="x", cooperative_id=second.pk
        )
    both = member(first)
    MembershipFactory(cooperative=second, firm_id=both.firm_id)
    MembershipFactory(cooperative=second, firm_id=giver.firm_id)
    with pytest.raises(CooperativeNotShared):
        operations.ask_for_introduction(actor=both, listing_id=row.pk, reason="x")
    made = operations.ask_for_introduction(
        actor=both, listing_id=row.pk, reason="x", cooperative_id=second.pk
    )
    assert made.cooperative_id == second.pk
    assert client_for(coordinator_of(first)).get(
        f"/api/v1/introductions/{made.pk}"
    ).status_code == (404)


def test_an_office_introduces_its_own_members_and_leaves_alone_who_asked_for_it():
    home = CooperativeFactory()
    seeker, giver, office = member(home), member(home), coordinator_of(home)
    stranger = member(CooperativeFactory())

    def propose(firm, other):
        return operations.introduce_member(
            actor=office, firm_id=firm.firm_id, giver_id=other.firm_id, reason="x"
        )

    with pytest.raises(NotFound):
        propose(stranger, giver)
    with pytest.raises(NotBothMembers):
        propose(seeker, stranger)
    with pytest.raises(NotBothMembers):
        propose(seeker, seeker)
    operations.leave_us_alone(actor=giver, cooperative_id=home.pk)
    with pytest.raises(LeftAlone):
        propose(seeker, giver)
    with pytest.raises(LeftAlone):
        propose(giver, seeker)
    assert not Introduction.objects.exists()


def test_nobody_is_introduced_to_a_firm_that_is_no_member_any_more():
    row, (_seeker, giver, _office) = asked(CooperativeFactory())
    Membership.objects.filter(firm_id=row.seeker_id).update(state="suspended")
    with pytest.raises(IntroductionEnded):
        operations.accept_introduction(actor=giver, introduction_id=row.pk)


def test_after_its_time_it_cannot_be_agreed_to_even_before_the_stage_has_run():
    row, (_seeker, giver, _office) = asked(CooperativeFactory())
    with clock.shifted(PATIENCE), pytest.raises(IntroductionEnded):
        operations.accept_introduction(actor=giver, introduction_id=row.pk)
    with clock.shifted(PATIENCE - timedelta(minutes=1)):
        assert stage.expire_introductions() == 0
        operations.accept_introduction(actor=giver, introduction_id=row.pk)


def test_what_was_shared_cannot_be_taken_back():
    row, (seeker, giver, office) = asked(CooperativeFactory())
    operations.accept_introduction(actor=giver, introduction_id=row.pk)
    for actor in (giver, seeker):
        with pytest.raises(AlreadyIntroduced):
            operations.decline_introduction(actor=actor, introduction_id=row.pk)
    with pytest.raises(AlreadyIntroduced):
        operations.withdraw_introduction(actor=office, introduction_id=row.pk)


def test_only_who_asked_or_the_office_takes_it_back():
    row, (seeker, giver, _office) = asked(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.withdraw_introduction(actor=giver, introduction_id=row.pk)
    operations.withdraw_introduction(actor=seeker, introduction_id=row.pk)
    operations.withdraw_introduction(actor=seeker, introduction_id=row.pk)
    assert read(seeker, row)["status"] == "withdrawn"
    assert read(giver, row)["status"] == "not_now"
    mine, _ = proposed(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.withdraw_introduction(actor=buyer_of(mine.seeker), introduction_id=mine.pk)


def test_the_outcome_is_the_offices_word_may_be_corrected_and_has_a_value_only_if_it_worked():
    row, (seeker, giver, office) = asked(CooperativeFactory())

    def say(**given):
        return operations.record_outcome(actor=office, introduction_id=row.pk, **given)

    with pytest.raises(NotIntroduced):
        say(worked_out=True, note="x")
    operations.accept_introduction(actor=giver, introduction_id=row.pk)
    with pytest.raises(ValueWrong):
        say(worked_out=False, note="x", value=1)
    say(worked_out=True, note="월 계약", value=220_000)
    assert (read(office, row)["status"], read(office, row)["value"]) == ("worked_out", 220_000)
    assert read(seeker, row)["value"] is None
    say(worked_out=True, note="월 계약, 두 달", value=440_000)
    say(worked_out=False, note="해지")
    row.refresh_from_db()
    assert (row.state, row.value, row.follow_up_date) == ("came_to_nothing", None, None)


def test_the_office_is_reminded_to_ask():
    row, (_seeker, giver, office) = asked(CooperativeFactory())
    made = operations.accept_introduction(actor=giver, introduction_id=row.pk)
    today = clock.now().date()
    assert made.follow_up_date > today

    def waits():
        rows = client_for(office).get("/api/v1/desk").json()
        return [one["count"] for one in rows if one["kind"] == "introductions"]

    assert waits() == []
    operations.ask_again_on(actor=office, introduction_id=row.pk, day=today - timedelta(days=1))
    assert waits() == [1]
    operations.ask_again_on(actor=office, introduction_id=row.pk, day=None)
    assert waits() == []


def test_who_hears_of_asking_and_of_being_introduced():
    row, (seeker, giver, office) = asked(CooperativeFactory())
    assert [kind for kind, _ in told(giver)] == ["introduction_asked"]
    assert "직원 채용 상담" in told(giver)[0][1]
    assert told(seeker) == []
    assert [kind for kind, _ in told(office)] == ["introduction_asked"]
    operations.accept_introduction(actor=giver, introduction_id=row.pk)
    assert [kind for kind, _ in told(seeker)] == ["introduction_made"]
    mailed = Notification.objects.filter(kind="introduction_made", mail__state="waiting")
    assert set(mailed.values_list("seat_id", flat=True)) == {seeker.seat_id}


def test_the_database_keeps_consent_and_states():
    row, _people = asked(CooperativeFactory())
    for change in ({"state": "introduced"}, {"state": "worked_out"}, {"value": 5},
                   {"giver_id": row.seeker_id}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.filter(pk=row.pk).update(**change)


def test_the_list_of_an_office_is_saved_as_a_spreadsheet():
    _row, (_seeker, _giver, office) = asked(CooperativeFactory())
    answer = client_for(office).get("/api/v1/introductions/office?export=xlsx")
    assert answer.content[:2] == b"PK"
