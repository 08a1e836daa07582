"""What is foretold for next month, and that nothing of that month is looked at."""

import math
import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mungchi.demand.domain.foretelling import (
    Filter,
    Foretold,
    Line,
    Month,
    best_filter,
    by_item,
    foretell,
    months_between,
    worth_naming,
)
from mungchi.demand.domain.measuring import Foretell
from mungchi.demand.domain.totals import Count, Sizes, quantile

SEED = 20_261_126


def history(months: int = 8, seed: int = SEED) -> list[Line[str]]:
    """Forty items that some firms buy often, some seldom, in sizes of their own."""
    chance = random.Random(seed)
    lines = []
    for item, month in product(range(40), range(1, months + 1)):
        for firm in range(chance.choice([0, 0, 1, 2, 3]) if item % 4 else 4):
            size = chance.choice([6, 12, 12, 24, 240]) if item % 2 else chance.randint(1, 9)
            day = date(2025, month, chance.randint(1, 28))
            lines.append(Line(f"item {item}", f"firm {firm}", size, day))
    return lines


def garbled(lines: Sequence[Line[str]], since: date, seed: int) -> Iterator[Line[str]]:
    """The same past; what comes after is moved about, multiplied, renamed and left out."""
    chance = random.Random(seed)
    for line in lines:
        if line.day < since:
            yield line
        elif chance.random() < 0.7:
            day = date(2025, chance.randint(since.month, 12), chance.randint(1, 28))
            yield Line(f"item {chance.randint(0, 60)}", f"firm {chance.randint(0, 9)}",
                       line.quantity * chance.randint(1, 50), day)  # fmt: skip


def sees_the_future(telling: Foretell, lines: Sequence[Line[str]], month: Month) -> bool:
    """Whether another future makes it foretell something else."""
    first = date(*month, 1)
    told = telling(lines, month)
    return any(
        telling(list(garbled(lines, first, seed)), month) != told for seed in range(SEED, SEED + 5)
    )


@pytest.mark.parametrize("number", [4, 6, 8, 9])
def test_another_future_foretells_the_same(number: int) -> None:
    assert foretell(history(), (2025, number))
    assert not sees_the_future(foretell, history(), (2025, number))


def test_control_a_planted_leak_is_seen() -> None:
    def leaking(lines: Sequence[Line[str]], month: Month) -> dict[str, Foretold]:
        return foretell(lines, (month[0], month[1] + 1))

    assert sees_the_future(leaking, history(), (2025, 6))


def test_control_even_a_leak_into_the_filter_alone_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines: list[Line[str]] = []

    def peeking(series: Sequence[Sequence[int]]) -> Filter:
        span = months_between((2025, 1), (2025, 13))
        whole = by_item(lines)
        return best_filter([[len(ms.get(m, ())) for m in span] for ms in whole.values()])

    def leaking(given_lines: Sequence[Line[str]], month: Month) -> dict[str, Foretold]:
        lines[:] = given_lines
        return foretell(given_lines, month)

    monkeypatch.setattr("mungchi.demand.domain.foretelling.best_filter", peeking)
    assert sees_the_future(leaking, history(), (2025, 5))


def test_the_order_of_lines_changes_nothing() -> None:
    lines = history()
    shuffled = random.Random(SEED).sample(lines, len(lines))
    assert list(foretell(lines, (2025, 9)).items()) == list(foretell(shuffled, (2025, 9)).items())


def test_what_is_bought_every_month_is_foretold_and_what_has_stopped_is_not() -> None:
    steady = [Line("paper", f"firm {n}", 10, date(2025, m, 5)) for m in range(1, 9)
              for n in range(4)]  # fmt: skip
    stopped = [Line("fax rolls", f"firm {n}", 10, date(2025, m, 5)) for m in (1, 2)
               for n in range(3)]  # fmt: skip
    alone = [Line("bolts", "firm 1", 500, date(2025, m, 5)) for m in range(1, 9)]
    told = foretell([*steady, *stopped, *alone], (2025, 9))
    assert "fax rolls" not in told
    assert next(iter(told)) == "paper"
    assert told["paper"].probability > 0.8
    assert told["paper"].low <= told["paper"].quantity <= told["paper"].high
    assert 20 <= told["paper"].quantity <= 50
    # One firm is no purchase together, however steady and however much.
    assert "bolts" not in told or told["bolts"].probability < told["paper"].probability


def test_months_without_purchases_count_as_such() -> None:
    before = [Line("paper", f"firm {n}", 10, date(2024, 12, 5)) for n in range(3)]
    since = [Line("pens", f"firm {n}", 10, date(2025, 5, 5)) for n in range(3)]
    assert list(foretell([*before, *since], (2025, 6))) == ["pens"]


