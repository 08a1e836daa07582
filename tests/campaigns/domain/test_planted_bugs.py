"""The controls: with one part of the rule replaced by a wrong one, the checks must go red."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from tests.campaigns.domain.markets import random_market
from tests.campaigns.domain.reference import clear_slowly
from tests.campaigns.domain.rules import broken_rules

from mungchi.campaigns.domain import clearing, outlook, settlement
from mungchi.campaigns.domain.allocation import proportional
from mungchi.campaigns.domain.market import Commitment, Rule, Threshold
from mungchi.campaigns.domain.outlook import Terms, TierOutlook
from mungchi.campaigns.domain.settlement import Rationing

SEEDS = range(1_500)


def findings() -> set[str]:
    """Run the property checker and the plain loop over many markets; return what they say."""
    found = set()
    for seed in SEEDS:
        case = random_market(seed)
        result = clearing.clear(case)
        found.update(rule.split(" of ")[0] for rule in broken_rules(case, result))
        tier, awards, _ = clear_slowly(case)
        if (result.tier, result.awards()) != (tier, awards):
            found.add("differs from the plain loop")
    return found


def test_the_real_clearing_has_no_finding() -> None:
    assert findings() == set()


def shallowest(table: Sequence[TierOutlook]) -> int | None:
    return next((index for index, row in enumerate(table) if row.reached), None)


def test_a_clearing_from_the_shallowest_tier_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "deepest_reached", shallowest)
    assert any("would have carried itself" in finding for finding in findings())


def test_counting_who_gets_nothing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = settlement.settle

    def counts_everybody(
        members: Sequence[Commitment], least: int, terms: Terms, rule: Rule
    ) -> tuple[settlement.Settlement | None, list[settlement.Drop]]:
        found, drops = right(members, least, replace(terms, threshold=Threshold()), rule)
        order = 0 if found is None else found.order
        enough = order >= terms.threshold.quantity
        enough = enough and len(members) - len(drops) >= terms.threshold.firms
        return (found if enough else None), drops

    monkeypatch.setattr(clearing, "settle", counts_everybody)
    assert "as many firms as it takes get something" in findings()


def test_a_proportional_cut_for_the_uniform_one_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settlement.RULES, Rule.UNIFORM, proportional)
    assert "shortfall shared equally" in findings()


def test_awards_that_lose_a_unit_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = settlement.RULES[Rule.PROPORTIONAL]

    def loses(asked: Sequence[int], total: int) -> list[int]:
        return right(asked, max(0, total - 1))

    monkeypatch.setitem(settlement.RULES, Rule.PROPORTIONAL, loses)
    assert "awards sum to the order" in findings()


def test_ignoring_smallest_quantities_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object) -> None:
        return None

    monkeypatch.setattr(settlement._Group, "worst", nobody)
    assert "award" in {finding.split(" ")[0] for finding in findings()}


def broken_orderable(kind: str) -> Callable[[int, int, Terms], int]:
    right = outlook.orderable

    def wrong(demand: int, tolerance: int, terms: Terms) -> int:
        if kind == "no capacity":
            return right(demand, tolerance, Terms(terms.pack, None, terms.threshold))
        if kind == "broken packs":
            return min(demand, right(demand + terms.pack, 0, terms))
        return right(demand + tolerance, 0, terms)

    return wrong


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        ("no capacity", "within the capacity"),
        ("broken packs", "whole packs"),
        ("packs of tolerance alone", "differs from the plain loop"),
    ],
)
def test_a_wrong_order_is_caught(monkeypatch: pytest.MonkeyPatch, kind: str, finding: str) -> None:
    wrong = broken_orderable(kind)
    monkeypatch.setattr(outlook, "orderable", wrong)
    monkeypatch.setattr(settlement, "orderable", wrong)
    assert finding in findings()


def test_the_campaigns_rule_for_pack_rounding_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def own_rule(_: Rationing, rule: Rule) -> Rule:
        return rule

    monkeypatch.setattr(settlement, "rule_used", own_rule)
    assert "shortfall shared equally" in findings()


@pytest.mark.parametrize("kind", ["oldest first", "largest ratio"])
def test_dropping_the_wrong_one_is_caught(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Whoever is dropped, the rules of quantity hold: only the plain loop can tell."""

    def wrong(group: settlement._Group, order: int, how: Rationing) -> tuple[int, int] | None:
        if order >= group.demand:
            return None
        places = [place for place, inside in enumerate(group._in) if inside]
        got = settlement.share(group.left(), order, how, group._rule)
        risky = [
            (mine / group._members[place].minimum, place, mine)
            for place, mine in zip(places, got, strict=True)
            if mine < group._members[place].minimum
        ]
        if not risky:
            return None
        chosen = min(risky) if kind == "oldest first" else max(risky)
        return chosen[1], chosen[2]

    monkeypatch.setattr(settlement._Group, "worst", wrong)
    assert findings() == {"differs from the plain loop"}
