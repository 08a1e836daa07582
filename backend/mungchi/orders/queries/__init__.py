"""Reading orders and purchase orders: which rows a seat sees, and what waits to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun, Commitment, Hold
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.common.money import vat_on
from mungchi.demand.models import Need
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.orders.queries.less import (
    LessLine,
    LessOutlook,
    less_in_force,
    less_seen_by,
    lesses_confirmed_by_two,
    lesses_to_carry_out,
    lesses_to_remind,
    lesses_waiting,
    locked_less,
    orders_by_commitment,
    outlook_of_less,
    reduced,
    standing_less,
    why_failed,
)

__all__ = [
    "LEFT_OUT", "Involved", "LessLine", "LessOutlook", "Running", "Totals",
    "awarded_without_order", "campaigns_paid_in_full", "campaigns_without_orders",
    "delivery_left", "failed_campaigns_with_orders", "involved_in", "latest_run", "less_in_force",
    "less_seen_by", "lesses_confirmed_by_two", "lesses_to_carry_out", "lesses_to_remind",
    "lesses_waiting", "lines_of", "locked_less", "locked_orders", "locked_purchase_order",
    "open_needs_of", "orders_by_commitment", "outlook_of_less", "purchase_order_seen_by",
    "purchase_orders_visible_to", "reduced", "running_of", "standing_less", "totals_of",
    "visible_to", "why_failed", "with_parts",
]  # fmt: skip


# Orders of which nothing was left when the supplier confirmed less.
LEFT_OUT = Q(ordered__isnull=False, state="cancelled")


def visible_to(actor: Actor) -> QuerySet[Order]:
    """A firm sees its own orders; an office those of its members and of campaigns it hosts."""
    if actor.is_firm:
        return Order.objects.filter(firm_id=actor.firm_id)
    if actor.is_office:
        return Order.objects.filter(
            Q(cooperative_id=actor.cooperative_id) | Q(host_id=actor.cooperative_id)
        )
    return Order.objects.none()


def with_parts(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Load what a list row shows of an order: three queries more, whatever the number.

    `less_why`: where the supplier confirmed less, its reason, which stands in the history of every
    order that it changed; None to an office that does not host the campaign.
    """
    told = History.objects.filter(
        subject_id=OuterRef("pk"), kind__in=["order_reduced", "order_left_out"]
    ).order_by("-id")  # fmt: skip
    return rows.select_related(
        "campaign", "firm", "cooperative", "host", "supplier", "item__category", "payment"
    ).prefetch_related("shipments__receipt", "payment__refunds").annotate(
        less_why=Case(When(ordered__isnull=False, then=Subquery(told.values("why")[:1])))
    )  # fmt: skip


def purchase_orders_visible_to(actor: Actor) -> QuerySet[PurchaseOrder]:
    """A supplier sees those issued to it, an office those of the campaigns it hosts."""
    rows = PurchaseOrder.objects.select_related(
        "campaign", "supplier", "cooperative", "item__category", "clearing_run__offer"
    )
    if actor.is_firm:
        return rows.filter(supplier_id=actor.firm_id)
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.none()


def purchase_order_seen_by(actor: Actor, pk: UUID) -> PurchaseOrder:
    """One purchase order that the actor may see; raise NotFound."""
    row = purchase_orders_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def lines_of(purchase_order: PurchaseOrder) -> QuerySet[Order]:
    """What goes to whom: the orders behind a purchase order, with what was sent and received.

    `shipped` and `received` are sums in the item's unit, replacements apart.
    """
    shipped = (
        Order.objects.filter(pk=OuterRef("pk"))
        .annotate(sum=Sum("shipments__quantity", filter=Q(shipments__claim__isnull=True)))
        .values("sum")
    )
    received = (
        Order.objects.filter(pk=OuterRef("pk"))
        .annotate(sum=Sum("shipments__receipt__quantity", filter=Q(shipments__claim__isnull=True)))
        .values("sum")
    )
    return (
        Order.objects.filter(campaign_id=purchase_order.campaign_id)
        .exclude(payment__state="lapsed")
        .exclude(LEFT_OUT)
        .select_related("firm")
        .annotate(shipped=Coalesce(shipped, Value(0)), received=Coalesce(received, Value(0)))
        .order_by("number")
    )


def locked_purchase_order(pk: UUID) -> PurchaseOrder:
    """Lock a purchase order; the campaign's lock, when needed, comes before it."""
    return PurchaseOrder.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def locked_orders(ids: Sequence[UUID]) -> list[Order]:
    """Lock orders in the order of their keys, so that two lists cannot wait for each other."""
    return list(
        Order.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk")
    )


def latest_run(campaign: Campaign) -> ClearingRun | None:
    """The last clearing of a campaign."""
    return campaign.clearing_runs.order_by("-number").first()


def awarded_without_order(run: ClearingRun) -> QuerySet[ClearingLine]:
    """Lines of a clearing that got something and have no order yet, in order of arrival.

    Orders are of the lines of the clearing that made them: one of the rest makes none.
    """
    if run.reason != "closing":
        return ClearingLine.objects.none()
    return ClearingLine.objects.filter(run=run, awarded__gt=0, order__isnull=True).order_by(
        "arrival"
    )