def test_nothing_is_foretold_from_too_little() -> None:
    assert foretell([], (2025, 3)) == {}
    two_months = [line for line in history() if line.day.month <= 2]
    assert foretell(two_months, (2025, 3)) == {}
    assert foretell(two_months, (2025, 4)) != {}


def test_the_list_is_as_long_as_its_expected_f1_wants() -> None:
    chances = {"a": 0.9, "b": 0.5, "c": 0.3, "d": 0.1}
    # 2*0.9/(1+1.8), 2*1.4/(2+1.8), 2*1.7/(3+1.8), 2*1.8/(4+1.8): 0.643, 0.737, 0.708, 0.621
    assert worth_naming(chances) == ["a", "b"]
    assert worth_naming({}) == []
    assert worth_naming({"a": 0.0}) == []


def test_the_filter_is_the_one_under_which_the_past_was_likeliest() -> None:
    """Demand that changes every month is followed faster than demand that never does."""
    steady = [[n % 3] * 10 for n in range(30)]
    chance = random.Random(SEED)
    jumping = []
    for _ in range(60):
        level, series = 0, []
        for _ in range(10):
            level = level if chance.random() < 0.6 else chance.choice([0, 0, 6])
            series.append(level)
        jumping.append(series)
    assert best_filter(steady).keep > best_filter(jumping).keep


def test_a_filter_forgets_by_its_share() -> None:
    count = Filter(keep=0.5, firms=0.2, months=0.5).count([4, 0, 2])
    assert count.shape == pytest.approx(0.2 + 4 / 8 + 2 / 2)
    assert count.rate == pytest.approx(0.5 + 1 / 8 + 1 / 4 + 1 / 2)


COUNTS = st.builds(Count, st.floats(0.1, 12), st.floats(0.2, 4))
SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=5)


def _simply(count: Count, sizes: Sizes, most: int) -> dict[int, float]:
    """The chance of each total by two or more firms, by adding up firm by firm."""
    so_far, totals = {0: 1.0}, dict.fromkeys(range(most + 1), 0.0)
    for firms in range(1, most + 1):
        grown: dict[int, float] = {}
        for (total, one), (size, share) in product(so_far.items(), sizes.shares.items()):
            if total + size <= most:
                grown[total + size] = grown.get(total + size, 0.0) + one * share
        so_far = grown
        if firms >= 2:
            for total, one in so_far.items():
                totals[total] += one * math.exp(count.log_chance(firms))
    return totals


@settings(deadline=None)
@given(COUNTS, SIZES, st.floats(0.05, 0.9))
def test_the_total_is_what_adding_up_firm_by_firm_gives(
    count: Count, seen: list[int], part: float
) -> None:
    sizes = Sizes.of(seen)
    wanted = part * count.at_least_two()
    found = quantile(count, sizes, wanted)
    if found > 60:
        return
    totals = _simply(count, sizes, found)
    assert sum(totals.values()) >= wanted - 1e-9
    assert sum(one for total, one in totals.items() if total < found) < wanted + 1e-9


@given(st.builds(Count, st.floats(0.1, 3), st.floats(1, 4)))
def test_chances_of_all_numbers_sum_to_one(count: Count) -> None:
    none, one = count.chances()
    assert math.exp(count.log_chance(0)) == pytest.approx(none)
    assert math.exp(count.log_chance(1)) == pytest.approx(one)
    beyond = sum(math.exp(count.log_chance(n)) for n in range(2, 60))
    assert count.at_least_two() == pytest.approx(beyond, abs=1e-6)


@pytest.mark.parametrize("firms", [61, 500, 5_000])
def test_many_firms_are_as_good_as_normal(firms: int) -> None:
    sizes = Sizes.of([10, 20, 30])
    count = Count(firms * 10.0, 10.0)
    middle = quantile(count, sizes, 0.5)
    assert middle == pytest.approx(firms * 20, rel=0.02)
    assert quantile(count, sizes, 0.25) < middle < quantile(count, sizes, 0.75)


def test_large_sizes_are_counted_in_steps() -> None:
    sizes = Sizes.of([90_001, 100_003, 250_007])
    found = quantile(Count(4.0, 2.0), sizes, 0.3)
    coarse = quantile(Count(4.0, 2.0), Sizes.of([90, 100, 250]), 0.3)
    assert found == pytest.approx(1000 * coarse, rel=0.05)


def test_never_less_than_two_of_the_smallest_purchases() -> None:
    lines: list[Line[str]] = [
        Line(f"item {item}", f"firm {firm}", 7, date(2025, month, 1))
        for item, month in product(range(20), range(1, 7))
        for firm in range((item + month) % 3)
    ]
    told = foretell(lines, (2025, 7))
    assert any(each.probability < 0.5 for each in told.values())
    assert all(each.quantity >= 14 for each in told.values())
