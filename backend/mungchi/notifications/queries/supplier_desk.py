"""What waits for a firm that supplies. Six queries."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import may
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Hold, Offer
from mungchi.common.text import Text
from mungchi.deliveries.models import Claim, Shipment
from mungchi.notifications.queries.claims import claims_to_answer
from mungchi.notifications.queries.waiting import MOST, Waiting, end_of
from mungchi.orders.domain.states import LESS_OPEN
from mungchi.orders.models import ConfirmedLess, Order, PurchaseOrder

OFFER = Text(ko="‘{title}’ 공급 제안", en="Make an offer on “{title}”")
WORD = Text(
    ko="‘{title}’ 줄어든 물량의 단가 유지 요청에 답하기",
    en="“{title}”: say whether you hold your price for what is left",
)
CONFIRM = Text(ko="발주서 {number} 확인", en="Confirm purchase order {number}")
SHIP = Text(
    ko="발주서 {number}: {count}개 기업에 출고", en="{number}: send to {count} {count:firm|firms}"
)

ANSWER = Text(ko="{firm}의 클레임에 답하기 (‘{title}’)", en="Answer {firm}’s claim (“{title}”)")
REPLACE = Text(ko="{firm}에 교환품 보내기 (‘{title}’)", en="Send {firm} a replacement (“{title}”)")


def rows(actor: Actor, at: datetime) -> list[Waiting]:
    """Offers to make, purchase orders to confirm, goods to send, claims: what the role may do."""
    return [
        *(_offers(actor, at) if may(actor.role, "offers.write") else ()),
        *(_words(actor) if may(actor.role, "offers.write") else ()),
        *(_to_confirm(actor) if may(actor.role, "purchase_orders.answer") else ()),
        *(_to_ship(actor) if may(actor.role, "shipments.write") else ()),
        *(claims_to_answer(actor, "open", ANSWER) if may(actor.role, "claims.write") else ()),
        *(_to_replace(actor) if may(actor.role, "shipments.write") else ()),
    ]


def _offers(actor: Actor, at: datetime) -> list[Waiting]:
    mine = Offer.objects.filter(
        campaign_id=OuterRef("pk"), supplier_id=actor.firm_id
    ).exclude(state="withdrawn")  # fmt: skip
    found = campaigns.in_sourcing_for(actor).filter(
        ~Exists(mine), Q(offers_due_at__isnull=True) | Q(offers_due_at__gt=at)
    )
    return [
        Waiting("offer", OFFER.format(title=row.title), f"/supplier/campaigns/{row.pk}",
                row.offers_due_at)
        for row in found.order_by(F("offers_due_at").asc(nulls_last=True), "id")[:MOST]
    ]  # fmt: skip


def _words(actor: Actor) -> list[Waiting]:
    """What hosts ask: to sell what is left when payments lapsed at the same price."""
    found = Hold.objects.filter(
        run__offer__supplier_id=actor.firm_id, kind="word", state="asked"
    ).select_related("campaign")  # fmt: skip
    return [
        Waiting("word", WORD.format(title=row.campaign.title),
                f"/supplier/campaigns/{row.campaign_id}")
        for row in found.order_by("id")[:MOST]
    ]  # fmt: skip


def _to_confirm(actor: Actor) -> list[Waiting]:
    # What the host has to answer first waits for nobody here.
    less = ConfirmedLess.objects.filter(purchase_order_id=OuterRef("pk"), state__in=LESS_OPEN)
    found = PurchaseOrder.objects.filter(~Exists(less), supplier_id=actor.firm_id, state="issued")
    return [
        # Whoever confirms today delivers on the day named; every day that passes moves it.
        Waiting("confirm", CONFIRM.format(number=row.number),
                f"/supplier/purchase-orders/{row.pk}", row.issued_at)
        for row in found.order_by("id")[:MOST]
    ]  # fmt: skip


def _to_ship(actor: Actor) -> list[Waiting]:
    sent = (
        Shipment.objects.filter(order_id=OuterRef("pk"), claim__isnull=True)
        .order_by()
        .values("order_id")
        .annotate(sum=Sum("quantity"))
        .values("sum")
    )
    # What a claim has ended the waiting for.
    gone = (
        Claim.objects.filter(
            order_id=OuterRef("pk"), kind="late", state__in=["accepted", "settled"]
        )
        .order_by()
        .values("order_id")
        .annotate(sum=Sum("settled_quantity"))
        .values("sum")
    )
    unsent = (
        Order.objects.filter(campaign_id=OuterRef("campaign_id"), state__in=["paid", "shipped"])
        .annotate(sent=Coalesce(Subquery(sent), 0) + Coalesce(Subquery(gone), 0))
        .filter(sent__lt=F("quantity"))
        .order_by()
        .values("campaign_id")
        .annotate(count=Count("id"))
        .values("count")
    )
    found = (
        PurchaseOrder.objects.filter(supplier_id=actor.firm_id, state="confirmed")
        .annotate(left=Coalesce(Subquery(unsent), 0))
        .filter(left__gt=0)
        .select_related("cooperative")
    )
    return [
        Waiting("ship", SHIP.format(number=row.number, count=row.left),
                f"/supplier/purchase-orders/{row.pk}",
                end_of(row.due_date, row.cooperative.zone), row.left)
        for row in found.order_by("due_date", "id")[:MOST]
    ]  # fmt: skip


def _to_replace(actor: Actor) -> list[Waiting]:
    """Replacements that were agreed to and of which nothing is on its way."""
    under_way = Shipment.objects.filter(claim_id=OuterRef("pk"), state="shipped")
    found = Claim.objects.filter(
        ~Exists(under_way), supplier_id=actor.firm_id, state="accepted", remedy="replacement"
    ).select_related("firm", "order__campaign")
    return [
        Waiting("replace", REPLACE.format(firm=row.firm.name, title=row.order.campaign.title),
                f"/claims/{row.pk}")
        for row in found.order_by("id")[:MOST]
    ]  # fmt: skip
