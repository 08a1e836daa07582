"""How those who are left when payments lapsed stand, and what it would take to go on with them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.market import Commitment, Tier
from mungchi.campaigns.domain.rest import Before, Rest, clear_rest
from mungchi.campaigns.domain.variants import worth
from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun, Decision, Hold
from mungchi.campaigns.queries.tables import terms_of, tiers_of
from mungchi.campaigns.queries.visibility import hosted, latest_run
from mungchi.common.errors import NotFound
from mungchi.common.money import vat_on


@dataclass(frozen=True, slots=True)
class Difference:
    """What the offer asks for the rest above the price that firms pay; minor units."""

    value: int
    vat: int

    @property
    def total(self) -> int:
        """With VAT."""
        return self.value + self.vat


def first_run(campaign: Campaign) -> ClearingRun:
    """The clearing of the commitments, to which each clearing of a rest goes back."""
    return campaign.clearing_runs.filter(reason="closing").latest("number")


def standing_lines(run: ClearingRun, without: Collection[UUID] = ()) -> list[ClearingLine]:
    """Lines of a clearing that were awarded something, but for those of some firms."""
    rows = ClearingLine.objects.filter(run=run, awarded__gt=0).order_by("arrival")
    return [row for row in rows if row.firm_id not in without]


def rest_of(campaign: Campaign, run: ClearingRun, lines: Iterable[ClearingLine]) -> Rest:
    """How some lines of a clearing stand by themselves, at its price."""
    return rest_with(campaign, run, [
        Commitment(str(row.commitment_id), row.arrival, row.awarded, limit=row.price_limit)
        for row in lines
    ])  # fmt: skip


def rest_with(campaign: Campaign, run: ClearingRun, left: Sequence[Commitment]) -> Rest:
    """How so much for each (`quantity` as it would be awarded) stands at a clearing's price."""
    assert run.unit_price is not None  # noqa: S101 - what has orders has a price
    assert run.tier_min_quantity is not None  # noqa: S101 - and a tier
    first = first_run(campaign)
    before = Before(Tier(run.tier_min_quantity, run.unit_price), first.quantity, first.firms)
    return clear_rest(tiers_of(campaign.awarded_offer), terms_of(campaign), before, left)


def difference_of(
    campaign: Campaign, rest: Rest, lines: Iterable[ClearingLine]
) -> Difference | None:
    """What holding the price costs who pays it; None where the offer does not sell the quantity.

    Line by line, as orders are rounded: what the supplier gets is what it would have invoiced.
    """
    if rest.asked is None:
        return None
    value = vat = 0
    differences, rate = campaign.awarded_offer.differences, campaign.vat_rate_bp
    for row in lines:
        now, then = (
            worth(row.awarded, price, campaign.currency, row.awarded_parts, differences)
            for price in (rest.tier.unit_price, rest.asked)
        )
        value += then - now
        vat += vat_on(then, rate) - vat_on(now, rate)
    return Difference(value, vat)


def supply_value_of_rest(campaign: Campaign, rest: Rest, lines: Iterable[ClearingLine]) -> int:
    """What the rest comes to at the price that firms pay; minor units, VAT excluded."""
    differences = campaign.awarded_offer.differences
    return sum(
        worth(row.awarded, rest.tier.unit_price, campaign.currency, row.awarded_parts, differences)
        for row in lines
    )


def must_type_rest(campaign: Campaign, run: ClearingRun) -> bool:
    """Whether what stands comes to as much as the host wants typed: two queries, or none."""
    least = campaign.host.typed_close_from
    if least is None:
        return False
    lines = standing_lines(run)
    return supply_value_of_rest(campaign, rest_of(campaign, run, lines), lines) >= least


def standing_hold(run: ClearingRun) -> Hold | None:
    """How the price of a clearing is held, or is about to be."""
    return Hold.objects.filter(run=run, state__in=["asked", "held"]).first()


def may_be_ordered(run: ClearingRun | None) -> bool:
    """Whether what a clearing gave may be ordered: it carries its price, or that is held."""
    if run is None or run.outcome == "failed":
        return False
    return run.outcome == "succeeded" or Hold.objects.filter(run=run, state="held").exists()


def undecided(campaign: Campaign) -> ClearingRun | None:
    """The clearing about which the host has to decide; None where nothing waits."""
    if campaign.state != "settling":
        return None
    run = latest_run(campaign)
    if run is None or run.outcome != "short" or standing_hold(run) is not None:
        return None
    return run


def undecided_of(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns of the actor's office about whose rest it has to decide."""
    standing = Hold.objects.filter(run_id=OuterRef("pk"), state__in=["asked", "held"])
    waiting = Decision.objects.filter(campaign_id=OuterRef("campaign_id"), state="waiting")
    short = ClearingRun.objects.filter(
        ~Exists(standing), ~Exists(waiting), campaign_id=OuterRef("pk"), next__isnull=True,
        outcome="short",
    )  # fmt: skip
    return hosted(actor).filter(Exists(short), state="settling").order_by("id")


def holds_of(campaign: Campaign) -> list[Hold]:
    """All that was decided about going on, the newest first."""
    rows = Hold.objects.filter(campaign=campaign).select_related("decided_by", "run")
    return list(rows.order_by("-id"))


def asked_word(actor: Actor, campaign_id: UUID) -> Hold | None:
    """What a supplier was last asked about a campaign of its offer."""
    if not actor.is_firm:
        return None
    return (
        Hold.objects.filter(
            campaign_id=campaign_id, kind="word", run__offer__supplier_id=actor.firm_id
        )
        .select_related("run", "campaign__item")
        .order_by("-id")
        .first()
    )


def word_seen_by(actor: Actor, pk: UUID) -> Hold:
    """What the actor's own firm was asked as supplier; raise NotFound."""
    rows = Hold.objects.filter(pk=pk, kind="word", run__offer__supplier_id=actor.firm_id)
    row = rows.first() if actor.is_firm else None
    if row is None:
        raise NotFound
    return row
