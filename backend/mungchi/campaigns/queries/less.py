"""What a smaller quantity that the supplier confirms would leave for each firm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mungchi.campaigns.domain.less import Less, Stake, share_less
from mungchi.campaigns.domain.market import Commitment, Rule
from mungchi.campaigns.domain.rest import Rest
from mungchi.campaigns.domain.variants import with_tolerance
from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun
from mungchi.campaigns.queries.rest import rest_with, standing_lines


@dataclass(frozen=True, slots=True)
class LessEffect:
    """How a clearing's lines would stand; `rest`: whether what is left reaches tier and threshold,
    which holds nothing up, as the price stays."""

    run: ClearingRun
    lines: Sequence[ClearingLine]
    stakes: Sequence[Stake]
    less: Less
    rest: Rest

    def of(self, line: ClearingLine) -> int:
        """What the firm of a line would get in all."""
        return self.less.of(str(line.commitment_id))

    def parts_of(self, line: ClearingLine) -> list[int]:
        """The same by variant; empty where there are none."""
        parts = self.less.awards[str(line.commitment_id)]
        return list(parts) if line.awarded_parts else []


def less_of(campaign: Campaign, run: ClearingRun, offered: Sequence[int]) -> LessEffect:
    """Share out what the supplier confirms, `offered` by variant in the campaign's order, or as one
    figure where there are none. Reads every line; for the host and the pipeline alone."""
    lines = standing_lines(run)
    stakes = stakes_of(lines)
    pack = campaign.awarded_offer.pack_size
    less = share_less(stakes, offered, pack, Rule(campaign.rationing))
    left = [
        Commitment(str(row.commitment_id), row.arrival, got, limit=row.price_limit)
        for row in lines
        if (got := less.of(str(row.commitment_id)))
    ]
    return LessEffect(run, lines, stakes, less, rest_with(campaign, run, left))


def stakes_of(lines: Iterable[ClearingLine]) -> list[Stake]:
    """What some lines of a clearing were awarded, and what of it is tolerance."""
    stakes = []
    for row in lines:
        parts = tuple(row.awarded_parts) or (row.awarded,)
        asked = tuple(row.parts) or (row.quantity,)
        most = with_tolerance(asked, row.tolerance, row.tolerance_to)
        extra = tuple(
            max(0, min(got, limit) - wanted)
            for got, limit, wanted in zip(parts, most, asked, strict=True)
        )
        stakes.append(Stake(str(row.commitment_id), row.arrival, parts, extra, row.minimum))
    return stakes
