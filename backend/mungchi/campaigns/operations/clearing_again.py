"""The clearing again when payments lapsed: who is left keeps quantity and price."""

from collections.abc import Collection, Iterator, Sequence
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
from mungchi.common.text import Text


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
    kept = [Commitment(str(row.commitment_id), row.arrival, row.awarded) for row in left]
    run = store_again(
        campaign, before, rest, reason="lapse", at=at,
        sentence=sentence_of(rest, numbers_of(campaign)),
        inputs_hash=rest_hash(before.inputs_hash, kept),
    )  # fmt: skip
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


def store_again(
    campaign: Campaign, before: ClearingRun, rest: Rest, *, reason: str, sentence: Text,
    inputs_hash: str, at: datetime,
) -> ClearingRun:  # fmt: skip
    """Write the record of a clearing again, which names the one before it; its lines are the
    caller's to write. Short where the rest does not carry the price by itself."""
    return ClearingRun.objects.create(
        campaign=campaign,
        number=before.number + 1,
        previous=before,
        reason=reason,
        offer_id=before.offer_id,
        outcome="succeeded" if rest.carries else "short",
        tier_min_quantity=before.tier_min_quantity,
        unit_price=before.unit_price,
        quantity=rest.quantity,
        demand=before.demand,
        firms=rest.firms,
        rationing=before.rationing,
        applied=before.applied,
        inputs_hash=inputs_hash,
        tiers=tiers_kept(rest.table),
        sentence_ko=sentence.ko,
        sentence_en=sentence.en,
        closed_by=before.closed_by,
        at=at,
    )


def line_again(
    run: ClearingRun, row: ClearingLine, awarded: int, parts: Sequence[int], verdict: str,
    sentence: Text,
) -> tuple[Any, ...]:  # fmt: skip
    """A line of the record before, in LINE_FIELDS, with what this one says of it."""
    return (
        run.pk, row.commitment_id, row.firm_id, row.cooperative_id, row.arrival, row.quantity,
        row.tolerance, row.minimum, row.price_limit, row.parts, row.tolerance_to, awarded,
        list(parts), verdict, sentence.ko, sentence.en,
    )  # fmt: skip


def _lines(
    run: ClearingRun, before: ClearingRun, lapsed: Collection[UUID]
) -> Iterator[tuple[Any, ...]]:
    """Every line of the record before, as it was, but for those that lapsed."""
    for row in ClearingLine.objects.filter(run=before).order_by("id").iterator(2000):
        awarded, parts = row.awarded, row.awarded_parts
        verdict, told = row.verdict, Text(ko=row.sentence_ko, en=row.sentence_en)
        if row.awarded and row.firm_id in lapsed:
            awarded, parts, verdict, told = 0, [0] * len(parts), "lapsed", LAPSED
        yield line_again(run, row, awarded, parts, verdict, told)
