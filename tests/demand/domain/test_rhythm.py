"""The rhythm in which a firm buys: regular, yearly, or none."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mungchi.demand.domain.rhythm import (
    AHEAD,
    SOONEST,
    Bought,
    Rhythm,
    occasions,
    rhythm,
    usual_quantity,
)

FIRST = date(2026, 1, 5)


def every(days: list[int], quantities: list[int] | None = None) -> list[Bought]:
    """Purchases with these gaps after the first."""
    day, lines = FIRST, []
    for number, gap in enumerate([0, *days]):
        day += timedelta(days=gap)
        quantity = quantities[number] if quantities else 10
        lines.append(Bought(day, quantity, Decimal(100 + number)))
    return lines


def found(lines: list[Bought], after: int = 3) -> Rhythm | None:
    """The rhythm, looked for some days after the last line."""
    return rhythm(lines, max(line.day for line in lines) + timedelta(days=after))


def test_a_regular_firm_is_proposed_its_usual_quantity_on_its_usual_day() -> None:
    lines = every([30, 31, 29, 30], [10, 12, 10, 8, 11])
    seen = found(lines)
    assert seen is not None
    assert (seen.kind, seen.every_days, seen.quantity) == ("regular", 30, 10)
    assert seen.expected == lines[-1].day + timedelta(days=30)
    assert [each.day for each in seen.evidence] == [line.day for line in lines]
    assert seen.last_price == Decimal(104)


def test_what_is_due_or_late_is_wanted_in_a_week() -> None:
    lines = every([30, 30, 30])
    today = lines[-1].day + timedelta(days=40)
    seen = rhythm(lines, today)
    assert seen is not None
    assert seen.due_by(today) == today + SOONEST
    early = rhythm(lines, lines[-1].day)
    assert early is not None
    assert early.due_by(lines[-1].day) == lines[-1].day + timedelta(days=30)


def test_irregular_purchases_have_no_rhythm() -> None:
    assert found(every([10, 70, 25, 120, 15, 60])) is None


def test_a_single_purchase_two_or_three_are_no_rhythm() -> None:
    for gaps in ([], [30], [30, 30]):
        assert found(every(gaps)) is None


def test_a_firm_that_stopped_is_proposed_nothing() -> None:
    lines = every([30, 30, 30, 30])
    assert found(lines, after=60) is not None
    assert found(lines, after=61) is None


def test_one_pause_breaks_no_rhythm_but_nothing_is_proposed_during_it() -> None:
    lines = every([30, 30, 30, 30, 95, 30, 30])
    seen = found(lines)
    assert seen is not None
    assert seen.every_days == 30
    assert rhythm(lines[:5], lines[4].day + timedelta(days=80)) is None


def test_a_large_order_is_set_apart_from_what_is_usual() -> None:
    seen = found(every([30, 30, 30, 30], [10, 10, 400, 12, 10]))
    assert seen is not None
    assert seen.quantity == 10
    assert [each.bulk for each in seen.evidence] == [False, False, True, False, False]


def test_two_invoices_of_one_week_are_one_occasion() -> None:
    lines = every([30, 2, 28, 30, 30])
    seen = found(lines)
    assert seen is not None
    assert [each.quantity for each in seen.evidence] == [10, 20, 10, 10, 10]
    assert seen.every_days == 30


def test_what_is_taken_back_was_not_bought() -> None:
    lines = every([30, 30, 30, 30], [10, 10, 10, 10, 50])
    back = Bought(lines[-1].day + timedelta(days=2), -45)
    assert [each.quantity for each in occasions([*lines, back])] == [10, 10, 10, 10, 5]
    whole = Bought(lines[-1].day + timedelta(days=2), -55)
    assert [each.quantity for each in occasions([*lines, whole])] == [10, 10, 10, 5]
    assert occasions([Bought(FIRST, -5), Bought(FIRST + timedelta(days=9), 3)]) == occasions(
        [Bought(FIRST + timedelta(days=9), 3)]
    )


def test_a_season_comes_back_a_year_later() -> None:
    lines = [Bought(date(year, month, day), quantity)
             for year, factor in ((2024, 1), (2025, 2), (2026, 3))
             for month, day, quantity in ((1, 10, 50 * factor), (1, 25, 10 * factor))]  # fmt: skip
    seen = rhythm(lines, date(2026, 12, 1))
    assert seen is not None
    assert (seen.kind, seen.quantity) == ("yearly", 120)
    assert seen.expected == date(2027, 1, 10)
    assert seen.due_by(date(2026, 12, 1)) == date(2027, 1, 10)
    assert seen.due_by(date(2027, 1, 10) - AHEAD - timedelta(days=1)) is None
    # One year is no season yet, and one that was missed is none any more.
    assert rhythm(lines[:2], date(2024, 12, 1)) is None
    assert rhythm(lines, date(2027, 3, 1)) is None


def test_purchases_after_today_are_not_looked_at() -> None:
    lines = every([30, 30, 30, 30])
    later = [*lines, Bought(lines[-1].day + timedelta(days=6), 900)]
    assert found(lines) == rhythm(later, lines[-1].day + timedelta(days=3))


def test_nothing_has_no_rhythm() -> None:
    assert rhythm([], FIRST) is None
    assert usual_quantity([]) == 1


LINES = st.lists(
    st.builds(Bought, st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(-50, 500)),
    max_size=20,
)


@given(LINES, st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_whatever_was_bought_a_rhythm_is_ahead_and_positive(
    lines: list[Bought], today: date
) -> None:
    seen = rhythm(lines, today)
    if seen is not None:
        assert seen.quantity >= 1
        assert seen.expected >= today
        assert all(each.quantity > 0 and each.day <= today for each in seen.evidence)
