"""What meets in one campaign: variants, a changed offer, filling, and a split award."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import member, supplier
from tests.factories.campaigns import Story
from tests.factories.changes import Reoffer
from tests.factories.variants import Coloured

from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.domain.reoffering import change, read, written
from mungchi.campaigns.models import Campaign, Commitment, Offer
from mungchi.campaigns.operations.commitments import FirstIsOpen
from mungchi.campaigns.operations.filling import FillsNothing
from mungchi.common import clock
from mungchi.pipeline import run_stages
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
OVER = timedelta(days=7, seconds=1)
DEARER = ((1, "120"), (40, "105"))


class Asked(Reoffer):
    """31, 20 and a few in packs of 12 from 40 on at 100; the last is asked again and is silent."""

    def __init__(self, silent: int = 4) -> None:
        super().__init__(tiers=[(1, "120"), (40, "100")], pack_size=12,
                         given={"fill_hours": 24})  # fmt: skip
        self.opened()
        for quantity in (31, 20, silent):
            self.join(quantity)
        self.changed(DEARER)
        for firm, quantity in zip(self.people[:2], (31, 20), strict=True):
            operations.commit(actor=firm, campaign_id=self.campaign.pk, quantity=quantity)
        assert self.asked() == [False, False, True]
        with clock.shifted(OVER):
            assert stage.close_due() == 1
        self.campaign = Campaign.objects.get(pk=self.campaign.pk)

    def commit(self, actor: Any, quantity: int) -> Commitment:
        with clock.shifted(OVER):
            return operations.commit(actor=actor, campaign_id=self.campaign.pk, quantity=quantity)  # type: ignore[return-value]


def test_who_was_silent_at_the_deadline_is_in_filling_as_one_that_is_not_in_it() -> None:
    story = Asked()
    assert story.campaign.state == "filling"
    silent = story.people[2]
    # 51 of 60 are in. The same again is no answer any more: it would have to fill.
    with pytest.raises(FillsNothing):
        story.commit(silent, 4)
    assert story.commit(silent, 9).must_answer is False
    with clock.shifted(OVER + timedelta(days=1)):
        run_stages()
    run = queries.latest_run(story.campaign)
    assert (run.quantity, run.firms, run.unit_price) == (60, 3, Decimal(105))
    assert list(breaches()) == []


def test_who_was_silent_may_ask_for_less_than_before_if_that_fills() -> None:
    story = Asked(silent=30)
    assert story.commit(story.people[2], 9).quantity == 9
    # Of who is in, nothing is taken back, whatever the code does.
    row = Commitment.objects.get(campaign=story.campaign, firm_id=story.people[0].firm_id)
    with clock.shifted(OVER), pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(quantity=7)


def test_what_the_supplier_asked_to_change_lapses_when_filling_begins() -> None:
    story = Reoffer(tiers=[(1, "120"), (40, "100")], pack_size=12, given={"fill_hours": 24})
    story.opened()
    for quantity in (31, 20, 4):
        story.join(quantity)
    row = story.change(DEARER)
    with clock.shifted(OVER):
        stage.close_due()
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_differences_are_changed_as_other_terms_are() -> None:
    story = Coloured().opened()
    story.take(10, 10, 10)
    offer = Offer.objects.get(pk=story.offer.pk)
    terms: dict[str, Any] = {
        "tiers": list(offer.tiers.values_list("min_quantity", "unit_price")),
        "pack_size": 1, "capacity": None, "lead_time_days": 5, "delivery_cost": 0,
        "valid_until": offer.valid_until, "note": "",
    }  # fmt: skip
    red, blue, black = story.ids()
    dearer = {red: Decimal(0), blue: Decimal(7), black: Decimal(-10)}
    row = operations.change_offer(
        actor=story.supplier, offer_id=offer.pk, differences=dearer, **terms
    )
    assert (row.state, row.worse) == ("waiting", ["differences"])
    operations.accept_change(actor=story.office, change_id=row.pk)
    offer.refresh_from_db()
    assert offer.differences == [0, 7, -10]
    assert Commitment.objects.get().must_answer
    assert offer.revisions.order_by("number").last().differences == [0, 7, -10]
    assert list(breaches()) == []
    # What is not said stays; what is lower asks nobody.
    cheaper = {red: Decimal(0), blue: Decimal(2), black: Decimal(-10)}
    operations.change_offer(actor=story.supplier, offer_id=offer.pk, differences=cheaper, **terms)
    later = operations.change_offer(
        actor=story.supplier, offer_id=offer.pk, **{**terms, "lead_time_days": 4}
    )
    assert read(later.terms).differences == (0, 2, -10)
    assert not Commitment.objects.get().must_answer
    assert list(breaches()) == []
    # Otherwise the differences of a chosen offer stand.
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(differences=[1, 1, 1])


def test_terms_without_differences_are_read_as_they_were_written() -> None:
    story = Story().opened()
    terms = queries.offered_by(Offer.objects.get(pk=story.offer.pk))
    old = {name: value for name, value in written(terms).items() if name != "differences"}
    assert read(old) == read(written(terms))
    assert change(read(old), terms).worse == ()


class Halved(Coloured):
    """In three colours; 60 can be had of the first supplier, the rest of a second."""

    def __post_init__(self) -> None:
        self.capacity, self.tiers = 60, [(1, "120")]
        self.given = {"threshold_quantity": 100, "fill_hours": 24, **self.given}
        super().__post_init__()

    def opened(self) -> "Halved":
        self.offered()
        second = operations.post_offer(
            actor=supplier(), campaign_id=self.campaign.pk, tiers=[(1, Decimal(130))],
            pack_size=1, capacity=None, lead_time_days=3, delivery_cost=0,
            valid_until=clock.now() + timedelta(days=60), differences=self.priced(),
        )  # fmt: skip
        operations.split_award(
            actor=self.office, campaign_id=self.campaign.pk, first_id=self.offer.pk,
            second_id=second.pk, reason="모자랍니다",
        )  # fmt: skip
        self.campaign = operations.open_campaign(actor=self.office, campaign_id=self.campaign.pk)
        self.part = Campaign.objects.get(overflow_of=self.campaign)
        return self


def test_a_second_part_has_the_variants_and_closes_after_the_filling_of_the_first() -> None:
    story = Halved().opened()
    assert story.part.variants == story.campaign.variants
    assert story.part.closes_at == story.campaign.closes_at + timedelta(hours=24 + 24)
    assert story.part.fill_hours == 0
    firm = member(story.host)
    with clock.shifted(timedelta(days=7, hours=1)):
        Campaign.objects.filter(pk=story.campaign.pk).update(
            state="filling", fills_until=story.campaign.closes_at + timedelta(hours=24)
        )
        with pytest.raises(FirstIsOpen):
            operations.commit(
                actor=firm, campaign_id=story.part.pk, quantity=1,
                parts=dict(zip(story.ids(), (1, 0, 0), strict=True)),
            )  # fmt: skip


def test_what_is_cut_of_each_variant_is_joined_in_the_second_part() -> None:
    story = Halved().opened()
    plan = {"plan_b": "campaign", "alternative_id": story.part.pk}
    rows = [story.take(20, 10, 20, **plan), story.take(30, 20, 0, **plan)]
    run = story.cleared()
    assert run.quantity == 60
    run_stages()
    for row in rows:
        line = run.lines.get(commitment=row)
        joined = story.part.commitments.get(firm_id=row.firm_id)
        left = [a - b for a, b in zip(row.parts, line.awarded_parts, strict=True)]
        assert (joined.parts, joined.quantity) == (left, row.quantity - line.awarded)
    assert list(breaches()) == []
