"""What if some do not pay: a calculation; and how often a firm did not."""

from typing import Any

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.lapses import lapsed
from tests.factories.orders import Deal
from tests.factories.terms import OnTerms

from mungchi.common.errors import NotFound
from mungchi.payments import queries
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def test_lapses_of_a_firm_are_counted_for_the_office_that_collects() -> None:
    deal = lapsed(Deal().placed(60, 60, 10), 2)
    firm = deal.people[2].firm_id
    found = queries.lapses_of(deal.host.pk, firm)
    assert (found.lapsed, found.asked) == (1, 1)
    assert found.last_at is not None
    assert queries.lapses_of(deal.host.pk, deal.people[0].firm_id).lapsed == 0
    assert queries.lapses_of(CooperativeFactory().pk, firm).asked == 0


def test_what_if_is_a_calculation_and_writes_nothing(django_assert_max_num_queries: Any) -> None:
    deal = Deal(delivery_cost=1200).placed(30, 40, 50)
    first, second, third = deal.payments()
    deal.pay(third)
    before = deal.trail()
    seen = queries.payments_outlook(deal.office, deal.campaign.pk, without=None)
    assert (seen.paid.count, seen.waiting.count, seen.lapsed.count) == (1, 2, 0)
    assert seen.now.rest.carries
    assert (seen.without.rest.quantity, seen.without.rest.carries) == (50, False)
    # Fifty reach the tier of 100; the offer asks ten more for each.
    assert seen.without.difference.total == 50 * 10 + 50
    assert seen.without.refunds == third.amount
    gone = [row.delivery_share for row in deal.orders()[:2]]
    assert seen.without.delivery == sum(share + share // 10 for share in gone)
    one = queries.payments_outlook(deal.office, deal.campaign.pk, without=[first.pk, third.pk])
    # Who has paid is not taken out.
    assert one.without.rest.quantity == 90
    assert {row.pk for row in one.named} == {first.pk, second.pk}
    assert deal.trail() == before
    with pytest.raises(NotFound):
        queries.payments_outlook(coordinator_of(CooperativeFactory()), deal.campaign.pk,
                                 without=None)  # fmt: skip
    with django_assert_max_num_queries(30):
        queries.payments_outlook(deal.office, deal.campaign.pk, without=None)


def test_what_is_on_account_stands_by_itself_and_is_nobody_who_may_not_pay() -> None:
    deal = OnTerms().placed(60, 60, 10)
    on_account, *others = deal.payments()
    deal.pay(others[0])
    seen = queries.payments_outlook(deal.office, deal.campaign.pk, without=[on_account.pk])
    assert (seen.on_account.count, seen.on_account.amount) == (1, on_account.amount)
    assert (seen.paid.count, seen.waiting.count) == (1, 1)
    assert seen.without.rest.quantity == 130


def test_after_payments_lapsed_it_is_about_who_is_left() -> None:
    deal = lapsed(Deal().placed(60, 60, 10), 2)
    seen = queries.payments_outlook(deal.office, deal.campaign.pk, without=None)
    assert (seen.lapsed.count, seen.lapsed.quantity, seen.waiting.count) == (1, 10, 0)
    assert seen.now.rest == seen.without.rest
    assert (seen.now.rest.quantity, seen.now.rest.carries) == (120, True)
    assert [str(breach) for breach in breaches()] == []