def campaigns_without_orders() -> list[UUID]:
    """Campaigns whose clearing succeeded and whose orders are not made yet."""
    made = Exists(Order.objects.filter(campaign_id=OuterRef("pk")))
    return list(
        Campaign.objects.filter(~made, state="settling").order_by("closed_at").values_list(
            "pk", flat=True
        )
    )  # fmt: skip


def campaigns_paid_in_full() -> list[UUID]:
    """Campaigns that have orders, none of which awaits its money, and no purchase order; but for
    those about whose rest the host has to decide."""
    held = Hold.objects.filter(run_id=OuterRef("pk"), state="held")
    short = ClearingRun.objects.filter(
        ~Exists(held), campaign_id=OuterRef("pk"), next__isnull=True, outcome="short"
    )
    orders = Order.objects.filter(campaign_id=OuterRef("pk"))
    return list(
        Campaign.objects.filter(
            Exists(orders),
            ~Exists(orders.filter(state="awaiting_payment")),
            ~Exists(short),
            state="settling",
            purchase_order__isnull=True,
        ).values_list("pk", flat=True)
    )


def failed_campaigns_with_orders() -> list[UUID]:
    """Failed campaigns some of whose orders, or whose purchase order, still stand."""
    standing = Order.objects.filter(
        campaign_id=OuterRef("pk"), state__in=["awaiting_payment", "paid"]
    )
    return list(
        Campaign.objects.filter(
            Q(Exists(standing)) | Q(purchase_order__state="issued"), state="failed"
        ).values_list("pk", flat=True)
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a campaign's orders: quantity in units, amounts in minor units."""

    orders: int
    quantity: int
    supply_value: int
    delivery_share: int
    vat: int
    host_fee: int
    partner_fee: int
    fee_vat: int
    total: int

    @property
    def fees(self) -> int:
        """What the cooperatives ask, VAT included."""
        return self.host_fee + self.partner_fee + self.fee_vat

    @property
    def owed_to_supplier(self) -> int:
        """What is to be paid without what the cooperatives ask."""
        return self.total - self.fees


def totals_of(campaign_id: UUID) -> Totals:
    """Add up a campaign's orders that are not cancelled."""
    rows = Order.objects.filter(campaign_id=campaign_id).exclude(state="cancelled")
    sums = rows.aggregate(
        quantity=Coalesce(Sum("quantity"), 0),
        supply_value=Coalesce(Sum("supply_value"), 0),
        delivery_share=Coalesce(Sum("delivery_share"), 0),
        vat=Coalesce(Sum("vat"), 0),
        host_fee=Coalesce(Sum("host_fee"), 0),
        partner_fee=Coalesce(Sum("partner_fee"), 0),
        fee_vat=Coalesce(Sum("fee_vat"), 0),
        total=Coalesce(Sum("total"), 0),
        orders=Count("id"),
    )
    return Totals(**{name: int(value) for name, value in sums.items()})


def delivery_left(campaign_id: UUID) -> tuple[int, int]:
    """The shares of the delivery that no firm pays, because its payment lapsed, and the VAT on
    them; minor units."""
    rows = Order.objects.filter(campaign_id=campaign_id, payment__state="lapsed")
    shares = list(rows.values_list("delivery_share", "vat_rate_bp"))
    return sum(share for share, _ in shares), sum(vat_on(share, rate) for share, rate in shares)


# So many commitments and orders are named to a firm that would leave.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Running:
    """What binds a member in its cooperative just now: how many commitments, orders, needs."""

    commitments: int
    orders: int
    needs: int


def running_of(membership: Membership) -> Running:
    """Commitments not yet cleared, orders on their way, needs that are stated. Three queries."""
    commitments, orders = _commitments_of(membership), _orders_of(membership)
    return Running(commitments.count(), orders.count(), len(open_needs_of(membership)))


def _commitments_of(membership: Membership) -> QuerySet[Commitment]:
    return Commitment.objects.filter(
        firm_id=membership.firm_id,
        cooperative_id=membership.cooperative_id,
        state="active",
        campaign__state__in=["open", "filling", "closing"],
    )


def _orders_of(membership: Membership) -> QuerySet[Order]:
    return Order.objects.filter(
        firm_id=membership.firm_id,
        cooperative_id=membership.cooperative_id,
        state__in=["awaiting_payment", "paid", "shipped"],
    )


@dataclass(frozen=True, slots=True)
class Involved:
    """By name what binds a member in its cooperative: the first few of each, and how many."""

    running: Running
    commitments: Sequence[Commitment]
    orders: Sequence[Order]


def involved_in(membership: Membership) -> Involved:
    """What a firm looks at before it leaves. Five queries."""
    return Involved(
        running=running_of(membership),
        commitments=list(
            _commitments_of(membership)
            .select_related("campaign")
            .order_by("campaign__closes_at", "id")[:NAMED]
        ),
        orders=list(_orders_of(membership).select_related("campaign").order_by("-id")[:NAMED]),
    )


def open_needs_of(membership: Membership) -> list[UUID]:
    """The needs of a member that still count in its cooperative."""
    rows = Need.objects.filter(
        firm_id=membership.firm_id,
        cooperative_id=membership.cooperative_id,
        state__in=["open", "in_campaign"],
    )
    return list(rows.order_by("id").values_list("pk", flat=True))
