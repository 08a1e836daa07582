"""The end of a campaign: nobody gets in any more; then the price and who is in, once and for all.

Two steps, two transactions. Closing is short and takes the exclusive lock, so it waits for whoever
is inside and turns away whoever comes after. Clearing may take seconds for a large campaign and
makes nobody wait. If the process dies between them, the pipeline finds the campaign still closing.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain import sentences
from mungchi.campaigns.domain.clearing import Clearing, Outcome, Verdict, clear, inputs_hash
from mungchi.campaigns.domain.market import Market, Rule
from mungchi.campaigns.domain.outlook import TierOutlook
from mungchi.campaigns.domain.sentences import Numbers
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.domain.variants import shared, told
from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun, Commitment
from mungchi.campaigns.operations.changing import lapse_changes
from mungchi.campaigns.operations.deciding import ask_second, lapse_decisions
from mungchi.campaigns.operations.filling import begin_filling, is_due
from mungchi.campaigns.operations.moving import move
from mungchi.campaigns.operations.running import AlreadyClosed
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common import clock
from mungchi.common.bulk import copy_rows
from mungchi.common.errors import Invalid
from mungchi.common.jobs import wake_pipeline
from mungchi.common.models import History
from mungchi.common.money import price_label
from mungchi.common.text import Text


class TitleNotTyped(Invalid):
    """Above an amount that the cooperative sets, a close by hand is typed and not only pressed."""

    code = "title_not_typed"
    field = "typed"
    message = Text(
        ko="조합이 정한 금액 이상이므로, 공동구매 이름을 그대로 적어야 마감됩니다.",
        en="It is above the amount that the cooperative has set: type the campaign's title.",
    )


def close_campaign(*, actor: Actor, campaign_id: UUID, typed: str = "") -> Campaign:
    """The clock (SYSTEM) or the host's office ends the taking of commitments.

    `typed`: the campaign's title, which the office types where queries.must_type says so (else
    TitleNotTyped). SYSTEM closes only what is due, and an open campaign that is to be filled it
    moves to that first (operations.filling); by hand it closes at once. A coordinator whose own
    firm is concerned asks a second one by this: see operations.deciding. A campaign that is closing
    or cleared already stays as it is. Raises AlreadyClosed for one that was cancelled or never
    opened, NoSecondCoordinator.
    """
    with transaction.atomic():
        if actor.is_office:
            campaign = queries.locked_by_host(actor, campaign_id)
        else:
            campaign = queries.locked(campaign_id)
        if campaign.state in {"draft", "sourcing", "cancelled"}:
            raise AlreadyClosed
        if campaign.state not in TAKING:
            return campaign
        at = clock.now()
        if actor is SYSTEM:
            begins = campaign.state == "open" and at >= campaign.closes_at
            if not is_due(campaign, at) or (begins and begin_filling(campaign, at=at)):
                return campaign
        if actor.is_office and typed.strip() != campaign.title and queries.must_type(campaign):
            raise TitleNotTyped
        if queries.is_involved(actor.user_id, campaign.pk):
            ask_second(campaign, actor=actor, at=at, kind="close")
            return campaign
        close_now(campaign, actor=actor, at=at)
        return campaign


def close_now(campaign: Campaign, *, actor: Actor, at: datetime) -> None:
    """End the taking of commitments of a locked campaign that is open or being filled. Raises
    MoveNotDeclared."""
    campaign.closed_at = at
    move(campaign, "closing", kind="campaign_closed", actor=actor, at=at, also=("closed_at",))
    lapse_decisions(campaign, actor=actor, at=at)
    lapse_changes(campaign, actor=actor, at=at)
    wake_pipeline()


def clear_campaign(*, campaign_id: UUID) -> ClearingRun | None:
    """Clear a closed campaign and store the record; None when it is not waiting for that."""
    with transaction.atomic():
        campaign = queries.locked(campaign_id)
        if campaign.state != "closing":
            return None
        at = clock.now()
        commitments = queries.active_commitments(campaign)
        market = queries.market(campaign, commitments)
        clearing = clear(market)
        run = _store(campaign, market, clearing, at)
        _store_lines(run, campaign, clearing, commitments)
        succeeded = clearing.outcome is Outcome.SUCCEEDED
        if succeeded:
            campaign.payment_due_at = _payment_due(campaign, at)
        move(
            campaign,
            "settling" if succeeded else "failed",
            kind="campaign_cleared",
            actor=SYSTEM,
            at=at,
            also=("payment_due_at",),
            why=run.sentence_ko,
            data={
                "run": str(run.pk),
                "why_en": run.sentence_en,
                "outcome": run.outcome,
                "quantity": run.quantity,
                "unit_price": None if run.unit_price is None else str(run.unit_price),
            },
        )
        wake_pipeline()
        return run


def numbers_of(campaign: Campaign) -> Numbers:
    """How the campaign's prices and quantities are written in sentences."""

    def price(value: Decimal) -> Text:
        return price_label(value, campaign.currency)

    def quantity(value: int) -> Text:
        return counted(value, UNITS[campaign.item.unit])

    return Numbers(price=price, quantity=quantity)


