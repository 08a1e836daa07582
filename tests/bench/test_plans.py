"""Hot lists are read from their indexes where tables are large.

In `make night` at the full size, where a page also looks through no large table; with fewer rows
the planner may rightly read some of them whole.
"""

import os

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient
from tests.bench import demand
from tests.bench.plans import page_of
from tests.committing import committing  # noqa: F401

from devtools.demo.management.commands.make_scale_data import SEED, make
from devtools.scale import FULL, market
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import stage as campaigns
from mungchi.campaigns.models import BundleChange
from mungchi.common import clock

NIGHT = bool(os.environ.get("MUNGCHI_NIGHT"))
# Rows of a table that nobody should look through whole for a page of 25.
MANY = 1_500
# What finds the rows of a list, by who asks, and how; of others any index will do.
BY = {
    "firm: pools": {"board_as_it_opens", "demand_pool_pkey"},
    "office: pools": {"board_as_it_opens", "demand_pool_pkey"},
    "office: pools, by first day": {"board_by_first_day", "boards_by_first_day"},
    "office: pools, two letters": {"items_by_letters"},
    "office: pools, one letter": {"items_by_letters"},
    "office: pools, four letters": {"items_by_part_of_name"},
    "office: items, two letters": {"items_by_letters"},
    "office: items, one letter": {"items_by_letters"},
    "office: needs, two letters": {"items_by_letters"},
    "office: purchases": {"purchases_as_listed"},
    "office: purchases, two letters": {"purchases_as_listed"},
    "office: bundles, two letters": {"items_by_letters"},
    "office: look-alikes, two letters": {"items_by_letters"},
    "office: campaigns, two letters": {"campaigns_by_letters"},
    "office: standing-offers, two letters": {"items_by_letters", "firms_by_letters"},
    "supplier: standing-offers": {"standing_by_supplier", "pricelists_standingoffer_pkey"},
}


@pytest.fixture
def clients(committing: None) -> dict[str, APIClient]:  # noqa: F811
    make(FULL.divided(400), today=clock.now().date(), seed=SEED, say=len)
    sizes = market.FULL if NIGHT else market.FULL.divided(5)
    market.make_items(sizes, SEED)
    market.make_standing(sizes, SEED)
    market.make_needs(sizes, SEED)
    office = Cooperative.objects.get(slug="coop-0")
    BundleChange.objects.create(cooperative=office)
    while campaigns.propose_bundles():
        pass
    return demand.people()


def test_a_page_of_a_list_is_found_from_an_index(clients: dict[str, APIClient]) -> None:
    wrong = []
    seen = set()
    for listed in demand.asked():
        if listed.name not in BY:
            continue
        seen.add(listed.name)
        _, plan = page_of(clients[listed.who], listed.path)
        if not plan.indexes() & BY[listed.name]:
            wrong.append(f"{listed.name}: {demand.short(plan)}")
        if NIGHT:
            wrong += [f"{listed.name}: all of {scan}" for scan in plan.whole(MANY)]
    assert wrong == []
    assert seen == set(BY)
    # The control: without the index nothing says so.
    searched = next(one for one in demand.asked() if one.name == "office: pools, two letters")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP INDEX items_by_letters")
        _, plan = page_of(clients["office"], searched.path)
        transaction.set_rollback(True)
    assert "items_by_letters" not in plan.indexes()
    assert [scan.table for scan in plan.whole(MANY)] == ["catalog_item"]
