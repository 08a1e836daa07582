"""A firm says what is wrong with what it got, adds to it, and takes it back.

Locks: the campaign is shared (whoever pays out or completes it waits), then the order, then the
claim. What is left to be claimed is read under the order's lock.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import record, set_state
from mungchi.common.images import take_image
from mungchi.common.jobs import wake_pipeline
from mungchi.common.locks import lock_shared
from mungchi.deliveries import queries
from mungchi.deliveries.domain.claims import (
    MOST_PHOTOS,
    UNDECIDED,
    fits,
    parts_of_claim,
)
from mungchi.deliveries.domain.states import CLAIM
from mungchi.deliveries.models import Claim, ClaimPhoto, ClaimStep, Shipment
from mungchi.deliveries.operations.claim_errors import (
    ClaimNotOpen,
    ClaimOpenAlready,
    ClaimTooLate,
    NothingToClaim,
    PartsWrong,
    TooManyClaimed,
    TooManyPhotos,
    WishDoesNotFit,
)
from mungchi.orders import queries as orders
from mungchi.orders.models import Order


def open_claim(
    *, actor: Actor, order_id: UUID, shipment_id: UUID | None, kind: str, quantity: int,
    wish: str, words: str, parts: Mapping[str, int] | None = None,
) -> Claim:  # fmt: skip
    """A firm claims about some units of its order: of a shipment that it received, or (None) of
    what was not sent although the promised day has passed.

    `parts`: variant -> how many, where the order has variants. The same again while it is open and
    nothing was said yet: that one. Raises NotFound, NothingToClaim, ClaimTooLate, TooManyClaimed,
    PartsWrong, WishDoesNotFit, ClaimOpenAlready.
    """
    if not fits(kind, wish):
        raise WishDoesNotFit
    with transaction.atomic():
        order, at = _claimed_order(actor, order_id)
        same = Claim.objects.filter(
            order=order, shipment_id=shipment_id, kind=kind, state__in=UNDECIDED
        ).first()
        if same is not None:
            if _alike(same, quantity, wish, words, parts):
                return same
            raise ClaimOpenAlready
        _check_left(order, shipment_id, kind, quantity, at)
        chosen = parts_of_claim(quantity, parts, queries.variants_left(order))
        if chosen is None:
            raise PartsWrong
        days = queries.rules_of(order.host_id, at).answer_days
        claim = Claim(
            order=order, number=Claim.objects.filter(order=order).count() + 1,
            shipment_id=shipment_id, firm_id=order.firm_id, supplier_id=order.supplier_id,
            host_id=order.host_id, kind=kind, wish=wish, quantity=quantity, parts=chosen,
            created_at=at, waits_since=at, answer_by=at + timedelta(days=days),
        )  # fmt: skip
        claim.save(force_insert=True)
        step(claim, "firm", "opened", at, text=words, remedy=wish, quantity=quantity)
        record(claim, kind="claim_opened", actor=actor, at=at, moved=("", "open"), why=words,
               **about(claim))  # fmt: skip
        wake_pipeline()
        return claim


def withdraw_claim(*, actor: Actor, claim_id: UUID, words: str) -> Claim:
    """The firm takes its claim back while nothing is decided. Again: changes nothing.

    Raises NotFound, ClaimNotOpen.
    """
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        if side_of(actor, claim) != "firm":
            raise NotFound
        if claim.state == "withdrawn":
            return claim
        if claim.state not in UNDECIDED:
            raise ClaimNotOpen
        claim.answer_by = None
        step(claim, "firm", "withdrawn", at, text=words)
        move_claim(claim, "withdrawn", actor, at, kind="claim_withdrawn", why=words,
                   also=("answer_by",))  # fmt: skip
        return claim


def add_to_claim(*, actor: Actor, claim_id: UUID, words: str) -> ClaimStep:
    """Whoever is a side of it adds words until it is decided. The last ones again: no change.

    Raises NotFound, ClaimNotOpen.
    """
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        side = side_of(actor, claim)
        if claim.state not in UNDECIDED:
            raise ClaimNotOpen
        last = claim.steps.order_by("-id").first()
        if last and (last.side, last.step, last.text) == (side, "noted", words):
            return last
        row = step(claim, side, "noted", at, text=words)
        record(claim, kind="claim_noted", actor=actor, at=at, why=words,
               **about(claim, side=side))  # fmt: skip
        return row


def add_photo(*, actor: Actor, claim_id: UUID, stream: BinaryIO) -> ClaimPhoto:
    """The firm adds a photograph until it is decided; the same again changes nothing.

    Raises NotFound, ClaimNotOpen, TooManyPhotos, DocumentTooLarge, ImageUnreadable, ImageTooLarge.
    """
    taken = take_image(stream)
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        if side_of(actor, claim) != "firm":
            raise NotFound
        there = ClaimPhoto.objects.filter(claim=claim).defer("content", "small")
        same = there.filter(digest=taken.digest).first()
        if same is not None:
            return same
        if claim.state not in UNDECIDED:
            raise ClaimNotOpen
        if there.count() >= MOST_PHOTOS:
            raise TooManyPhotos
        row = ClaimPhoto.objects.create(
            claim=claim, width=taken.width, height=taken.height, digest=taken.digest,
            content=taken.content, small=taken.small, added_by_id=actor.user_id, added_at=at,
        )  # fmt: skip
        record(claim, kind="claim_photo_added", actor=actor, at=at,
               **about(claim, digest=taken.digest))  # fmt: skip
        return row


def _claimed_order(actor: Actor, order_id: UUID) -> tuple[Order, datetime]:
    """The firm's own order, locked behind its campaign; the time read behind both."""
    seen = Order.objects.filter(pk=order_id, firm_id=actor.firm_id).first()
    if seen is None or not actor.is_firm:
        raise NotFound
    lock_shared(Campaign, seen.campaign_id)
    orders.locked_orders([order_id])
    return Order.objects.select_related("host", "item", "campaign").get(pk=order_id), clock.now()


