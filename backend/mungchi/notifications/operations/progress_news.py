"""What is told of a campaign while it is open: event in, notices out.

What closing now would give is what the ladder on its page shows to everybody; a firm's own limit is
told to that firm alone.
"""

from decimal import Decimal

from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.campaigns.queries import closing_now
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.money import price_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording_progress as wording
from mungchi.notifications.domain.wording import moment
from mungchi.notifications.operations.campaign_news import campaign_of, page_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience


def tier_reached(event: History) -> list[Notice]:
    """Firms in it hear what all pay now; those that need the item hear that its price fell, while
    they can join by any quantity."""
    campaign, price = campaign_of(event), Decimal(event.data["unit_price"])
    if campaign.state not in TAKING:
        return []
    values = _values(campaign, price, event)
    needing = audience.needing(campaign, price) if campaign.state == "open" else []
    return [
        *_to_those_in_it(campaign, price, event, wording.TIER_REACHED),
        *tell_all(needing, wording.PRICE_FELL.format(**values), page_of(campaign),
                  of_kind="price_fell"),
    ]  # fmt: skip


def price_rose(event: History) -> list[Notice]:
    """Firms in it hear what all would pay now, and those above whose limit that is."""
    campaign, price = campaign_of(event), Decimal(event.data["unit_price"])
    if campaign.state != "open":
        return []
    return _to_those_in_it(campaign, price, event, wording.PRICE_ROSE)


def campaign_closing_soon(event: History) -> list[Notice]:
    """Firms in it hear where it stands, and those that need the item that they can still join."""
    campaign = campaign_of(event)
    if campaign.state != "open" or campaign.closes_at is None:
        return []
    now = closing_now(campaign)
    until = moment(campaign.closes_at, campaign.host.zone)
    values = {"title": campaign.title, "until": until}
    join = wording.JOIN_BEFORE.format(**values)
    others = tell_all(audience.needing(campaign, None), join, page_of(campaign))
    if now is None:
        stands = wording.CLOSING_BELOW.format(**values)
        return [*tell_all(audience.counted(campaign), stands, page_of(campaign)), *others]
    return [*_to_those_in_it(campaign, now[1], event, wording.CLOSING), *others]


def _to_those_in_it(
    campaign: Campaign, price: Decimal, event: History, sentence: Text
) -> list[Notice]:
    """The sentence for those whose limit the price meets; their limit for those it does not."""
    values = _values(campaign, price, event)
    limits = dict(
        Commitment.objects.filter(
            campaign=campaign, state="active", price_limit__lt=price
        ).values_list("firm_id", "price_limit")
    )
    notices = []
    for seat, user, firm in audience.counted(campaign):
        limit = limits.get(firm) if firm else None
        if limit is None:
            notices.append(Notice(seat, user, sentence.format(**values), page_of(campaign)))
            continue
        own = price_label(limit, campaign.currency)
        out = wording.LIMIT_KEEPS_OUT.format(**values, limit=own)
        notices.append(Notice(seat, user, out, page_of(campaign), of_kind="limit_keeps_out"))
    return notices


def _values(campaign: Campaign, price: Decimal, event: History) -> dict[str, object]:
    assert campaign.ends_at is not None  # noqa: S101 - it is open
    return {
        "title": campaign.title,
        "price": price_label(price, campaign.currency),
        "quantity": counted(event.data.get("min_quantity", 0), UNITS[campaign.item.unit]),
        "until": moment(campaign.ends_at, campaign.host.zone),
    }
