"""Every invariant, broken for real in a played story: that rule is red, and no other."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from tests.factories.orders import Deal
from tests.factories.variants import Coloured
from tests.reports.breaking import (
    BREAKS,
    ONE_PAYMENT,
    failed_deal,
    short_deal,
    unguarded,
    update,
)
from tests.reports.breaking_balances import BALANCE_BREAKS
from tests.reports.breaking_books import BOOK_BREAKS
from tests.reports.breaking_charging import CHARGING_BREAKS
from tests.reports.breaking_claims import CLAIM_BREAKS
from tests.reports.breaking_demand import DEMAND_BREAKS
from tests.reports.breaking_disputes import DISPUTE_BREAKS
from tests.reports.breaking_fees import FEE_BREAKS
from tests.reports.breaking_filling import FILLING_BREAKS
from tests.reports.breaking_joining import JOINING_BREAKS
from tests.reports.breaking_lapses import LAPSE_BREAKS
from tests.reports.breaking_less import LESS_BREAKS, confirmed_less
from tests.reports.breaking_returns import RETURN_BREAKS
from tests.reports.breaking_terms import TERMS_BREAKS
from tests.reports.breaking_variants import VARIANT_BREAKS

from mungchi.deliveries import stage as delivery_stage
from mungchi.orders import stage as order_stage
from mungchi.payments import stage as payment_stage
from mungchi.reports.invariants import RULES, breaches
from mungchi.reports.invariants.books import BOOKS

WAYS = [
    *BREAKS, *FEE_BREAKS, *JOINING_BREAKS, *FILLING_BREAKS, *VARIANT_BREAKS, *LAPSE_BREAKS,
    *BOOK_BREAKS, *DEMAND_BREAKS, *CHARGING_BREAKS, *RETURN_BREAKS, *TERMS_BREAKS,
    *LESS_BREAKS, *BALANCE_BREAKS, *DISPUTE_BREAKS, *CLAIM_BREAKS,
]  # fmt: skip
pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(0)


def red(grace: timedelta | None = None) -> set[str]:
    found = breaches() if grace is None else breaches(grace=grace)
    return {breach.rule for breach in found}


def test_a_played_story_breaks_nothing_even_at_once() -> None:
    Deal(delivery_cost=33_333).received(30, 40, 50)
    delivery_stage.complete_campaigns()
    failed_deal()
    Deal().placed()
    short_deal()
    order_stage.place_orders()
    payment_stage.ask_for_payment()
    Deal().opened().join(10)
    Coloured(delivery_cost=33_333).received(31, 40, 51)
    Coloured(capacity=100, tiers=[(1, "120"), (100, "90")]).settling(30, 41, 50)
    order_stage.place_orders()
    payment_stage.ask_for_payment()
    Coloured().opened().join(10)
    confirmed_less()
    payment_stage.book_sales()

    assert [str(breach) for breach in breaches(grace=AT_ONCE)] == []


@pytest.mark.parametrize(("rule", "play", "break_it"), WAYS, ids=[row[0] for row in WAYS])
def test_a_broken_rule_is_red_and_no_other(
    rule: str, play: Callable[[], Deal], break_it: Callable[[Deal], None]
) -> None:
    deal = play()
    unguarded()
    assert red() == set()

    break_it(deal)

    # A failed campaign is given time to be wound up, a sale to be booked; here it is afterwards.
    found = red(AT_ONCE if rule.startswith(("a_failed", "suppliers_are")) else None)
    # What is wrong with an order or a payment is wrong against the books as well.
    of_books = {each.name for each in BOOKS}
    assert found - (of_books - {rule}) == {rule}


@pytest.mark.parametrize(
    ("play", "what"),
    [
        (lambda: Deal().settling(), "without orders"),
        (lambda: Deal().placed(), None),
        (lambda: Deal().paid(), "paid in full and not ordered"),
    ],
)
def test_work_left_lying_is_red_only_after_its_grace(play: Callable[[], Deal], what: str) -> None:
    play()
    assert red() == set()
    assert {
        breach.problem.partition(" since ")[0]
        for breach in breaches(grace=AT_ONCE)
        if breach.rule == "nothing_is_stuck"
    } == ({what} if what else set())


def test_every_rule_is_broken_by_a_test() -> None:
    assert {rule.name for rule in RULES} == {row[0] for row in WAYS} | {"nothing_is_stuck"}
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_command_prints_the_rows_and_exits_with_1() -> None:
    deal = Deal().placed()
    out = StringIO()
    call_command("verify_invariants", stdout=out)
    assert f"{len(RULES)} rules: 0 broken, 0 rows" in out.getvalue()

    unguarded()
    update("payments_payment", "amount = amount + 1", ONE_PAYMENT)(deal)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_invariants", "--json", stdout=out)
    assert ended.value.code == 1
    report = json.loads(out.getvalue())
    row, *_against_the_books = report["breaches"]
    assert report["rules"] == len(RULES)
    assert row["rule"] == "a_payment_is_exact"
    assert set(row["rows"]) == {"order", "payment"}