def _check_left(
    order: Order, shipment_id: UUID | None, kind: str, quantity: int, at: datetime
) -> None:
    """Whether so many may be claimed about."""
    found = queries.claimable_of(order, at)
    of_it = next(
        (row for row in found if (row.shipment and row.shipment.pk) == shipment_id), None
    )  # fmt: skip
    if of_it is None:
        if shipment_id and not order.shipments.filter(pk=shipment_id).exists():
            raise NotFound
        raise NothingToClaim
    if of_it.shut == "time_over" and of_it.until is not None:
        day = of_it.until.astimezone(order.host.timezone) - timedelta(minutes=1)
        raise ClaimTooLate(until=day.date().isoformat())
    most = of_it.kinds.get(kind, 0)
    if not most:
        raise NothingToClaim
    if quantity > most:
        raise TooManyClaimed(left=most)


def _alike(
    claim: Claim, quantity: int, wish: str, words: str, parts: Mapping[str, int] | None
) -> bool:
    """Whether a claim is the one that is sent once more."""
    same_parts = not parts or {str(part["id"]): part["quantity"] for part in claim.parts} == {
        str(pk): many for pk, many in parts.items() if many
    }
    first = claim.steps.order_by("id").first()
    said = first.text if first else ""
    return (claim.quantity, claim.wish, said, same_parts) == (quantity, wish, words, True)


def replacement_received(shipment: Shipment, order: Order, actor: Actor, at: datetime) -> None:
    """The firm has answered for a replacement (its order is locked): with the last of it the claim
    is put right. What did not arrive the supplier may send again."""
    assert shipment.claim_id is not None  # noqa: S101 - called for replacements only
    claim = queries.locked_claim(shipment.claim_id)
    step(claim, "firm", "received", at, text=shipment.receipt.note,
         quantity=shipment.receipt.quantity)  # fmt: skip
    if claim.state == "accepted" and queries.arrived(claim) >= (claim.settled_quantity or 0):
        move_claim(claim, "settled", actor, at, kind="claim_settled")


def held_claim(actor: Actor, claim_id: UUID) -> tuple[Claim, datetime]:
    """Share the campaign, lock the order, then a claim that the actor sees; read the clock."""
    seen = queries.claim_seen_by(actor, claim_id)
    lock_shared(Campaign, seen.order.campaign_id)
    orders.locked_orders([seen.order_id])
    return queries.locked_claim(claim_id), clock.now()


def side_of(actor: Actor, claim: Claim) -> str:
    """On which side of a claim the actor stands; raise NotFound for an office that only sees it."""
    if actor.is_firm:
        return "firm" if actor.firm_id == claim.firm_id else "supplier"
    if actor.cooperative_id != claim.host_id:
        raise NotFound
    return "office"


def step(
    claim: Claim, side: str, what: str, at: datetime, *, text: str = "", remedy: str = "",
    quantity: int | None = None, amount: int | None = None,
) -> ClaimStep:  # fmt: skip
    """Write down for all sides what was said or done."""
    return ClaimStep.objects.create(
        claim=claim, at=at, side=side, step=what, text=text, remedy=remedy, quantity=quantity,
        amount=amount,
    )  # fmt: skip


def about(claim: Claim, **more: object) -> dict[str, object]:
    """What the history says of every step of a claim."""
    return {
        "thread": claim.order.campaign_id, "cooperative_id": claim.host_id,
        "firm_id": claim.firm_id,
        "data": {"what": claim.kind, "quantity": claim.quantity, "remedy": claim.remedy, **more},
    }  # fmt: skip


def move_claim(
    claim: Claim, to: str, actor: Actor, at: datetime, *, kind: str, why: str = "",
    also: tuple[str, ...] = (), **more: object,
) -> None:  # fmt: skip
    """Move a (locked) claim on, with everything its history says."""
    set_state(claim, to, machine=CLAIM, kind=kind, actor=actor, at=at, why=why, also=also,
              **about(claim, **more))  # fmt: skip
    wake_pipeline()
