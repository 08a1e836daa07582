"""Which payments are to be reminded of and lapse, how often a firm's did, and what if they do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.rest import Rest
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.campaigns.queries.rest import Difference
from mungchi.common.errors import NotFound
from mungchi.common.money import vat_on
from mungchi.orders.models import Order
from mungchi.payments.domain.grace import BEFORE, DUE_SOON, LAPSES_SOON, OVERDUE
from mungchi.payments.domain.states import LAPSING, MAY_STILL_PAY
from mungchi.payments.models import Payment

# So many payments that are still out are named.
NAMED = 200


def _to_remind(at: datetime) -> Q:
    soon = Q(reminded__lt=DUE_SOON, due_at__lte=at + BEFORE, created_at__lt=F("due_at") - BEFORE)
    over = Q(reminded__lt=OVERDUE, due_at__lte=at)
    last = Q(
        reminded__lt=LAPSES_SOON, lapses_at__lte=at + BEFORE, lapses_at__gt=F("due_at") + BEFORE
    )
    return Q(state__in=MAY_STILL_PAY, order__campaign__state="settling") & (soon | over | last)


def campaigns_to_remind(at: datetime) -> list[UUID]:
    """Campaigns with payments of which a reminder has come due."""
    rows = Payment.objects.filter(_to_remind(at)).order_by("order__campaign_id")
    return list(rows.values_list("order__campaign_id", flat=True).distinct())


def locked_to_remind(campaign_id: UUID, at: datetime) -> list[Payment]:
    """Lock those of a campaign; the campaign's lock comes before it."""
    return _locked(Payment.objects.filter(_to_remind(at), order__campaign_id=campaign_id))


def _to_lapse(at: datetime) -> Q:
    return Q(state__in=LAPSING, lapses_at__lte=at, order__campaign__state="settling")


def campaigns_to_lapse(at: datetime) -> list[UUID]:
    """Campaigns being settled with payments whose grace has ended."""
    rows = Payment.objects.filter(_to_lapse(at)).order_by("order__campaign_id")
    return list(rows.values_list("order__campaign_id", flat=True).distinct())


def locked_to_lapse(campaign_id: UUID, at: datetime) -> list[Payment]:
    """Lock those of a campaign; the campaign's lock comes before it."""
    return _locked(Payment.objects.filter(_to_lapse(at), order__campaign_id=campaign_id))


def _locked(rows: QuerySet[Payment]) -> list[Payment]:
    return list(
        rows.select_related("order").select_for_update(no_key=True, of=("self",)).order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class Lapses:
    """How a firm paid the office that collects: how many lapsed of how many that were asked for."""

    lapsed: int
    asked: int
    last_at: datetime | None


def lapses_of(cooperative_id: UUID, firm_id: UUID) -> Lapses:
    """What became of a firm's payments to a cooperative. One query."""
    found = Payment.objects.filter(cooperative_id=cooperative_id, firm_id=firm_id).aggregate(
        lapsed=Count("pk", filter=Q(state="lapsed")),
        asked=Count("pk"),
        last_at=Max("lapses_at", filter=Q(state="lapsed")),
    )
    return Lapses(**found)


@dataclass(frozen=True, slots=True)
class Sums:
    """So many payments, what they come to (minor units), and the quantity behind them."""

    count: int
    amount: int
    quantity: int


@dataclass(frozen=True, slots=True)
class If:
    """What stands if some do not pay; minor units.

    `difference`: what holding the price costs (None: the offer does not sell this quantity).
    `delivery`: shares of the delivery, with VAT, that no firm pays. `refunds`: what would go back
    if it failed then.
    """

    rest: Rest | None
    difference: Difference | None
    delivery: int
    refunds: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A campaign's payments as they stand, and two futures: `now`, all who may still pay do;
    `without`, those that were chosen do not. What is on account is sold like what is paid, and
    comes by its terms."""

    campaign: Campaign
    run: ClearingRun
    paid: Sums
    on_account: Sums
    waiting: Sums
    lapsed: Sums
    named: list[Payment]
    now: If
    without: If


def payments_outlook(
    actor: Actor, campaign_id: UUID, *, without: Collection[UUID] | None
) -> Outlook:
    """What if those who have not paid do not pay: all of them (None), or some payments.

    Reads, and writes nothing. Payments that may not be chosen (another's, one that is paid) count
    for nothing. Raises NotFound for a campaign that the office does not collect for, or that has no
    payments.
    """
    campaign = campaigns.hosted(actor).filter(pk=campaign_id).first()
    rows = Payment.objects.filter(order__campaign_id=campaign_id)
    if campaign is None or not rows.exists():
        raise NotFound
    run = campaigns.latest_run(campaign)
    assert run is not None  # noqa: S101 - what is paid for was cleared
    waiting = rows.filter(state__in=MAY_STILL_PAY)
    named = waiting.select_related("firm", "order").order_by("due_at", "id")
    chosen = waiting if without is None else waiting.filter(pk__in=without)
    firms = set(chosen.values_list("firm_id", flat=True))
    # Who was sent back its money pays nothing back again.
    back = rows.filter(state="paid")
    return Outlook(
        campaign=campaign,
        run=run,
        paid=_sum(rows.filter(state="paid")),
        on_account=_sum(rows.filter(state="on_account")),
        waiting=_sum(waiting),
        lapsed=_sum(rows.filter(state="lapsed")),
        named=list(named[:NAMED]),
        now=_if(campaign, run, set(), back),
        without=_if(campaign, run, firms, back),
    )


def _sum(rows: QuerySet[Payment]) -> Sums:
    found = rows.aggregate(
        count=Count("pk"), amount=Coalesce(Sum("amount"), 0),
        quantity=Coalesce(Sum("order__quantity"), 0),
    )  # fmt: skip
    return Sums(**{name: int(value) for name, value in found.items()})


def _if(
    campaign: Campaign, run: ClearingRun, firms: Collection[UUID], paid: QuerySet[Payment]
) -> If:
    lines = campaigns.standing_lines(run, without=firms)
    rest = campaigns.rest_of(campaign, run, lines) if run.unit_price is not None else None
    gone = Order.objects.filter(
        Q(payment__state="lapsed") | Q(firm_id__in=firms), campaign=campaign
    )
    return If(
        rest=rest,
        difference=campaigns.difference_of(campaign, rest, lines) if rest and lines else None,
        delivery=delivery_of(gone),
        refunds=_sum(paid).amount,
    )


def delivery_of(orders: QuerySet[Order]) -> int:
    """The shares of the delivery of some orders, with VAT, minor units: one query."""
    rows: Any = orders.values_list("delivery_share", "vat_rate_bp")
    return sum(share + vat_on(share, rate) for share, rate in rows)
