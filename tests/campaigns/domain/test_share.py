"""What anybody is told of a campaign: no total from which one firm could be worked out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.campaigns.domain import share_card, share_page, share_words
from mungchi.campaigns.domain.ladder import gives_away
from mungchi.campaigns.domain.market import Commitment, Threshold, Tier
from mungchi.campaigns.domain.outlook import Terms, demand_by_tier
from mungchi.campaigns.domain.share import (
    LEAST_FIRMS,
    Glimpse,
    hidden_from_public,
    public_figures,
)
from mungchi.common.canvas import Words, fingerprint
from mungchi.common.drawing import measure
from mungchi.common.text import Text

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
TIERS = (Tier(1, Decimal(120)), Tier(50, Decimal(100)), Tier(100, Decimal(90)))
TERMS = Terms(threshold=Threshold(1, 2))


def rows(*wants: tuple[int, int | None]) -> Any:
    return demand_by_tier(
        TIERS,
        [
            Commitment(str(n), n, quantity, 0, 0, None if limit is None else Decimal(limit))
            for n, (quantity, limit) in enumerate(wants)
        ],
    )


def figures(*wants: tuple[int, int | None]) -> dict[str, Any]:
    return public_figures(rows(*wants), TERMS, [])


def glimpse(**given: Any) -> Glimpse:
    plain = Glimpse(
        title="복사용지 공동구매",
        item=Text(ko="복사용지", en="Paper"),
        host=Text(ko="한빛협동조합", en="Hanbit"),
        unit=Text(ko="박스", en="box"),
        currency="KRW",
        state="open",
        closes_at=AT + timedelta(days=3),
        zone="Asia/Seoul",
        tiers=tuple((one.min_quantity, one.unit_price) for one in TIERS),
        figures=figures((20, None), (25, None), (10, None)),
    )
    return replace(plain, **given)


def said(shown: Glimpse, language: str = "ko") -> str:
    """Every word of page and picture."""
    card = share_card.card(shown, language, AT, measure)
    words = [mark.text for mark in card if isinstance(mark, Words)]
    return str([words, share_page.page(shown, language, AT, figures_at=AT)])


wanted = st.tuples(st.integers(1, 300), st.sampled_from([None, 120, 100, 90]))


@given(st.lists(wanted, max_size=2), st.data())
def test_what_one_or_two_firms_want_changes_nothing(
    wants: list[tuple[int, int | None]], data: st.DataObject
) -> None:
    others = [(data.draw(st.integers(1, 300)), limit) for _, limit in wants]
    assert figures(*wants) == figures(*others)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.data())
def test_no_told_total_has_one_firm_between_it_and_another_for_whoever_reads(
    steps: list[int], data: st.DataObject
) -> None:
    firms = [sum(steps[: n + 1]) for n in range(len(steps))]
    # A firm that is in it from some tier on, and an office with some of the firms.
    since = data.draw(st.integers(0, len(steps) - 1))
    share_of = [data.draw(st.integers(0, step)) for step in steps]
    office = [sum(share_of[: n + 1]) for n in range(len(steps))]
    hidden = hidden_from_public(firms, [office])
    before, known_before, office_before = 0, 0, 0
    for index, count in enumerate(firms):
        if hidden[index]:
            continue
        mine = 1 if index >= since and firms[since] > (firms[since - 1] if since else 0) else 0
        between = count - before
        assert between == 0 or between >= LEAST_FIRMS
        assert not gives_away(between, min(mine - known_before, between))
        assert not gives_away(between, office[index] - office_before)
        before, known_before, office_before = count, mine, office[index]


def test_an_office_that_knows_all_but_one_is_told_nothing() -> None:
    assert hidden_from_public([5], []) == [False]
    assert hidden_from_public([5], [[3]]) == [False]
    assert hidden_from_public([5], [[4]]) == [True]


def test_figures_of_enough_firms_are_told() -> None:
    told = figures((20, None), (25, None), (10, None))
    assert told == {
        "current": 1, "percents": [100, 100, 55],
        "next": {"tier": 2, "missing": 45, "missing_firms": 0, "saving": "10"},
    }  # fmt: skip
    assert figures() == {
        "current": None, "percents": [0, 0, 0],
        "next": {"tier": 0, "missing": 1, "missing_firms": 2, "saving": "0"},
    }  # fmt: skip


def test_of_a_deeper_tier_of_which_nothing_may_be_told_only_the_price_is() -> None:
    # Three firms pay any price, one only 90: it is all that lies between two totals.
    told = figures((20, 100), (25, 100), (10, 100), (7, 90))
    assert told["percents"] == [0, 100, None]
    assert told["next"] == {"tier": 2, "missing": None, "missing_firms": None, "saving": "10"}
    assert "100박스부터 모두 박스당 90원입니다." in said(glimpse(figures=told))


def test_a_tier_that_two_firms_carry_is_not_told() -> None:
    told = figures((200, None), (50, None))
    assert told == {"current": None, "percents": [None] * 3, "next": None}
    assert str(share_words.GATHERING.ko) in said(glimpse(figures=told))


@pytest.mark.parametrize(
    ("given", "korean", "english"),
    [
        ({}, "45박스 더 모이면 모두 박스당 10원씩 아낍니다.",
         "45 boxes more and everybody saves ₩10 per box."),
        ({"state": "closing"}, "모집이 끝나 결과를 정하고 있습니다.",
         "It has closed, and the outcome is being worked out."),
        ({"state": "failed", "figures": {}}, "이번에는 성립되지 않았습니다.",
         "It did not come about this time."),
        ({"state": "cancelled", "figures": {}}, "주최 조합이 취소한 공동구매입니다.",
         "Its cooperative has called it off."),
        ({"state": "ordered", "figures": {}, "settled_price": Decimal(100)},
         "박스당 100원에 성립했습니다.", "It went through at ₩100 per box."),
        ({"closes_at": AT}, "모집이 끝나 결과를 정하고 있습니다.",
         "It has closed, and the outcome is being worked out."),
    ],
)  # fmt: skip
def test_it_says_how_it_stands(given: dict[str, Any], korean: str, english: str) -> None:
    shown = glimpse(**given)
    assert korean in said(shown, "ko")
    assert english in said(shown, "en")
    assert "2026년 11월" in said(shown, "ko")
    assert "한국 시각" in said(shown, "ko")
    assert "Seoul time" in said(shown, "en")


def test_with_what_is_missing_in_firms_alone_it_says_so() -> None:
    lone = glimpse(figures=public_figures(rows(*[(30, None)] * 3), Terms(
        threshold=Threshold(1, 5)), []))  # fmt: skip
    assert "2개사가 더 참여하면" in said(lone, "ko")
    assert "With 2 more firms" in said(lone, "en")


def test_long_titles_wrap_and_end_within_the_picture() -> None:
    for title in ("아주 긴 제목입니다 " * 12, "가" * 120, "W" * 120, "a"):
        for mark in share_card.card(glimpse(title=title), "ko", AT, measure):
            if isinstance(mark, Words):
                width = measure(mark.text, mark.size, mark.bold)
                left = mark.x - (width if mark.anchor == "r" else 0)
                assert left >= 0
                assert left + width <= share_card.WIDTH
            else:
                assert mark.x + mark.width <= share_card.WIDTH
                assert mark.y + mark.height <= share_card.HEIGHT


@pytest.mark.parametrize("count", [1, 2, 6, 7, 20])
def test_ladders_of_any_length_fit_with_the_present_and_the_next_step(count: int) -> None:
    tiers = tuple((10**n if n < 9 else 10**9, Decimal(10**9) - n) for n in range(count))
    about = {"current": count - 2 if count > 1 else 0, "percents": [50] * count, "next": None}
    if count > 1:
        about["next"] = {"tier": count - 1, "missing": 3, "missing_firms": 0, "saving": "1"}
    card = share_card.card(glimpse(tiers=tiers, figures=about), "en", AT, measure)
    prices = [mark.text for mark in card if isinstance(mark, Words) and "₩" in mark.text]
    assert len(prices) <= share_card._MOST + 1
    assert any(text.startswith("Now") for text in prices)


def test_another_picture_has_another_fingerprint_and_the_same_the_same() -> None:
    def of(shown: Glimpse, language: str = "ko") -> str:
        return fingerprint(share_card.card(shown, language, AT, measure), share_card.VERSION)

    assert of(glimpse()) == of(glimpse())
    others = [
        glimpse(title="다른 제목"), glimpse(state="closing"),
        glimpse(closes_at=AT + timedelta(days=4)),
        glimpse(figures=figures((20, None), (25, None), (11, None))),
    ]  # fmt: skip
    assert len({of(glimpse()), of(glimpse(), "en"), *map(of, others)}) == 6


def test_what_the_present_tier_has_passed_is_full() -> None:
    told = {"current": 1, "percents": [None, 100, 40], "next": None}
    running = glimpse(figures=told)
    assert [running.percent(index) for index in range(3)] == [100, 100, 40]
    none_yet = glimpse(figures={**told, "current": None, "percents": [60, None, None]})
    assert [none_yet.percent(index) for index in range(3)] == [60, None, None]
