"""Reading what the assembly's figures are made of: nine queries whatever the size."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Division, Membership
from mungchi.campaigns.models import ClearingRun
from mungchi.common.errors import Invalid, NotAllowed
from mungchi.common.text import Text
from mungchi.orders.models import Order
from mungchi.outreach.domain.states import MADE
from mungchi.outreach.models import Contact, Introduction, Spell
from mungchi.outreach.queries import left_out_of
from mungchi.reports.domain.assembly import (
    Assembly,
    Bought,
    Events,
    Introduced,
    assemble,
    months_between,
)
from mungchi.reports.domain.savings import differences

LONGEST = timedelta(days=3660)


class PeriodWrong(Invalid):
    """A period begins before it ends, and spans ten years at most."""

    code = "period_wrong"
    field = "until"
    message = Text(
        ko="기간의 끝은 시작과 같거나 뒤여야 하고, 10년을 넘을 수 없습니다.",
        en="A period ends on or after the day it begins, and spans ten years at most.",
    )


@dataclass(frozen=True, slots=True)
class Report:
    """The figures with what they are of; `foreign` orders, in other currencies, are left out."""

    cooperative: Cooperative
    first: date
    last: date
    at: datetime
    divisions: list[Division]
    figures: Assembly
    foreign: int


def assembly_of(
    actor: Actor, at: datetime, first: date | None = None, last: date | None = None
) -> Report:
    """The figures of the actor's cooperative from `first` to `last`, both days included.

    Without days: this calendar year. A purchase belongs to the day its campaign closed, in the
    cooperative's zone; firms left out and members are those of `at`. Raises PeriodWrong.
    """
    office = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    if office is None:
        raise NotAllowed
    today = at.astimezone(office.timezone).date()
    first, last = first or today.replace(month=1, day=1), last or today.replace(month=12, day=31)
    if not timedelta() <= last - first <= LONGEST:
        raise PeriodWrong
    since = datetime.combine(first, time.min, tzinfo=office.timezone)
    until = datetime.combine(last, time.min, tzinfo=office.timezone) + timedelta(days=1)
    divisions = list(Division.objects.filter(cooperative=office).order_by("name", "id"))
    memberships = list(
        Membership.objects.filter(cooperative=office).values_list(
            "firm_id", "division_id", "state", "joined_at"
        )
    )
    bought, foreign = _bought(office, since, until)
    figures = assemble(
        divisions=[one.pk for one in divisions],
        division_of={firm: division for firm, division, *_ in memberships},
        members=[firm for firm, _, state, _ in memberships if state == "active"],
        left_out=[row.firm_id for row in left_out_of(office.pk, at).rows],
        events=Events(
            bought=bought,
            joined=[firm for firm, *_, joined in memberships if joined and since <= joined < until],
            contacted=_contacted(office, since, until),
            returned=_returned(office, since, until),
            introduced=_introduced(office, since, until),
        ),
        months=months_between(first, last),
        zone=office.zone,
    )
    return Report(office, first, last, at, divisions, figures, foreign)


def _bought(office: Cooperative, since: datetime, until: datetime) -> tuple[list[Bought], int]:
    """Orders that stand, of campaigns that closed in the time; and how many in other currencies."""
    rows = list(
        Order.objects.filter(
            cooperative=office, campaign__closed_at__gte=since, campaign__closed_at__lt=until
        )
        .exclude(state="cancelled")
        .values_list("firm_id", "campaign_id", "quantity", "supply_value", "currency", "unit_price",
                     "parts", "standing__returned")
    )  # fmt: skip
    first = _first_prices({campaign for _, campaign, *_ in rows})
    bought = [
        Bought(firm, campaign, quantity, value, first[campaign], currency,
               differences(parts, price), returned)
        for firm, campaign, quantity, value, currency, price, parts, returned in rows
        if currency == office.currency
    ]  # fmt: skip
    return bought, len(rows) - len(bought)


def _first_prices(campaigns: set[UUID]) -> dict[UUID, Decimal]:
    """By campaign the price of the smallest tier, from the record of the clearing that stands.

    Asked by campaign and not through each order's clearing line: what the second wall asks of the
    lines would be asked of every line there is. A record without tiers saved nothing: what was
    paid stands in their place.
    """
    found = ClearingRun.objects.filter(campaign__in=campaigns, next__isnull=True)
    return {
        campaign: Decimal(min(tiers, key=lambda tier: tier["min_quantity"])["unit_price"])
        if tiers
        else paid
        for campaign, tiers, paid in found.values_list("campaign_id", "tiers", "unit_price")
    }


def _contacted(office: Cooperative, since: datetime, until: datetime) -> list[UUID]:
    rows = Contact.objects.filter(cooperative=office, at__gte=since, at__lt=until)
    return list(rows.order_by().values_list("firm_id", flat=True).distinct())


def _returned(office: Cooperative, since: datetime, until: datetime) -> list[tuple[UUID, datetime]]:
    rows = Spell.objects.filter(
        cooperative=office, end="returned", ended_at__gte=since, ended_at__lt=until
    )
    return list(rows.values_list("firm_id", "ended_at"))


def _introduced(office: Cooperative, since: datetime, until: datetime) -> list[Introduced]:
    rows = Introduction.objects.filter(
        cooperative=office, state__in=MADE, introduced_at__gte=since, introduced_at__lt=until
    )
    return [
        Introduced(firm, state == "worked_out", value or 0)
        for firm, state, value in rows.values_list("seeker_id", "state", "value")
    ]
