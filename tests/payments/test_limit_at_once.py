"""Two campaigns that close at once do not both use what is left of a firm's limit."""

import threading

import pytest
from tests.committing import committing  # noqa: F401 - a fixture
from tests.factories.terms import OnTerms, limit
from tests.payments.test_at_once import at_once

from mungchi.orders import stage as order_stage
from mungchi.payments import operations
from mungchi.payments.models import OnAccount
from mungchi.payments.queries import terms as queries
from mungchi.reports.invariants import breaches


def _cleared(deal: OnTerms) -> OnTerms:
    other = OnTerms(host=deal.host, item=deal.item)
    other.opened()
    other.join(60, firm=deal.firm)
    other.join(60)
    other.choose(deal.firm)
    other.cleared()
    order_stage.place_orders()
    return other


def _ask_both(deal: OnTerms) -> list[str]:
    both = [_cleared(deal), _cleared(deal)]
    at_once(*(
        lambda one=one: operations.ask_for_payment(campaign_id=one.campaign.pk) for one in both
    ))  # fmt: skip
    return sorted(one.payments()[0].state for one in both)


@pytest.mark.usefixtures("committing")
def test_two_orders_at_once_do_not_get_over_the_limit() -> None:
    deal = OnTerms().placed(60, 60)
    amount = deal.payments()[0].amount
    for turn in range(2, 5):
        limit(deal.office, deal.firm, turn * amount)
        assert _ask_both(deal) == ["awaiting_transfer", "on_account"]
    assert OnAccount.objects.count() == 4
    assert [str(breach) for breach in breaches()] == []


@pytest.mark.usefixtures("committing")
def test_without_the_lock_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what is left is read without waiting for the other, and both are taken."""
    deal = OnTerms().placed(60, 60)
    amount = deal.payments()[0].amount
    limit(deal.office, deal.firm, 2 * amount)
    real = queries.CreditLine.objects

    def unlocked(cooperative_id, firm_ids):  # type: ignore[no-untyped-def]
        rows = real.filter(cooperative_id=cooperative_id, firm_id__in=list(firm_ids))
        return {row.firm_id: row for row in rows}

    gate, decided = threading.Barrier(2, timeout=20), queries.open_of

    def together(ids):  # type: ignore[no-untyped-def]
        found = decided(ids)
        gate.wait()
        return found

    both = [_cleared(deal), _cleared(deal)]
    monkeypatch.setattr(queries, "locked_credit", unlocked)
    monkeypatch.setattr(queries, "open_of", together)
    at_once(*(
        lambda one=one: operations.ask_for_payment(campaign_id=one.campaign.pk) for one in both
    ))  # fmt: skip
    assert [one.payments()[0].state for one in both] == ["on_account", "on_account"]
    assert "nothing_was_taken_above_the_limit" in {breach.rule for breach in breaches()}
