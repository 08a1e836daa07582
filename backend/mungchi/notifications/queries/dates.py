"""The dates of a seat, for its calendar: deadlines, payments, deliveries. Own ones alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common.days import last_day
from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.deliveries.models import Collection
from mungchi.deliveries.queries import still_in
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments.models import Payment

# Of each kind at most; what lies back so far is gone from the calendar.
MOST: Final = 300
KEEP: Final = timedelta(days=60)

CLOSES: Final = Text(ko="‘{title}’ 마감", en="“{title}” closes")
CAN_JOIN: Final = Text(ko="‘{title}’ 마감 (참여 가능)", en="“{title}” closes (open to you)")
FILLED: Final = Text(ko="‘{title}’ 물량 채우기 마감", en="“{title}”: filling ends")
OFFERS_DUE: Final = Text(ko="‘{title}’ 공급 제안 마감", en="Offers on “{title}” are due")
PAY: Final = Text(ko="‘{title}’ 입금 기한: {amount}", en="“{title}”: {amount} due")
GOODS: Final = Text(ko="‘{title}’ 납기", en="Goods of “{title}” are due")
DELIVER: Final = Text(ko="발주서 {number} 납기", en="Purchase order {number} is due")
COLLECT: Final = Text(ko="‘{title}’ 물품 수령", en="Collect your goods of “{title}”")


@dataclass(frozen=True, slots=True)
class Entry:
    """One date: a moment (UTC), or a whole day to `last` (included).

    `about` is the row it is about; with `kind` it names the entry for ever. `changes` and
    `changed_at` tell a calendar program which of two versions is newer.
    """

    kind: str
    about: UUID
    title: Text
    link: str
    at: datetime | date
    last: date | None = None
    place: str = ""
    changes: int = 0
    changed_at: datetime | None = None


def dates_of(actor: Actor, at: datetime) -> list[Entry]:
    """All dates of a seat, by time; a fixed number of queries for each role."""
    found: list[Entry] = []
    if actor.is_firm:
        found = [*_joinable(actor, at), *_payments(actor), *_orders(actor, at),
                 *_offers(actor, at), *_supplies(actor, at)]  # fmt: skip
    elif actor.is_office:
        found = [*_hosted(actor, at), *_supplies(actor, at)]
    if actor.is_firm or actor.is_office:
        found += _collections(actor, at)
    return sorted(_with_changes(found), key=lambda entry: (str(entry.at), entry.kind))


def _joinable(actor: Actor, at: datetime) -> list[Entry]:
    rows = list(
        campaigns.visible_to(actor)
        .filter(campaigns.still_taking(at))
        .exclude(awarded_offer__supplier_id=actor.firm_id)
        # A second part of a split award is joined once its first takes nothing any more.
        .exclude(overflow_of__state__in=TAKING)
        .order_by(campaigns.ENDS, "id")[:MOST]
    )
    own = campaigns.own_commitments([row.pk for row in rows], actor.firm_id)
    return [
        Entry("deadline", row.pk, _closes(row, joined=row.pk in own), f"/campaigns/{row.pk}",
              row.ends_at)
        for row in rows if row.ends_at
    ]  # fmt: skip


def _closes(row: Campaign, *, joined: bool) -> Text:
    """What the end of a campaign is called; while it is filled it has moved, and this with it."""
    if row.state == "filling":
        return FILLED.format(title=row.title)
    return (CLOSES if joined else CAN_JOIN).format(title=row.title)


def _hosted(actor: Actor, at: datetime) -> list[Entry]:
    rows = Campaign.objects.filter(
        campaigns.still_taking(at) | Q(state="sourcing", offers_due_at__gt=at),
        host_id=actor.cooperative_id,
    )
    found = []
    for row in rows.order_by("id")[:MOST]:
        link = f"/desk/campaigns/{row.pk}"
        if row.state in TAKING and row.ends_at:
            found.append(Entry("deadline", row.pk, _closes(row, joined=True), link, row.ends_at))
        elif row.offers_due_at:
            due = OFFERS_DUE.format(title=row.title)
            found.append(Entry("offers", row.pk, due, link, row.offers_due_at))
    return found


def _offers(actor: Actor, at: datetime) -> list[Entry]:
    rows = campaigns.in_sourcing_for(actor).filter(offers_due_at__gt=at)
    return [
        Entry("offers", row.pk, OFFERS_DUE.format(title=row.title),
              f"/supplier/campaigns/{row.pk}", row.offers_due_at)
        for row in rows.order_by("offers_due_at", "id")[:MOST] if row.offers_due_at
    ]  # fmt: skip


def _payments(actor: Actor) -> list[Entry]:
    rows = Payment.objects.filter(
        firm_id=actor.firm_id, state__in=["awaiting_transfer", "requires_action"]
    ).select_related("order__campaign__host")  # fmt: skip
    return [
        Entry("payment", row.pk,
              PAY.format(title=row.order.campaign.title,
                         amount=amount_label(row.amount, row.currency)),
              f"/orders/{row.order_id}", last_day(row.due_at, row.order.campaign.host.zone))
        for row in rows.order_by("due_at", "id")[:MOST]
    ]  # fmt: skip


def _orders(actor: Actor, at: datetime) -> list[Entry]:
    """When what the firm ordered is due; the supplier's day, not a parcel's."""
    rows = (
        Order.objects.filter(
            firm_id=actor.firm_id,
            campaign__state__in=["ordered", "delivering"],
            campaign__goods_due__due_date__gte=(at - KEEP).date(),
        )
        .exclude(state="cancelled")
        .order_by("id")
        .values_list("pk", "campaign__title", "campaign__goods_due__due_date")
    )
    return [
        Entry("goods", pk, GOODS.format(title=title), f"/orders/{pk}", due)
        for pk, title, due in rows[:MOST]
    ]


def _supplies(actor: Actor, at: datetime) -> list[Entry]:
    """Purchase orders of the office, or to the supplier, by the day they are due."""
    office = actor.is_office
    mine = Q(cooperative_id=actor.cooperative_id) if office else Q(supplier_id=actor.firm_id)
    rows = PurchaseOrder.objects.filter(
        mine, state="confirmed", due_date__gte=(at - KEEP).date()
    ).order_by("due_date", "id")  # fmt: skip
    page = "/desk/purchase-orders" if office else "/supplier/purchase-orders"
    return [
        Entry("supply", row.pk, DELIVER.format(number=row.number), f"{page}/{row.pk}", row.due_date)
        for row in rows[:MOST]
    ]


def _collections(actor: Actor, at: datetime) -> list[Entry]:
    rows = Collection.objects.select_related("point", "campaign").filter(
        last_date__gte=(at - KEEP).date()
    )
    if actor.is_office:
        rows = rows.filter(cooperative_id=actor.cooperative_id)
    else:
        through = Commitment.objects.filter(
            campaign_id=OuterRef("campaign_id"), cooperative_id=OuterRef("cooperative_id"),
            firm_id=actor.firm_id,
        )  # fmt: skip
        rows = rows.filter(Exists(still_in(through)))
    return [
        Entry("collect", row.pk, COLLECT.format(title=row.campaign.title),
              f"/campaigns/{row.campaign_id}", row.first_date, row.last_date,
              f"{row.point.name}, {row.point.address}")
        for row in rows.order_by("first_date", "id")[:MOST]
    ]  # fmt: skip


def _with_changes(entries: list[Entry]) -> list[Entry]:
    """How often the rows changed and when last, from their history: one query."""
    rows = (
        History.objects.filter(subject_id__in=[entry.about for entry in entries])
        .order_by()
        .values("subject_id")
        .annotate(count=Count("id"), last=Max("at"))
    )
    known = {row["subject_id"]: (row["count"] - 1, row["last"]) for row in rows}
    return [
        Entry(one.kind, one.about, one.title, one.link, one.at, one.last, one.place,
              *known.get(one.about, (0, None)))
        for one in entries
    ]  # fmt: skip
