"""Campaigns in variants, from the draft to the record: what operations and the database hold."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.accounts import buyer_of, member
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.variants import Coloured, item_with_variants

from mungchi.accounts import operations as accounts
from mungchi.accounts.models import Firm
from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.models import (
    ApprovalRequest,
    Campaign,
    ClearingLine,
    Commitment,
    OfferRevision,
    PlanBResult,
)
from mungchi.campaigns.operations import by_variant, planning
from mungchi.campaigns.operations.offers import OfferInvalid
from mungchi.catalog.models import Variant
from mungchi.common.models import History

pytestmark = pytest.mark.django_db


def refused(what: str, action: Callable[[], Any]) -> None:
    """The database refuses it by that name."""

    def at_once() -> None:
        with transaction.atomic():
            action()
            connection.check_constraints()

    with pytest.raises(IntegrityError) as error:
        at_once()
    assert error.value.__cause__.diag.constraint_name == what


def names(campaign: Campaign) -> list[str]:
    return [one["name"] for one in campaign.variants]


def test_a_draft_takes_what_is_not_archived_until_the_office_chooses() -> None:
    story = Coloured()
    assert names(story.campaign) == ["빨강", "파랑", "검정"]

    red, _, black = story.ids()
    change = operations.change_campaign
    change(actor=story.office, campaign_id=story.campaign.pk, variants=[black, red])
    story.campaign.refresh_from_db()
    assert names(story.campaign) == ["빨강", "검정"]
    assert names(Story().campaign) == []

    for wrong in ([uuid4()], [red, red], [item_with_variants().variants.all()[0].pk]):
        with pytest.raises(by_variant.VariantsWrong):
            change(actor=story.office, campaign_id=story.campaign.pk, variants=wrong)


def test_once_it_is_published_they_stay_as_they_were_called_then() -> None:
    story = Coloured()
    Variant.objects.filter(pk=story.ids()[0]).update(name="진빨강")
    story.sourcing()
    Variant.objects.filter(pk=story.ids()[0]).update(name="다홍")
    story.campaign.refresh_from_db()
    assert names(story.campaign) == ["진빨강", "파랑", "검정"]

    with pytest.raises(by_variant.VariantsFixed):
        operations.change_campaign(
            actor=story.office, campaign_id=story.campaign.pk, variants=story.ids()[:1]
        )
    # The same again is no change.
    operations.change_campaign(
        actor=story.office, campaign_id=story.campaign.pk, variants=story.ids()
    )
    refused("variants_stay_once_published",
            lambda: Campaign.objects.filter(pk=story.campaign.pk).update(variants=[]))  # fmt: skip


def test_an_offer_prices_every_variant_and_none_is_free() -> None:
    story = Coloured().offered()
    assert story.offer.differences == [Decimal(), Decimal(5), Decimal(-10)]
    terms = {
        "tiers": [(1, Decimal(120)), (50, Decimal(80))], "pack_size": 1, "capacity": None,
        "lead_time_days": 5, "delivery_cost": 0, "valid_until": story.offer.valid_until, "note": "",
    }  # fmt: skip
    revise = operations.revise_offer
    red = story.ids()[0]
    with pytest.raises(OfferInvalid) as error:
        revise(actor=story.supplier, offer_id=story.offer.pk, **terms,
               differences={red: Decimal(-80)})  # fmt: skip
    assert list(error.value.fields) == ["differences.0.difference"]
    with pytest.raises(by_variant.DifferenceUnknown):
        revise(actor=story.supplier, offer_id=story.offer.pk, **terms,
               differences={uuid4(): Decimal(1)})  # fmt: skip

    revise(actor=story.supplier, offer_id=story.offer.pk, **terms, differences={red: Decimal(3)})
    kept = OfferRevision.objects.filter(offer=story.offer).order_by("number")
    assert [row.differences for row in kept] == [
        [Decimal(), Decimal(5), Decimal(-10)], [Decimal(3), Decimal(), Decimal()],
    ]  # fmt: skip


def test_the_database_refuses_offers_that_do_not_price_every_variant() -> None:
    story = Coloured().offered()

    def offer(**values: Any) -> Callable[[], Any]:
        return lambda: type(story.offer).objects.filter(pk=story.offer.pk).update(**values)

    refused("an_offer_prices_every_variant", offer(differences=[Decimal(1)]))
    refused("an_offer_prices_every_variant", offer(differences=[]))
    refused("every_variant_has_a_price", offer(differences=[Decimal(-80), Decimal(), Decimal()]))
    operations.award_offer(actor=story.office, campaign_id=story.campaign.pk,
                           offer_id=story.offer.pk, reason="까닭")  # fmt: skip
    refused("a_chosen_ladder_stands", offer(differences=[Decimal(), Decimal(), Decimal()]))


def test_a_firm_says_how_many_of_each_and_they_make_the_quantity() -> None:
    story = Coloured().opened()
    firm = member(story.host)
    row = story.take(6, 0, 4, firm=firm, tolerance=3)
    assert (row.quantity, row.parts, row.tolerance_to) == (10, [6, 0, 4], 0)
    arrival = Commitment.objects.get(pk=row.pk).arrival

    # Another colour for the same quantity: a change, and it keeps its place.
    row = story.take(2, 0, 8, firm=firm, tolerance=3, tolerance_to=0)
    row.refresh_from_db()
    assert (row.parts, row.tolerance_to, row.arrival) == ([2, 0, 8], 0, arrival)
    told = History.objects.filter(subject_id=row.pk).order_by("-id").first()
    assert told.data["before"]["parts"] == [6, 0, 4]
    assert told.data["after"]["parts"] == [2, 0, 8]
    # The same again: no event.
    story.take(2, 0, 8, firm=firm, tolerance=3, tolerance_to=0)
    assert History.objects.filter(subject_id=row.pk).count() == 2


def test_what_does_not_fit_the_campaigns_variants_is_refused() -> None:
    story, firm = Coloured().opened(), {}
    firm = {"actor": member(story.host), "campaign_id": story.campaign.pk}
    red = story.ids()[0]
    with pytest.raises(by_variant.PartsMissing):
        operations.commit(**firm, quantity=5)
    with pytest.raises(by_variant.PartsDiffer):
        operations.commit(**firm, quantity=5, parts={red: 4})
    with pytest.raises(by_variant.VariantUnknown):
        operations.commit(**firm, quantity=5, parts={red: 4, uuid4(): 1})
    with pytest.raises(by_variant.VariantUnknown):
        operations.commit(**firm, quantity=5, parts={red: 5}, tolerance_to=uuid4())
    plain = Story(host=story.host).opened()
    with pytest.raises(by_variant.VariantUnknown):
        operations.commit(actor=firm["actor"], campaign_id=plain.campaign.pk, quantity=4,
                          parts={red: 4})  # fmt: skip


def test_the_database_refuses_parts_that_do_not_make_the_quantity() -> None:
    story = Coloured().opened()
    story.take(6, 0, 4, tolerance=2)
    rows = Commitment.objects.filter(campaign=story.campaign)
    refused("parts_make_the_quantity", lambda: rows.update(quantity=11))
    refused("parts_make_the_quantity", lambda: rows.update(parts=[6, 0, 5]))
    refused("parts_are_of_the_campaigns_variants", lambda: rows.update(parts=[6, 4]))
    refused("parts_are_of_the_campaigns_variants", lambda: rows.update(parts=[]))
    refused("a_tolerance_goes_to_one_variant", lambda: rows.update(tolerance_to=None))
    refused("a_tolerance_goes_to_one_variant", lambda: rows.update(tolerance_to=3))
    plain = Story().opened()
    plain.join(3)
    others = Commitment.objects.filter(campaign=plain.campaign)
    refused("parts_are_of_the_campaigns_variants", lambda: others.update(parts=[3]))


def test_they_count_together_and_a_cut_is_shared_over_what_each_asked_for() -> None:
    story = Coloured(capacity=200).opened()
    story.take(60, 0, 0)
    story.take(0, 90, 0)
    story.take(20, 20, 60)
    run = story.cleared()
    assert (run.outcome, run.quantity, run.unit_price) == ("succeeded", 200, Decimal(80))

    lines = list(ClearingLine.objects.filter(run=run).order_by("arrival"))
    assert [line.parts for line in lines] == [[60, 0, 0], [0, 90, 0], [20, 20, 60]]
    assert [line.awarded for line in lines] == [60, 70, 70]
    assert [line.awarded_parts for line in lines] == [[60, 0, 0], [0, 70, 0], [14, 14, 42]]
    assert "빨강 14, 파랑 14, 검정 42" in lines[2].sentence_ko
    assert "Red 14, Blue 14, Black 42" in lines[2].sentence_en


def test_tolerance_that_fills_a_pack_is_of_the_variant_that_was_named() -> None:
    story = Coloured(pack_size=12).opened()
    story.take(5, 5, 0, tolerance=4, tolerance_to=1)
    story.take(0, 0, 12)
    run = story.cleared()
    lines = ClearingLine.objects.filter(run=run).order_by("arrival")
    assert [line.awarded_parts for line in lines] == [[5, 7, 0], [0, 0, 12]]


def test_without_variants_a_line_has_no_parts_and_its_sentence_none() -> None:
    story = Story().opened()
    story.join(60), story.join(60)
    line = ClearingLine.objects.filter(run=story.cleared()).first()
    assert (line.parts, line.awarded_parts, line.tolerance_to) == ([], [], None)
    assert "규격" not in line.sentence_ko


def test_what_an_owner_approves_is_the_most_with_differences() -> None:
    story = Coloured().opened()
    owner = member(story.host)
    accounts.set_approval_limit(actor=owner, amount=1_400, currency="KRW")
    buyer = buyer_of(Firm.objects.get(pk=owner.firm_id), "buyer")
    # 10 at 125: 1,375 with VAT, which waits for nobody; with 1 more 1,512.
    assert isinstance(story.take(0, 10, 0, firm=buyer), Commitment)
    waiting = story.take(0, 10, 0, firm=buyer, tolerance=1)
    assert isinstance(waiting, ApprovalRequest)
    assert (waiting.value, waiting.parts, waiting.tolerance_to) == (1_512, [0, 10, 0], 1)

    operations.approve_commitment(actor=owner, request_id=waiting.pk)
    row = Commitment.objects.get(firm_id=owner.firm_id)
    assert (row.parts, row.tolerance, row.tolerance_to) == ([0, 10, 0], 1, 1)
    # Cheaper colours bind the firm to no more: nobody is asked.
    assert isinstance(story.take(5, 0, 6, firm=buyer), Commitment)


def test_a_plan_b_takes_the_same_variants_to_the_other_campaign() -> None:
    story = Coloured().opened()
    story.take(60, 0, 0), story.take(0, 60, 0)
    other = Coloured(
        host=story.host,
        item=story.item,
        given={"closes_at": story.campaign.closes_at + timedelta(days=3)},
    )
    ids = other.ids()
    operations.change_campaign(actor=other.office, campaign_id=other.campaign.pk,
                               variants=[ids[2], ids[1]])  # fmt: skip
    other.campaign.refresh_from_db()
    other.opened()
    chosen = {"plan_b": "campaign", "alternative_id": other.campaign.pk, "price_limit": Decimal(1)}
    with pytest.raises(planning.AlternativeOtherwise):
        story.take(1, 2, 3, **chosen)
    story.take(0, 2, 3, **chosen)
    story.cleared()
    stage.carry_out_plans()

    assert PlanBResult.objects.get().outcome == "joined"
    assert Commitment.objects.get(campaign=other.campaign).parts == [2, 3]


def test_a_plan_b_of_an_item_without_variants_is_none_for_one_with_them() -> None:
    plain = Story(item=ItemFactory()).opened()
    Campaign.objects.filter(pk=plain.campaign.pk).update(
        item=item_with_variants(category=None, unit="box")
    )
    other = Coloured(
        host=plain.host,
        item=Campaign.objects.get(pk=plain.campaign.pk).item,
        given={"closes_at": plain.campaign.closes_at + timedelta(days=3)},
    ).opened()
    with pytest.raises(planning.AlternativeOtherwise):
        operations.commit(actor=member(plain.host), campaign_id=plain.campaign.pk, quantity=5,
                          plan_b="campaign", alternative_id=other.campaign.pk)  # fmt: skip


def test_the_basket_and_the_trial_know_differences() -> None:
    story = Coloured().opened()
    firm = member(story.host)
    story.take(10, 20, 0, firm=firm, tolerance=5, tolerance_to=1)
    story.take(0, 0, 30)
    (row,) = queries.attach_owing(list(queries.basket_of(firm)))
    # 60 together: 100 each. At most at 120, with 5 more of the second.
    assert row.owing.now["supply_value"] == 10 * 100 + 20 * 105
    assert row.owing.at_most["supply_value"] == 10 * 120 + 25 * 125

    trial = queries.dry_run(Campaign.objects.get(pk=story.campaign.pk))
    value = queries.supply_value_of(trial.commitments[0].campaign, trial.clearing,
                                    trial.commitments)  # fmt: skip
    assert value == 10 * 100 + 20 * 105 + 30 * 90
