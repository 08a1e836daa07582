"""The clearing again when payments lapsed: who is left keeps quantity and price."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries
from mungchi.campaigns.domain.market import Commitment
from mungchi.campaigns.domain.rest import LACKS, LAPSED, Lack, Rest, rest_hash, sentence_of
from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun
from mungchi.campaigns.operations.closing import LINE_FIELDS, numbers_of, tiers_kept
from mungchi.campaigns.operations.deciding import lapse_decisions
from mungchi.campaigns.operations.holding import lapse_holds
from mungchi.campaigns.operations.moving import move, note
from mungchi.common.bulk import copy_rows
from mungchi.common.jobs import wake_pipeline


def clear_again(campaign: Campaign, *, lapsed: Collection[UUID], at: datetime) -> None:
    """Clear a locked campaign that is being settled again, without some firms.

    Called by payments in the transaction in which theirs lapse; not in a request. The record names
    the one before it. What was decided about that one, or waits to be, is of no use any more. With
    nobody left the campaign fails.
    """
    before = queries.latest_run(campaign)
    assert before is not None  # noqa: S101 - what is paid for was cleared
    lapse_decisions(campaign, actor=SYSTEM, at=at)
    lapse_holds(campaign, actor=SYSTEM, at=at)
    left = queries.standing_lines(before, without=lapsed)
    if not left:
        why = LACKS[Lack.NOBODY]
        move(campaign, "failed", kind="campaign_failed", actor=SYSTEM, at=at, why=why.ko,
             data={"why_en": why.en})  # fmt: skip
        wake_pipeline()
        return
    rest = queries.rest_of(campaign, before, left)
    run = _store(campaign, before, rest, left, at)
    copy_rows(ClearingLine, LINE_FIELDS, _lines(run, before, lapsed))
    note(
        campaign,
        kind="campaign_cleared_again",
        actor=SYSTEM,
        at=at,
        why=run.sentence_ko,
        data={
            "run": str(run.pk),
            "why_en": run.sentence_en,
            "outcome": run.outcome,
            "quantity": run.quantity,
            "unit_price": str(run.unit_price),
            "lapsed": len(lapsed),
        },
    )
    wake_pipeline()


def _store(
    campaign: Campaign, before: ClearingRun, rest: Rest, left: list[ClearingLine], at: datetime
) -> ClearingRun:
    sentence = sentence_of(rest, numbers_of(campaign))
    kept = [Commitment(str(row.commitment_id), row.arrival, row.awarded) for row in left]
    return ClearingRun.objects.create(
        campaign=campaign,
        number=before.number + 1,
        previous=before,
        reason="lapse",
        offer_id=before.offer_id,
        outcome="succeeded" if rest.carries else "short",
        tier_min_quantity=before.tier_min_quantity,
        unit_price=before.unit_price,
        quantity=rest.quantity,
        demand=before.demand,
        firms=rest.firms,
        rationing=before.rationing,
        applied=before.applied,
        inputs_hash=rest_hash(before.inputs_hash, kept),
        tiers=tiers_kept(rest.table),
        sentence_ko=sentence.ko,
        sentence_en=sentence.en,
        closed_by=before.closed_by,
        at=at,
    )


def _lines(
    run: ClearingRun, before: ClearingRun, lapsed: Collection[UUID]
) -> Iterator[tuple[Any, ...]]:
    """Every line of the record before, as it was, but for those that lapsed."""
    for row in ClearingLine.objects.filter(run=before).order_by("id").iterator(2000):
        awarded, parts = row.awarded, row.awarded_parts
        verdict, korean, english = row.verdict, row.sentence_ko, row.sentence_en
        if row.awarded and row.firm_id in lapsed:
            awarded, parts = 0, [0] * len(parts)
            verdict, korean, english = "lapsed", LAPSED.ko, LAPSED.en
        yield (
            run.pk, row.commitment_id, row.firm_id, row.cooperative_id, row.arrival, row.quantity,
            row.tolerance, row.minimum, row.price_limit, row.parts, row.tolerance_to, awarded,
            parts, verdict, korean, english,
        )  # fmt: skip
