"""Reading claims: which rows a seat sees, what may still be claimed, and what waits too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Seat
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.deliveries.domain.claims import (
    ANSWER_DAYS,
    CLAIM_DAYS,
    HOLDING,
    LIVING,
    REMINDED_BEFORE,
    UNDECIDED,
    end_of_claims,
    is_late,
    without,
    worth,
)
from mungchi.deliveries.models import Claim, ClaimPhoto, ClaimRules, ClaimStep, Shipment
from mungchi.orders.models import Due, Order


class Rules(NamedTuple):
    """Days after receipt within which may be claimed, and days that each side has to answer."""

    claim_days: int
    answer_days: int


def claims_visible_to(actor: Actor) -> QuerySet[Claim]:
    """A firm sees its own and those on what it delivered; an office those of its members and of the
    campaigns that it hosts."""
    rows = Claim.objects.select_related(
        "order__campaign", "order__item", "order__cooperative", "firm", "supplier", "host",
        "shipment", "refund", "credit",
    )  # fmt: skip
    if actor.is_firm:
        return rows.filter(Q(firm_id=actor.firm_id) | Q(supplier_id=actor.firm_id))
    if actor.is_office:
        return rows.filter(
            Q(host_id=actor.cooperative_id) | Q(order__cooperative_id=actor.cooperative_id)
        )
    return rows.none()


def claim_seen_by(actor: Actor, pk: UUID) -> Claim:
    """One claim that the actor may see; raise NotFound."""
    row = claims_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_claim(pk: UUID) -> Claim:
    """Lock a claim; its order's lock comes before it."""
    rows = Claim.objects.select_related("order__campaign__host", "firm", "supplier", "host")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def photo_seen_by(actor: Actor, pk: UUID, *, small: bool) -> ClaimPhoto:
    """One photograph of a claim that the actor may see, with the content that is asked for; raise
    NotFound."""
    seen = claims_visible_to(actor).filter(pk=OuterRef("claim_id"))
    rows = ClaimPhoto.objects.filter(Exists(seen), pk=pk)
    row = rows.defer("content" if small else "small").first()
    if row is None:
        raise NotFound
    return row


def rules_of(host_id: UUID | None, at: datetime) -> Rules:
    """What a cooperative had said by then."""
    said = ClaimRules.objects.filter(cooperative_id=host_id, since__lte=at)
    row = said.order_by("-since", "-id").first()
    return Rules(row.claim_days, row.answer_days) if row else Rules(CLAIM_DAYS, ANSWER_DAYS)


def claims_end(shipment: Shipment, host_zone: str, at: datetime) -> datetime:
    """Until when a (received) shipment may be claimed about: by what held when it arrived, or holds
    now where that is longer."""
    received_at = shipment.receipt.received_at
    host_id = shipment.order.host_id
    days = max(rules_of(host_id, received_at).claim_days, rules_of(host_id, at).claim_days)
    return end_of_claims(received_at, days, host_zone)


