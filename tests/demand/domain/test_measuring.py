"""How foretelling is measured: figures that were computed by hand."""

from datetime import date

from mungchi.demand.domain.foretelling import Foretold, Line
from mungchi.demand.domain.measuring import Measures, measure, walk, wanted


def day(month: int) -> date:
    """Some day of a month."""
    return date(2025, month, 17)


# Two firms want paper in January, February, March, May and June; one alone in April.
# Pens are wanted in May and June only; a firm's two lines are one firm.
LINES = [
    *(Line("paper", firm, 10 * month, day(month)) for month in (1, 2, 3, 5, 6) for firm in "ab"),
    Line("paper", "a", 70, day(4)),
    Line("pens", "a", 5, day(4)),
    Line("pens", "a", 5, day(4)),
    *(Line("pens", firm, 8, day(month)) for month in (5, 6) for firm in "cd"),
]  # fmt: skip


def test_an_item_is_wanted_when_two_firms_buy_it_in_a_month() -> None:
    assert wanted(LINES) == {
        (2025, 1): {"paper": 20}, (2025, 2): {"paper": 40}, (2025, 3): {"paper": 60},
        (2025, 5): {"paper": 100, "pens": 16}, (2025, 6): {"paper": 120, "pens": 16},
    }  # fmt: skip


def test_the_baseline_is_what_two_or_more_bought_the_month_before() -> None:
    # May: nothing foretold (April), 100 + 16 wanted. June: 100 and 16 foretold, 120 and 16 wanted.
    walked = list(walk(LINES))
    assert [each.month for each in walked] == [(2025, 5), (2025, 6)]
    assert measure((each.as_before, each.bought) for each in walked) == Measures(
        months=2, precision=1.0, recall=0.5, f1=0.6667, wape=round((116 + 20) / 252, 4)
    )


def test_what_is_foretold_is_measured_item_by_item() -> None:
    def telling(lines: object, month: tuple[int, int]) -> dict[str, Foretold]:
        quantities = {5: {"paper": 90, "tape": 7}, 6: {"pens": 20}}[month[1]]
        return {item: Foretold(1, 2, quantity, 1, 2) for item, quantity in quantities.items()}

    # May: paper right (10 off), tape wrong (7), pens missed (16).
    # June: pens right (4 off), paper missed (120). 2 right of 3 foretold, of 4 that came.
    walked = walk(LINES, telling)
    assert measure((each.foretold, each.bought) for each in walked) == Measures(
        months=2, precision=0.6667, recall=0.5, f1=round(4 / 7, 4), wape=round(157 / 252, 4)
    )


def test_a_month_in_which_nothing_was_bought_is_a_month() -> None:
    lines = [*LINES, Line("paper", "a", 1, day(8))]
    assert [each.month for each in walk(lines)] == [(2025, m) for m in (5, 6, 7, 8)]


def test_nothing_to_measure() -> None:
    assert list(walk([])) == list(walk(LINES[:2])) == []
    assert measure([]) == Measures(0, 0.0, 0.0, 0.0, 0.0)
    assert measure([({"paper": 3}, {})]) == Measures(1, 0.0, 0.0, 0.0, 0.0)
