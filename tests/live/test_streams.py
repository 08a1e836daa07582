"""The event stream as a process: what is told to whom, how soon, and when it ends."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.concurrency.harness import streaming
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.campaigns import Story
from tests.live.screen import Screen

from mungchi.accounts.models import Seat
from mungchi.accounts.models.sessions import Session
from mungchi.campaigns import operations

pytestmark = [pytest.mark.processes]
# `make bench` shows that it is less than one; here other tests run beside.
SOON = 3.0
A_WHILE = 1.0
Look = Callable[..., Screen]


@pytest.fixture(scope="module")
def port(db: str, tmp_path_factory) -> Iterator[int]:
    """A process that takes few streams of one person."""
    log = tmp_path_factory.mktemp("live") / "live.log"
    with streaming(db, log, LIVE_MOST_STREAMS_EACH="3") as port:
        yield port


@pytest.fixture
def look(port: int) -> Iterator[Look]:
    """Opens screens, which are closed at the end of the test."""
    opened: list[Screen] = []

    def open_one(*given, **named) -> Screen:
        opened.append(Screen(port, *given, **named))
        return opened[-1]

    yield open_one
    for screen in opened:
        screen.close()


@pytest.fixture
def story(db: str) -> Story:
    """An open campaign with two firms in it."""
    story = Story().opened()
    for quantity in (20, 25):
        join(story, member(story.host), quantity)
    return story


def join(story: Story, firm, quantity: int, limit: str | None = None) -> None:
    operations.commit(
        actor=firm, campaign_id=story.campaign.pk, quantity=quantity,
        price_limit=None if limit is None else Decimal(limit),
    )  # fmt: skip


def test_a_commitment_is_on_every_open_screen_soon(look: Look, story: Story) -> None:
    firm, looking = member(story.host), member(story.host)
    screens = [look(who, [story.campaign.pk]) for who in (story.office, looking, firm)]
    before = [screen.next(5) for screen in screens]
    assert [seen["ladder"]["quantity"] for seen in before] == [45, 45, 45]
    assert [seen["ladder"]["unit_price"] for seen in before] == ["120", "120", "120"]

    join(story, firm, 10)

    after = [screen.next(SOON) for screen in screens]
    assert [seen["ladder"]["quantity"] for seen in after if seen] == [55, 55, 55]
    assert [seen["ladder"]["unit_price"] for seen in after if seen] == ["100", "100", "100"]
    assert [bool(seen and seen["committed_at"]) for seen in after] == [False, False, True]


def test_nothing_is_told_that_would_give_one_firm_away(look: Look, db: str) -> None:
    story = Story().opened()
    looking, first = member(story.host), member(story.host)
    screen = look(looking, [story.campaign.pk])
    assert screen.next(5)["ladder"]["quantity"] == 0
    join(story, first, 33)
    seen = screen.next(SOON)
    assert seen["ladder"]["firms"] == 1
    assert seen["ladder"]["quantity"] is None
    assert {tier["demand"] for tier in seen["ladder"]["tiers"]} == {None}
    join(story, member(story.host), 11)
    assert screen.next(SOON)["ladder"]["quantity"] == 44


def test_extending_and_cancelling_are_told(look: Look, story: Story) -> None:
    screen = look(member(story.host), [story.campaign.pk])
    first = screen.next(5)
    operations.extend_campaign(
        actor=story.office, campaign_id=story.campaign.pk, why="더 모으기 위해",
        closes_at=story.campaign.closes_at + timedelta(days=1),
    )  # fmt: skip
    later = screen.next(SOON)
    assert later["closes_at"] > first["closes_at"]
    operations.cancel_campaign(actor=story.office, campaign_id=story.campaign.pk, why="취소")
    assert screen.next(SOON)["state"] == "cancelled"


def test_a_campaign_of_strangers_is_as_absent_as_none(look: Look, story: Story) -> None:
    stranger = coordinator_of(CooperativeFactory())
    foreign = look(stranger, [story.campaign.pk])
    absent = look(stranger, [uuid4()])
    assert foreign.status == absent.status == 200
    join(story, member(story.host), 10)
    assert foreign.next(A_WHILE) is None
    assert absent.next(0.1) is None


def test_who_is_nobody_or_claims_a_seat_gets_the_answer_of_the_api(
    look: Look, story: Story
) -> None:
    nobody = look(None, [story.campaign.pk])
    assert nobody.status == 401
    assert b'"not_authenticated"' in nobody.body
    claims = look(member(story.host), [story.campaign.pk], seat=story.office.seat_id)
    assert claims.status == 409
    assert b'"seat_gone"' in claims.body
    wrong = look(story.office, [])
    assert wrong.status == 422
    assert wrong.answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_stream_ends_with_its_seat_and_with_its_session(look: Look, story: Story) -> None:
    for end in (
        lambda who, screen: Seat.objects.get(pk=who.seat_id).delete(),
        lambda who, screen: Session.objects.get(session_key=screen.session).delete(),
    ):
        who = member(story.host)
        screen = look(who, [story.campaign.pk])
        assert screen.next(5)
        end(who, screen)
        assert screen.next(SOON, event="end") is not None
        assert screen.answer.readline() == b"\n"


def test_other_people_s_streams_outlive_somebody_s_leaving(look: Look, story: Story) -> None:
    staying, leaving = member(story.host), member(story.host)
    screen = look(staying, [story.campaign.pk])
    assert screen.next(5)
    Seat.objects.get(pk=leaving.seat_id).delete()
    assert screen.next(A_WHILE, event="end") is None


def test_a_person_has_only_so_many_and_a_closed_one_counts_no_more(
    look: Look, story: Story
) -> None:
    who = member(story.host)
    screens = [look(who, [story.campaign.pk]) for _ in range(3)]
    assert all(screen.next(5) for screen in screens)
    refused = look(who, [story.campaign.pk])
    assert refused.status == 429
    assert int(refused.answer.headers["Retry-After"]) > 0
    for screen in screens:
        screen.close()
    end = time.monotonic() + 5
    while look(who, [story.campaign.pk]).status != 200:
        assert time.monotonic() < end
        time.sleep(0.1)