def not_sent_any_more(order_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many units of these orders are not waited for any more, as a claim about them ended in a
    refund; orders without any are left out."""
    rows = Claim.objects.filter(order__in=order_ids, kind="late", state__in=["accepted", "settled"])
    return dict(rows.order_by().values_list("order_id").annotate(Sum("settled_quantity")))


def units_before(claim: Claim) -> Fraction:
    """Which share of its order claims were refunded before this one: by now all others, where it is
    not refunded itself."""
    rows = Claim.objects.filter(order_id=claim.order_id, state="settled", remedy="refund")
    refunded = ClaimStep.objects.filter(step="refunded")
    own = refunded.filter(claim=claim).first()
    if own is not None:
        earlier = refunded.filter(claim_id=OuterRef("pk"), at__lt=own.at)
        rows = rows.filter(Exists(earlier))
    order = claim.order
    return sum(
        (
            worth(
                row.settled_quantity or 0, row.settled_parts, ordered=order.quantity,
                order_parts=order.parts, supply_value=order.supply_value,
            )
            for row in rows.exclude(pk=claim.pk)
        ),
        start=Fraction(0),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claimable:
    """What of an order may be claimed about: of a shipment, or (None) what was not sent in time.

    `kinds`: kind -> how many units; without those of which there is nothing. `until`: the end of
    the time for it; None where there is none. `shut`: time_over, claimed, "".
    """

    shipment: Shipment | None
    kinds: dict[str, int]
    until: datetime | None
    shut: str = ""


def claimable_of(order: Order, at: datetime) -> list[Claimable]:
    """What the firm could claim about its order now. Six queries and two for each shipment."""
    known = list(Claim.objects.filter(order=order).exclude(state="withdrawn"))
    left = order.quantity - sum(counted(row) for row in known)
    rows = Shipment.objects.filter(order=order, state="received").select_related(
        "receipt", "order__host"
    )
    found = [_of_shipment(row, known, left, at) for row in rows.order_by("id")]
    late = _late(order, known, left, at)
    return [*found, *([late] if late else [])]


def counted(claim: Claim) -> int:
    """How many units of the order a living claim speaks for: those that were replaced are there
    again, and those that it did not end in are free."""
    if claim.state not in LIVING or (claim.state == "settled" and claim.remedy == "replacement"):
        return 0
    decided = claim.state in {"accepted", "settled"}
    return int((claim.settled_quantity if decided else claim.quantity) or 0)


def units_of(claim: Claim) -> list[dict[str, Any]]:
    """The same by variant."""
    if not counted(claim):
        return []
    decided = claim.state in {"accepted", "settled"}
    return list(claim.settled_parts if decided else claim.parts)


def variants_left(order: Order) -> list[dict[str, Any]]:
    """How many of each variant of an order no claim speaks for."""
    living = Claim.objects.filter(order=order, state__in=LIVING)
    return without(order.parts, [units_of(row) for row in living])


def _of_shipment(
    shipment: Shipment, known: Sequence[Claim], left: int, at: datetime
) -> Claimable:  # fmt: skip
    """What was decided about units of a shipment is decided: they are claimed about once."""
    of_it = [row for row in known if row.shipment_id == shipment.pk]
    short = sum(row.quantity for row in of_it if row.kind == "short")
    spoiled = sum(row.quantity for row in of_it if row.kind != "short")
    arrived = shipment.receipt.quantity
    # Of a replacement the supplier sends what is missing by itself.
    missing = 0 if shipment.claim_id else shipment.quantity - arrived
    kinds = {
        "short": min(missing - short, left),
        "damaged": min(arrived - spoiled, left),
        "wrong": min(arrived - spoiled, left),
    }
    kinds = {kind: many for kind, many in kinds.items() if many > 0}
    until = claims_end(shipment, shipment.order.host.zone, at)
    shut = "time_over" if at >= until else "" if kinds else "claimed"
    return Claimable(shipment, {} if at >= until else kinds, until, shut)


def _late(order: Order, known: Sequence[Claim], left: int, at: datetime) -> Claimable | None:
    due = Due.objects.filter(campaign_id=order.campaign_id).first()
    if due is None or order.state not in {"paid", "shipped"}:
        return None
    if not is_late(due.due_date, at, order.host.zone):
        return None
    unsent = unsent_of(order) - sum(
        row.quantity for row in known if row.kind == "late" and row.state in UNDECIDED
    )
    many = min(unsent, left)
    return Claimable(None, {"late": many}, None) if many > 0 else None


def unsent_of(order: Order) -> int:
    """How many units of an order are still to be sent."""
    rows = Shipment.objects.filter(order=order, claim__isnull=True)
    sent = rows.aggregate(sum=Coalesce(Sum("quantity"), 0))["sum"]
    return int(order.quantity - sent - not_sent_any_more([order.pk]).get(order.pk, 0))


def replaced(claim: Claim) -> int:
    """How many units of a claim's replacement are on their way or have arrived."""
    rows = Shipment.objects.filter(claim=claim)
    sums = rows.aggregate(sum=Coalesce(Sum(Coalesce("receipt__quantity", "quantity")), 0))
    return int(sums["sum"])


def arrived(claim: Claim) -> int:
    """How many units of a claim's replacement have arrived."""
    rows = Shipment.objects.filter(claim=claim, state="received")
    return int(rows.aggregate(sum=Coalesce(Sum("receipt__quantity"), 0))["sum"])


def holding_claims_of(campaign: Campaign) -> QuerySet[Claim]:
    """Claims of a campaign that are not put right yet."""
    return Claim.objects.filter(order__campaign=campaign, state__in=HOLDING)


def claims_to_settle() -> list[UUID]:
    """Claims that were accepted and are to be refunded."""
    rows = Claim.objects.filter(state="accepted", remedy="refund").order_by("decided_at")
    return list(rows.values_list("pk", flat=True))


def claims_out_of_time(at: datetime) -> list[UUID]:
    """Claims that supplier or firm have not answered in time."""
    rows = Claim.objects.filter(state__in=["open", "offered"], answer_by__lte=at)
    return list(rows.order_by("answer_by").values_list("pk", flat=True))


def claims_to_remind(at: datetime) -> list[UUID]:
    """Claims of which somebody is to be reminded, once for each time that somebody has to answer:
    supplier and firm before their time is over, where they have more than a day, the office after.
    """
    soon = Q(
        state__in=["open", "offered"], answer_by__lte=at + REMINDED_BEFORE,
        waits_since__lt=F("answer_by") - REMINDED_BEFORE,
    )  # fmt: skip
    rows = Claim.objects.filter(soon | Q(state="deciding", answer_by__lte=at))
    rows = rows.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("waits_since")))
    return list(rows.order_by("answer_by").values_list("pk", flat=True))


def has_seat_beside(user_id: UUID | None, claim: Claim) -> bool:
    """Whether a person has a seat in the firm that claims or in the one that delivered."""
    firms = [claim.firm_id, claim.supplier_id]
    return Seat.objects.filter(user_id=user_id, firm_id__in=firms).exists()
