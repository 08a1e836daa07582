"""A dispute in the provider's balance: its movement with the fee, which may be another."""

from datetime import timedelta

import pytest
from tests.factories.disputing import Disputed
from tests.payments.test_disputes import balances, deal, nothing_is_broken
from tests.payments.test_reconciling import read

from mungchi.payments import operations
from mungchi.payments.models import OpenItem
from mungchi.payments.queries.balance import loose_entries, loose_lines

# Fixtures: a payment that can be disputed, and that every invariant holds in the end.
__all__ = ["deal", "nothing_is_broken"]
pytestmark = pytest.mark.django_db
FEE = 1_500


@pytest.mark.parametrize("won", [True, False])
def test_what_a_bank_takes_is_tied_to_the_movement_with_its_fee(deal: Disputed, won: bool) -> None:
    deal.begin()
    read(deal, timedelta(hours=1))
    assert not loose_lines(deal.host.pk).exists()
    assert loose_entries(deal.host.pk) == []
    deal.bank("close_dispute", won=won)
    read(deal, timedelta(hours=2))
    assert not loose_lines(deal.host.pk).exists()
    assert loose_entries(deal.host.pk) == []


def test_both_ways_are_tied_when_they_are_read_at_once(deal: Disputed) -> None:
    deal.begin()
    deal.bank("close_dispute", won=True)
    read(deal, timedelta(hours=1))
    assert not loose_lines(deal.host.pk).exists()
    assert loose_entries(deal.host.pk) == []


def other_fee(deal: Disputed, fee: int) -> OpenItem:
    """The movement of a dispute has another fee than was told with it."""
    dispute = deal.begin()
    deal.simulator.control("line", of=dispute.external_id, changes={"fee": fee})
    read(deal, timedelta(hours=1))
    item = OpenItem.objects.get(state="open")
    assert (item.kind, item.ours, item.theirs) == ("other_fee", FEE, fee)
    assert item.campaign_id == deal.campaign.pk
    return item


@pytest.mark.parametrize("fee", [FEE + 200, FEE - 200])
def test_another_fee_of_a_dispute_is_taken_over_as_the_provider_has_it(
    deal: Disputed, fee: int
) -> None:
    item = other_fee(deal, fee)
    for _ in range(2):
        operations.settle_item(
            actor=deal.office, item_id=item.pk, outcome="as_provider", why="확인함"
        )
    assert not loose_lines(deal.host.pk).exists()
    assert loose_entries(deal.host.pk) == []
    assert balances(deal)["provider_fee"] == fee
    # What is told of it later is that fee, and is not booked once more.
    assert deal.bank("review_dispute").fee == fee
    assert balances(deal)["provider_fee"] == fee
    assert read(deal, timedelta(hours=2)).opened == 0


def test_another_fee_of_a_dispute_that_is_told_later_agrees_by_itself(deal: Disputed) -> None:
    item = other_fee(deal, FEE + 200)
    assert deal.bank("review_dispute").fee == FEE + 200
    read(deal, timedelta(hours=2))
    item.refresh_from_db()
    assert (item.state, item.outcome) == ("settled", "by_itself")
    assert not loose_lines(deal.host.pk).exists()
    assert loose_entries(deal.host.pk) == []
