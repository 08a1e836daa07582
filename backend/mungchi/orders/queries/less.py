"""What suppliers confirm less: what waits, and how orders would stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.rest import LACKS
from mungchi.campaigns.models import Campaign, Decision
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.orders.domain.less import (
    AMOUNTS,
    REMINDED_BEFORE,
    Amounts,
    Rates,
    amounts_for,
    parts_at,
)
from mungchi.orders.models import ConfirmedLess, Order, PurchaseOrder

# So many firms are named to who decides, those that lose most first; the sums are of all.
MOST_LINES = 200


def reduced(campaign: Campaign, order: Order, quantity: int, parts: Sequence[int]) -> Amounts:
    """What so much of an order comes to; `parts` by variant in the campaign's order."""
    by_variant = {
        variant["id"]: many for variant, many in zip(campaign.variants, parts, strict=bool(parts))
    }
    rates = Rates(
        order.unit_price, order.currency, order.vat_rate_bp, order.host_fee_bp,
        order.partner_fee_bp, order.fee_vat_rate_bp,
    )  # fmt: skip
    kept = parts_at(order.parts, by_variant, order.currency) if order.parts else []
    return amounts_for(rates, quantity, kept, (order.delivery_share, order.quantity))


def orders_by_commitment(campaign_id: UUID) -> dict[UUID, Order]:
    """The standing orders of a campaign by the commitment that each came of. Changed only under the
    campaign's lock."""
    rows = Order.objects.filter(campaign_id=campaign_id).exclude(state="cancelled")
    return {
        order.commitment_id: order  # type: ignore[attr-defined]
        for order in rows.annotate(commitment_id=F("clearing_line__commitment_id")).order_by("pk")
    }


def less_seen_by(actor: Actor, pk: UUID) -> ConfirmedLess:
    """What a supplier would deliver less, as far as the actor sees it; raise NotFound."""
    rows = ConfirmedLess.objects.select_related("campaign", "purchase_order")
    if actor.is_firm:
        row = rows.filter(pk=pk, supplier_id=actor.firm_id).first()
    else:
        row = rows.filter(pk=pk, cooperative_id=actor.cooperative_id).first()
    if row is None:
        raise NotFound
    return row


def locked_less(pk: UUID) -> ConfirmedLess:
    """Lock one; campaign and purchase order come before it."""
    return ConfirmedLess.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def standing_less(purchase_order: PurchaseOrder) -> ConfirmedLess | None:
    """What the supplier confirmed less, where that waits or is in force."""
    rows = ConfirmedLess.objects.select_related("asked_by", "decided_by", "run")
    return rows.filter(
        purchase_order=purchase_order, state__in=["asked", "accepted", "done"]
    ).first()  # fmt: skip


def less_in_force(campaign_id: UUID) -> ConfirmedLess | None:
    """What a campaign's supplier confirmed less, where orders follow it."""
    return ConfirmedLess.objects.filter(campaign_id=campaign_id, state="done").first()


def lesses_confirmed_by_two() -> list[tuple[UUID, UUID]]:
    """What waits and a second coordinator has said yes to: (what it is, the decision)."""
    decided = Decision.objects.filter(
        campaign_id=OuterRef("campaign_id"), kind="less", state="confirmed",
        asked_at__gte=OuterRef("asked_at"),
    ).order_by("-id")  # fmt: skip
    rows = ConfirmedLess.objects.filter(state="asked", campaign__state="ordered")
    rows = rows.annotate(decision=Subquery(decided.values("pk")[:1]))
    return list(rows.filter(decision__isnull=False).values_list("pk", "decision"))


def lesses_to_carry_out() -> list[UUID]:
    """What hosts have accepted and orders do not follow yet."""
    return list(ConfirmedLess.objects.filter(state="accepted").values_list("pk", flat=True))


def lesses_to_remind(at: datetime) -> list[UUID]:
    """What waits for a host that was not reminded of it as often as it is time for."""
    soon = Q(reminded=0, answer_by__lte=at + REMINDED_BEFORE)
    over = Q(reminded__lt=2, answer_by__lte=at)
    rows = ConfirmedLess.objects.filter(soon | over, state="asked", campaign__state="ordered")
    return list(rows.order_by("answer_by").values_list("pk", flat=True))


def lesses_waiting(actor: Actor) -> list[ConfirmedLess]:
    """What suppliers confirmed less in the office's campaigns, that waits for its answer and about
    which no second coordinator is asked."""
    asked = Decision.objects.filter(
        campaign_id=OuterRef("campaign_id"), state="waiting", kind__in=["less", "fail"]
    )
    rows = ConfirmedLess.objects.filter(
        ~Exists(asked), cooperative_id=actor.cooperative_id, state="asked",
        campaign__state="ordered",
    )  # fmt: skip
    return list(rows.select_related("campaign", "supplier").order_by("answer_by"))


def why_failed(campaign: Campaign) -> str:
    """The reason with which a failed campaign failed."""
    row = History.objects.filter(
        subject_id=campaign.pk, kind="campaign_failed"
    ).order_by("-id").first()  # fmt: skip
    return row.why if row is not None and row.why else "-"


@dataclass(frozen=True, slots=True)
class LessLine:
    """What one firm would get less: quantities, whether it is out because that is below the least
    it would take, and what goes back to it in all; minor units."""

    firm: Firm
    order: Order
    before: int
    quantity: int
    minimum: int
    below_minimum: bool
    back: int


@dataclass(frozen=True, slots=True)
class LessOutlook:
    """What accepting would come to. `lacks`: what tier and threshold lack, in words, which changes
    no price. `back`: what goes back to firms, by the names of the order's columns. `lines`: firms
    that get less, `less` and `out` how many get less and nothing, `firms` how many stay."""

    less: ConfirmedLess
    before: int
    quantity: int
    firms: int
    fewer: int
    out: int
    lacks: list[Text]
    back: dict[str, int]
    lines: Sequence[LessLine]
    must_type: bool


def outlook_of_less(campaign: Campaign, row: ConfirmedLess) -> LessOutlook:
    """How orders and money would stand; for the host alone. Reads every line and order."""
    run = campaigns.latest_run(campaign)
    assert run is not None  # noqa: S101 - what was ordered was cleared
    effect = campaigns.less_of(campaign, run, row.parts or [row.quantity])
    orders = orders_by_commitment(campaign.pk)
    firms = Firm.objects.in_bulk([line.firm_id for line in effect.lines])
    lines, back = [], dict.fromkeys(AMOUNTS, 0)
    for line in effect.lines:
        got = effect.of(line)
        if got == line.awarded:
            continue
        order = orders[line.commitment_id]
        now = reduced(campaign, order, got, effect.parts_of(line)) if got else None
        for name in AMOUNTS:
            back[name] += getattr(order, name) - (getattr(now, name) if now else 0)
        lines.append(LessLine(
            firms[line.firm_id], order, line.awarded, got, line.minimum,
            str(line.commitment_id) in effect.less.dropped, order.total - (now.total if now else 0),
        ))  # fmt: skip
    tier = counted(effect.rest.tier.min_quantity, UNITS[campaign.item.unit])
    out = sum(1 for line in lines if not line.quantity)
    lines.sort(key=lambda line: (line.quantity > 0, -line.back, line.order.number))
    return LessOutlook(
        row, run.quantity, effect.less.quantity, effect.rest.firms, len(lines) - out, out,
        [LACKS[lack].format(tier=tier) for lack in effect.rest.lacks], back, lines[:MOST_LINES],
        campaigns.must_type_rest(campaign, run),
    )  # fmt: skip
