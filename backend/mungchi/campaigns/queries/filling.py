"""What is left to fill of a campaign after its deadline, for whoever looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.domain.filling import NEWCOMER, Way, ways
from mungchi.campaigns.domain.ladder import gives_away
from mungchi.campaigns.domain.market import Commitment as Standing
from mungchi.campaigns.domain.market import Market, Rule
from mungchi.campaigns.domain.sentences import Numbers
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.campaigns.queries.tables import terms_of, tiers_of
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.money import price_label
from mungchi.common.text import Text

# Written when nothing is left to fill; the pipeline closes on it.
FILLED: Final = "campaign_filled"

# A view that the second wall lets through while a campaign is filled: whose lines they are is not
# in it. A line is known by its place in the order of arrival.
LINES = """
SELECT arrival, quantity, tolerance, minimum, price_limit FROM campaigns_filled
WHERE campaign_id = %s
"""
# Until when anything is taken of a campaign, for lists.
ENDS: Final = Coalesce(F("fills_until"), F("closes_at"))


def key_of(row: Commitment | None) -> str:
    """By which a firm's commitment is known in filling_market; a newcomer's where it has none, or
    did not answer a changed offer in time."""
    return str(row.arrival) if row is not None and is_in(row) else NEWCOMER


def is_in(row: Commitment) -> bool:
    """Whether a commitment counts once the deadline has passed."""
    return row.state == "active" and not row.must_answer


def filling_market(campaign: Campaign) -> Market:
    """What the clearing of a campaign that is being filled reads: one query besides the ladder."""
    terms = terms_of(campaign)
    with connection.cursor() as cursor:
        cursor.execute(LINES, [campaign.pk])
        lines = tuple(
            Standing(str(arrival), arrival, quantity, tolerance, minimum, limit)
            for arrival, quantity, tolerance, minimum, limit in cursor.fetchall()
        )
    return Market(
        tiers=tiers_of(campaign.awarded_offer),
        commitments=lines,
        pack=terms.pack,
        capacity=terms.capacity,
        threshold=terms.threshold,
        rule=Rule(campaign.rationing),
    )


@dataclass(frozen=True, slots=True)
class Filling:
    """What closing now would give and what could be asked for more; `withheld`: ways are left out
    that would give another firm's quantity away."""

    unit_price: Decimal | None
    ways: list[Way]
    withheld: bool


def filling_for(campaign: Campaign, actor: Actor) -> Filling:
    """What a seat may be told of a campaign that is being filled: two queries.

    A firm: what it could ask for more itself. The host's office: what one that is not in it could.
    Another office, which knows its members' lines, none.
    """
    market = filling_market(campaign)
    now = clear(market)
    hosts = actor.is_office and actor.cooperative_id == campaign.host_id
    if not hosts and not actor.is_firm:
        return Filling(now.unit_price, [], withheld=False)
    row = Commitment.objects.filter(
        campaign=campaign, firm_id=actor.firm_id, firm_id__isnull=False
    ).first()  # fmt: skip
    found = ways(market, key_of(row), now)
    told = found if hosts else may_be_told(found)
    return Filling(now.unit_price, told, withheld=len(told) < len(found))


def may_be_told(found: Sequence[Way]) -> list[Way]:
    """Those that do not give one other firm's quantity away to the firm that they are for."""
    return [way for way in found if not gives_away(way.others, 0)]


def numbers_in(campaign: Campaign) -> Numbers:
    """How prices and quantities of a campaign are written where the unit matters."""
    unit = UNITS[campaign.item.unit]

    def price(value: Decimal) -> Text:
        return price_label(value, campaign.currency)

    def quantity(value: int) -> Text:
        return counted(value, unit)

    return Numbers(price=price, quantity=quantity)


def to_be_closed(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Of campaigns in filling, those of which nothing is left to fill."""
    told = History.objects.filter(subject_id=OuterRef("pk"), kind=FILLED)
    return rows.filter(Exists(told), state="filling")


def still_taking(at: datetime) -> Q:
    """Campaigns that take something at a moment: open ones, and those that are being filled."""
    return Q(state="open", closes_at__gt=at) | Q(state="filling", fills_until__gt=at)
