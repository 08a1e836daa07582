"""What is told when a campaign begins to be filled: event in, notices out.

Firms in it, members that state a need for its item, guests, and the host's office. Not everybody
that it reaches: for some hours and a few packs, most of them would be asked for nothing.
"""

from mungchi.campaigns import queries
from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.domain.filling import ways
from mungchi.campaigns.domain.filling_words import all_said
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.notifications.domain import wording_filling as wording
from mungchi.notifications.domain.wording import moment
from mungchi.notifications.operations.campaign_news import campaign_of, page_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience


def filling_began(event: History) -> list[Notice]:
    """What closing now would give, what is missing, and until when it is taken."""
    campaign = campaign_of(event)
    if campaign.state != "filling" or campaign.fills_until is None:
        return []
    market = queries.filling_market(campaign)
    now = clear(market)
    missing = ways(market, now=now)
    numbers = queries.numbers_in(campaign)
    stands = wording.WOULD_FAIL
    if now.unit_price is not None:
        stands = wording.STANDS_AT.format(price=numbers.price(now.unit_price))
    values = {
        "title": campaign.title,
        "until": moment(campaign.fills_until, campaign.host.zone),
        "stands": stands,
    }
    # One sentence for all: told is only what gives nobody away to anybody, in it or not.
    told = all_said([way for way in missing if way.others > 2], numbers)
    to_firms = {**values, "missing": told or wording.SEE_THERE}
    to_office = {**values, "missing": all_said(missing, numbers) or Text(ko="", en="")}
    inside = audience.committed(campaign)
    known = {seat for seat, _, _ in inside}
    outside = [
        told for told in [*audience.needing(campaign, None), *audience.guests(campaign)]
        if told[0] not in known
    ]  # fmt: skip
    return [
        *tell_all(inside, wording.BEGAN.format(**to_firms), page_of(campaign)),
        *tell_all(outside, wording.CAN_FILL.format(**to_firms), page_of(campaign)),
        *tell_all(audience.office(campaign.host_id), wording.TO_OFFICE.format(**to_office),
                  f"/desk/campaigns/{campaign.pk}"),
    ]  # fmt: skip
