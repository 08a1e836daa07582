"""What bundles may be had for, by suppliers' standing offers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.factories.accounts import CooperativeFactory, supplier
from tests.factories.bundles import Neighbours, proposed
from tests.factories.orders import today
from tests.factories.pricelists import standing

from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.queries import bundle_prices
from mungchi.common import clock
from mungchi.pricelists import operations
from mungchi.pricelists.queries.bundle_prices import standing_prices

pytestmark = pytest.mark.django_db


def told(both: Neighbours) -> tuple[str, str, str] | None:
    """Source, price before and price that may be had, of the one bundle."""
    found = both.bundle().saving_from
    return found and (found["source"], found["before"], found["unit_price"])


def test_what_suppliers_ask_today_goes_before_what_campaigns_cleared_at() -> None:
    both = Neighbours(ours=2, theirs=3)
    seller = supplier()
    offer = standing(seller, both.item)
    # 80 are needed: between 50 and 100.
    assert told(both) == ("standing", "120", "100")
    assert bundle_prices.SOURCES[0] is standing_prices
    # Prices are looked at again at night, or when the office's bundles are due anyway.
    operations.end_standing(actor=seller, standing_id=offer.pk)
    campaigns.want_bundles(cooperative_id=both.home.pk)
    assert told(both) is None


def test_vat_is_taken_out_at_the_offices_own_rate() -> None:
    both = Neighbours(ours=2, theirs=3)
    both.home.vat_rate_bp = 2000
    both.home.save()
    standing(supplier(), both.item, vat_included=True, tiers=[(1, "132"), (50, "120")])
    assert told(both) == ("standing", "110", "100")


@pytest.mark.parametrize(("zone", "may"), [("Etc/GMT+12", False), ("Etc/GMT-14", True)])
def test_the_day_is_the_offices_own(zone: str, may: bool) -> None:
    # The two zones are 26 hours apart: the offer begins on the day that it is in the second.
    both = Neighbours(ours=2, theirs=3, zone=zone)
    tomorrow = clock.now().astimezone(ZoneInfo("Etc/GMT-14")).date()
    standing(supplier(), both.item, valid_from=tomorrow)
    assert (told(both) is not None) is may


@pytest.mark.parametrize("why", ["minimum", "capacity", "not_yet", "currency", "not_for_us"])
def test_what_may_not_be_had_is_not_expected(why: str) -> None:
    both = Neighbours(ours=2, theirs=3)
    ladder = [(1, "120"), (50, "100")]
    given: dict[str, Any] = {
        "minimum": {"minimum": 81, "tiers": ladder},
        "capacity": {"capacity": 79, "tiers": ladder},
        "not_yet": {"valid_from": today() + timedelta(days=1)},
        "currency": {"currency": "USD"},
        "not_for_us": {"for_all": False, "cooperatives": [CooperativeFactory().pk]},
    }[why]
    standing(supplier(), both.item, **given)
    assert told(both) is None


def test_one_for_a_chosen_cooperative_is_told_to_it_alone() -> None:
    both = Neighbours(ours=2, theirs=3)
    standing(supplier(), both.item, for_all=False, cooperatives=[both.home.pk])
    assert told(both) == ("standing", "120", "100")
    (theirs,) = proposed(both.away)
    assert theirs.saving_from is None
    assert Decimal(str(both.bundle().saving)) == 80 * 20
