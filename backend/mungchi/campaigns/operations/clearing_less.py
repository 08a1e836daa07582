"""The clearing again when the supplier confirms less than was ordered: a record of its own."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries
from mungchi.campaigns.domain.less import FOR_EVERYBODY, less_hash, sentence_for
from mungchi.campaigns.domain.sentences import by_variant
from mungchi.campaigns.domain.variants import told
from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun
from mungchi.campaigns.operations.clearing_again import line_again, store_again
from mungchi.campaigns.operations.closing import LINE_FIELDS, numbers_of
from mungchi.campaigns.operations.moving import note
from mungchi.campaigns.queries import LessEffect
from mungchi.common.bulk import copy_rows
from mungchi.common.text import Text


def clear_less(
    campaign: Campaign, *, offered: Sequence[int], at: datetime
) -> tuple[ClearingRun, LessEffect] | None:
    """Clear a locked campaign again on what its supplier confirmed; None where nobody could take
    any of it.

    Called by orders, in the transaction in which they follow; not in a request. Every line of the
    record before is in this one, with what it has now.
    """
    before = queries.latest_run(campaign)
    assert before is not None  # noqa: S101 - what was ordered was cleared
    effect = queries.less_of(campaign, before, offered)
    if not effect.less.quantity:
        return None
    numbers = numbers_of(campaign)
    sentence = FOR_EVERYBODY.format(
        ordered=numbers.quantity(before.quantity), offered=numbers.quantity(sum(offered)),
        quantity=numbers.quantity(effect.less.quantity), firms=effect.rest.firms,
        price=numbers.price(effect.rest.tier.unit_price),
    )  # fmt: skip
    run = store_again(
        campaign, before, effect.rest, reason="less", sentence=sentence, at=at,
        inputs_hash=less_hash(before.inputs_hash, effect.stakes, offered),
    )  # fmt: skip
    copy_rows(ClearingLine, LINE_FIELDS, _lines(campaign, run, before, effect))
    note(
        campaign, kind="campaign_cleared_less", actor=SYSTEM, at=at, why=run.sentence_ko,
        data={"run": str(run.pk), "why_en": run.sentence_en, "outcome": run.outcome,
              "quantity": run.quantity, "before": before.quantity,
              "unit_price": str(run.unit_price)},
    )  # fmt: skip
    return run, effect


def _lines(
    campaign: Campaign, run: ClearingRun, before: ClearingRun, effect: LessEffect
) -> Iterator[tuple[Any, ...]]:
    numbers = numbers_of(campaign)
    price = numbers.price(effect.rest.tier.unit_price)
    for row in ClearingLine.objects.filter(run=before).order_by("id").iterator(2000):
        awarded, parts = row.awarded, row.awarded_parts
        verdict, said = row.verdict, Text(ko=row.sentence_ko, en=row.sentence_en)
        got = effect.of(row) if row.awarded else 0
        if got != row.awarded:
            dropped = effect.less.dropped.get(str(row.commitment_id))
            said = sentence_for(row.awarded, got, dropped, row.minimum, price, numbers)
            awarded, parts = got, effect.parts_of(row)
            if not got:
                verdict = "not_allocated" if dropped is None else "below_minimum"
            said = by_variant(said, told(campaign.variants, parts))
        yield line_again(run, row, awarded, parts, verdict, said)