def _payment_due(campaign: Campaign, at: datetime) -> datetime:
    """The end of the last day for paying, in the host's zone: 00:00 of the day after it."""
    zone = campaign.host.timezone
    last = at.astimezone(zone).date() + timedelta(days=campaign.payment_days)
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)


def _store(campaign: Campaign, market: Market, clearing: Clearing, at: datetime) -> ClearingRun:
    previous = queries.latest_run(campaign)
    second = campaign.overflow_of_id is not None
    told_by = sentences.of_second_part if second else sentences.for_everybody
    sentence = told_by(clearing, numbers_of(campaign))
    tier = None if clearing.tier is None else clearing.tiers[clearing.tier]
    return ClearingRun.objects.create(
        campaign=campaign,
        number=1 if previous is None else previous.number + 1,
        previous=previous,
        offer_id=campaign.awarded_offer_id,
        outcome=clearing.outcome.value,
        tier_min_quantity=None if tier is None else tier.min_quantity,
        unit_price=clearing.unit_price,
        quantity=clearing.quantity,
        demand=sum(one.quantity for one in market.commitments),
        firms=clearing.firms(),
        rationing=Rule(market.rule).value,
        applied=clearing.rationing.value,
        inputs_hash=inputs_hash(market),
        tiers=tiers_kept(clearing.tiers),
        sentence_ko=sentence.ko,
        sentence_en=sentence.en,
        closed_by=_closed_by(campaign),
        at=at,
    )


def tiers_kept(rows: Iterable[TierOutlook]) -> list[dict[str, Any]]:
    """What became of each tier, as a clearing's record keeps it."""
    return [
        {
            "min_quantity": row.min_quantity,
            "unit_price": str(row.unit_price),
            "demand": row.demand,
            "orderable": row.orderable,
            "firms": row.firms,
            "carries": row.carries,
        }
        for row in rows
    ]


def _closed_by(campaign: Campaign) -> str:
    row = History.objects.filter(
        subject_id=campaign.pk, kind="campaign_closed"
    ).order_by("-id").first()  # fmt: skip
    return row.user_name if row is not None else ""


LINE_FIELDS = (
    "run_id", "commitment_id", "firm_id", "cooperative_id", "arrival", "quantity", "tolerance",
    "minimum", "price_limit", "parts", "tolerance_to", "awarded", "awarded_parts", "verdict",
    "sentence_ko", "sentence_en",
)  # fmt: skip


def _store_lines(
    run: ClearingRun, campaign: Campaign, clearing: Clearing, commitments: Iterable[Commitment]
) -> None:
    """Write one line per commitment, with its sentence in both languages."""
    rows = {str(row.pk): row for row in commitments}
    numbers = numbers_of(campaign)

    def line(verdict: Verdict) -> tuple[object, ...]:
        one, row = verdict.commitment, rows[verdict.commitment.key]
        parts = shared(row.parts, verdict.awarded, row.tolerance_to)
        sentence = sentences.by_variant(
            sentences.for_member(verdict, clearing, numbers), told(campaign.variants, parts)
        )
        return (
            run.pk, row.pk, row.firm_id, row.cooperative_id, one.arrival, one.quantity,
            one.tolerance, one.minimum, one.limit, row.parts, row.tolerance_to, verdict.awarded,
            list(parts), verdict.kind.value,
            sentence.ko, sentence.en,
        )  # fmt: skip

    copy_rows(ClearingLine, LINE_FIELDS, (line(verdict) for verdict in clearing.verdicts))
