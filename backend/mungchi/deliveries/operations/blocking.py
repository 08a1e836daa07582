"""Claims that are not put right hold up the payout of their campaign."""

from mungchi.campaigns.models import Campaign
from mungchi.common.text import Text
from mungchi.deliveries import queries

OPEN = Text(
    ko="끝나지 않은 클레임 {count}건이 있습니다.",
    en="{count} {count:claim is|claims are} not put right yet.",
)


def claims_block(campaign: Campaign) -> list[Text]:
    """Why the supplier of a campaign cannot be paid yet, as payments asks before each step."""
    count = queries.holding_claims_of(campaign).count()
    return [OPEN.format(count=count)] if count else []
