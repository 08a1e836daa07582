"""Every verdict and outcome has a sentence in both languages, with its numbers in it."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from tests.campaigns.domain.markets import market, markets

from mungchi.campaigns.domain.clearing import Failure, clear
from mungchi.campaigns.domain.market import Market, Rule, Threshold
from mungchi.campaigns.domain.sentences import (
    RATIONING_RULES,
    THE_RULE,
    Numbers,
    for_everybody,
    for_member,
    how_shared,
)

WON = Numbers(price=lambda value: f"{value:,f} KRW", quantity=lambda value: f"{value:,} EA")


@settings(max_examples=300)
@given(markets())
def test_every_result_is_a_finished_sentence_in_both_languages(case: Market) -> None:
    result = clear(case)
    said = [for_everybody(result, WON), how_shared(result)]
    said += [for_member(verdict, result, WON) for verdict in result.verdicts]
    for text in said:
        assert re.search(r"니다\.$", text.ko), text.ko
        assert text.en.endswith(".")
        assert "{" not in text.ko + text.en
        assert not re.search(r"[가-힣]", text.en)
        # A number that is missing leaves a blank before the full stop, a comma or a word.
        assert not re.search(r"은 (입니다|,)|  |\bat [.,:]|of (below|,)", text.ko + text.en)


def test_numbers_are_the_callers() -> None:
    result = clear(market([(1, 12500)], [{"quantity": 1000}]))
    said = for_member(result.verdicts[0], result, WON)
    assert said.en == "You get all you committed to: 1,000 EA at 12,500 KRW."
    assert "1,000 EA" in said.ko
    assert "12,500 KRW" in said.ko


CASES = [
    ([{"quantity": 9}], {}, "You get all you committed to: 9 at 10."),
    ([{"quantity": 9, "tolerance": 1}], {"pack": 5}, "You get 10 at 10: the 9 you committed"),
    ([{"quantity": 9}], {"pack": 5}, "You get 5 at 10 of the 9 you committed to: only whole"),
    ([{"quantity": 9}], {"capacity": 6}, "You get 6 at 10 of the 9 you committed to: the supplier"),
    (
        [{"quantity": 1, "limit": Decimal(9)}, {"quantity": 9}],
        {},
        "The price came to 10, above your limit of 9",
    ),
    ([{"quantity": 1, "limit": Decimal(9)}], {}, "Your limit of 9 is below every tier"),
    (
        [{"quantity": 9, "minimum": 7}, {"quantity": 5}],
        {"capacity": 6},
        "You are not in: your share would have been 3, less than the 7",
    ),
    (
        [{"quantity": 9}, {"quantity": 9}],
        {"capacity": 9, "rule": Rule.FIRST_COME},
        "You accepted the price of 10",
    ),
    ([{"quantity": 9}], {"threshold": Threshold(1, 2)}, "The group purchase did not happen."),
    ([{"quantity": 9}, {"quantity": 1, "silent": True}], {}, "The offer changed after you"),
]


@pytest.mark.parametrize(("people", "terms", "expected"), CASES)
def test_what_a_member_reads(
    people: list[dict[str, object]], terms: dict[str, object], expected: str
) -> None:
    result = clear(market([(1, 10)], people, **terms))
    said = [for_member(verdict, result).en for verdict in result.verdicts]
    assert any(one.startswith(expected) for one in said), said


FAILED = [
    ([], {}, Failure.NO_COMMITMENTS, "nobody committed"),
    ([{"quantity": 9}], {"pack": 5, "capacity": 4}, Failure.CAPACITY_BELOW_PACK, "one whole pack"),
    ([{"quantity": 9}], {"capacity": 1}, Failure.CAPACITY_TOO_SMALL, "less than the least"),
    ([{"quantity": 9}], {"threshold": Threshold(1, 2)}, Failure.NOT_ENOUGH_FIRMS, "missing: 1."),
    ([{"quantity": 1}], {}, Failure.NOT_ENOUGH_QUANTITY, "10, needs 2; 1 could be ordered, 1 more"),
    (
        [{"quantity": 9, "minimum": 9}],
        {"capacity": 7},
        Failure.SMALLEST_QUANTITIES,
        "the least they",
    ),
    (
        [{"quantity": 9}, {"quantity": 9}],
        {"capacity": 9, "rule": Rule.FIRST_COME, "threshold": Threshold(1, 2)},
        Failure.TOO_FEW_SERVED,
        "fewer firms than it takes",
    ),
    ([{"quantity": 9, "silent": True}], {}, Failure.NOBODY_ANSWERED, "nobody answered"),
]


@pytest.mark.parametrize(("people", "terms", "failure", "part"), FAILED)
def test_what_everybody_reads_after_a_failure(
    people: list[dict[str, object]], terms: dict[str, object], failure: Failure, part: str
) -> None:
    result = clear(market([(2, 10)], people, **terms))
    assert result.failure is failure
    assert part in for_everybody(result).en


def test_every_failure_is_in_the_list() -> None:
    assert {one[2] for one in FAILED} == set(Failure)


def test_the_rules_differ_and_the_one_used_is_told() -> None:
    assert len({text.ko for text in RATIONING_RULES.values()} | {THE_RULE.ko}) == len(Rule) + 1
    for rule in Rule:
        result = clear(market([(1, 10)], [{"quantity": 9}], capacity=6, rule=rule))
        assert how_shared(result) is RATIONING_RULES[rule]
