"""Two statements, one answer: who is left out, and the evidence for each of them."""

from datetime import timedelta

import pytest
from tests.committing import committing  # noqa: F401
from tests.devtools.test_scale import quiet
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.demand import need
from tests.factories.outreach import bought_together

from devtools.demo.management.commands.make_scale_data import SEED, make
from devtools.scale import FULL
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.outreach import queries
from mungchi.outreach.queries.leftout import evidence_of


def test_of_a_whole_country_every_reason_has_its_evidence_and_the_other_way_round(
    committing: None,  # noqa: F811
) -> None:
    make(FULL.divided(500), today=clock.now().date(), seed=SEED, say=quiet)
    seen = set()
    at = clock.now()
    for home in Cooperative.objects.all():
        found = queries.left_out_of(home.pk, at)
        members = list(home.memberships.values_list("firm_id", flat=True))
        why = evidence_of(home.pk, found, members, at)
        assert {row.firm_id: row.reasons for row in found.rows} == {
            firm: row.reasons for firm, row in why.items()
        }
        for row in found.rows:
            one = queries.why_left_out(home.pk, row.firm_id, at)
            assert one == why[row.firm_id], "alone as among all"
            seen |= set(row.reasons)
    assert seen == {"outside", "fell_out", "silent"}, "nothing was tested"


@pytest.mark.django_db
def test_how_many_want_the_same_counts_each_member_once_and_not_the_firm_itself() -> None:
    home = CooperativeFactory()
    kind = CategoryFactory()
    bought_together(home, category=kind)
    first, second = ItemFactory(category=kind), ItemFactory(category=kind)
    firm, other, third = (member(home) for _ in range(3))
    for who, items in ((firm, (first, second)), (other, (first, second)), (third, (second,))):
        for item in items:
            need(home, firm=who, item=item)
    need(CooperativeFactory(), item=first)
    office = coordinator_of(home)
    at = clock.now() + timedelta(seconds=1)
    found = queries.suggestions_for(office, [firm.firm_id, third.firm_id], at)
    assert found[firm.firm_id].same_need == 2
    assert found[third.firm_id].same_need == 2
