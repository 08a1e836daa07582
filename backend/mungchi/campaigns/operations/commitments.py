"""Joining, changing, withdrawing: everything firms do between opening and deadline.

The order of the steps is the promise. A share lock on the campaign first, so that closing waits
for whoever is inside and nobody gets in after it; then the clock; then the checks; one write. Joins
do not wait for each other: capacity is settled at the clearing, not at the door. See
docs/decisions/0003-share-lock-on-join.md.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.places import written
from mungchi.campaigns.domain.states import COMMITMENT
from mungchi.campaigns.domain.wanted import Wanted
from mungchi.campaigns.models import ApprovalRequest, Campaign, Commitment, NextArrival
from mungchi.campaigns.operations import asking, filling, planning
from mungchi.campaigns.operations.agreeing import check_read, stay
from mungchi.campaigns.operations.by_variant import with_parts
from mungchi.campaigns.operations.entering import OnlyStays, Through, way_in
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed, NotFound
from mungchi.common.history import record, set_state
from mungchi.common.locks import lock_shared
from mungchi.common.money import plain
from mungchi.common.text import Text

# What refuses a second row when a firm asks from two windows at once.
ONE_AT_A_TIME: Final = (
    "a_firm_commits_to_a_campaign_once",
    "one_commitment_of_a_firm_waits_for_approval",
)


class CampaignNotOpen(Conflict):
    """Nothing is accepted before opening, or at or after the deadline."""

    code = "campaign_not_open"
    message = Text(
        ko="지금은 참여를 받지 않는 공동구매입니다.",
        en="This campaign is not taking commitments.",
    )


class DeadlineOver(Conflict):
    """The request reached the campaign at or after its deadline."""

    code = "deadline_over"
    message = Text(
        ko="마감 시각이 지나 접수하지 못했습니다.",
        en="The deadline has passed; this was not accepted.",
    )


class FirstIsOpen(Conflict):
    """What a first part cannot supply is known when it has closed."""

    code = "first_is_open"
    message = Text(
        ko="나눠 낙찰한 2차 공급입니다. 1차 공동구매가 마감된 뒤에 참여할 수 있습니다.",
        en="This is the second part of a split award: it can be joined once the first has closed.",
    )


class OwnOffer(NotAllowed):
    """A supplier does not commit to the campaign that it supplies."""

    code = "own_offer"
    message = Text(
        ko="직접 공급하는 공동구매에는 참여할 수 없습니다.",
        en="You cannot commit to a campaign that you supply.",
    )


class MinimumAboveQuantity(Invalid):
    """The smallest acceptable quantity is at most the quantity."""

    code = "minimum_above_quantity"
    field = "minimum"
    message = Text(
        ko="최소 수량은 참여 수량보다 클 수 없습니다.",
        en="The smallest quantity cannot be above the quantity.",
    )


def commit(
    *,
    actor: Actor,
    campaign_id: UUID,
    quantity: int,
    tolerance: int = 0,
    minimum: int = 0,
    price_limit: Decimal | None = None,
    cooperative_id: UUID | None = None,
    plan_b: str = "none",
    alternative_id: UUID | None = None,
    terms_version: int | None = None,
    parts: Mapping[UUID, int] | None = None,
    tolerance_to: UUID | None = None,
    deliver_to: str = "",
) -> Commitment | ApprovalRequest:
    """A firm joins a campaign, or changes what it committed to. Again with the same: no change.

    It takes part through the host when it is a member there, else through `cooperative_id` or the
    first of its cooperatives that the campaign reaches; a guest through the host. What a buyer asks
    for above the firm's approval limit waits for an owner: then the request is returned, and what
    the firm is bound to stays as it is. `plan_b`: what becomes of what it does not get (none, need,
    or campaign with `alternative_id`). `parts`: where the campaign has variants, how many of each
    (they make the quantity); `tolerance_to` the one that takes the tolerance, else the one it wants
    most of. `deliver_to`: where the goods go, at most LONGEST_PLACE long; "" to the firm's address.
    It is the answer of a firm that a changed offer asks again; `terms_version`: the terms that were
    read, refused where others that are worse for the firm are in force. Raises NotFound,
    OfferChanged, CampaignNotOpen, DeadlineOver, NotAMember, OnlyStays, OwnOffer,
    MinimumAboveQuantity, PlanIncomplete, AlternativeUnfit, FirstIsOpen, PartsMissing,
    VariantUnknown, PartsDiffer; while a campaign is being filled, in which the place alone may
    change, also what operations.filling raises.
    """
    if minimum > quantity:
        raise MinimumAboveQuantity
    wanted = Wanted(quantity, tolerance, minimum, price_limit, plan_b, alternative_id,
                    deliver_to=written(deliver_to))  # fmt: skip
    by_variant = (parts, tolerance_to)
    try:
        return _commit(actor, campaign_id, wanted, by_variant, cooperative_id, terms_version)
    except filling.BeingFilled:
        # Its share lock is let go with it: nobody waits for a lock while holding one that others
        # wait for. An open campaign asks nothing more than before.
        return _commit(
            actor, campaign_id, wanted, by_variant, cooperative_id, terms_version, alone=True
        )
    except IntegrityError as error:
        # The same firm joined from another window at this moment: its row is there now.
        if not any(name in str(error) for name in ONE_AT_A_TIME):
            raise
        return _commit(actor, campaign_id, wanted, by_variant, cooperative_id, terms_version)


def _commit(
    actor: Actor,
    campaign_id: UUID,
    wanted: Wanted,
    by_variant: tuple[Mapping[UUID, int] | None, UUID | None],
    cooperative_id: UUID | None,
    read: int | None,
    *,
    alone: bool = False,
) -> Commitment | ApprovalRequest:
    with transaction.atomic():
        campaign, at = filling.hold_alone(campaign_id) if alone else _hold(campaign_id)
        through = way_in(actor.firm_id, campaign, cooperative_id)
        check_may_join(campaign, through, at, filled=alone)
        wanted = with_parts(wanted, campaign, *by_variant)
        check_read(campaign, read, wanted)
        waiting = asking.locked_waiting(campaign, actor.firm_id) if through.limit else None
        row = locked_row(campaign, actor.firm_id)
        check_stays(row, wanted, through)
        held = planning.plan_beside(row)
        other = planning.check_plan(actor, campaign, wanted, held)
        bound = queries.Bound(row, held.alternative if held else None)
        to_approve = queries.to_approve(campaign, actor, wanted, other, bound, through.limit)
        if to_approve is not None and campaign.state == "filling":
            raise filling.NoTimeToApprove
        if to_approve is not None:
            return asking.ask(campaign, through, wanted, to_approve, waiting, actor=actor, at=at)
        if waiting is not None:
            asking.take_back(waiting, actor=actor, at=at)
        # Where it goes is said anew at any time: it fills nothing and takes nothing from anybody.
        held_to = _stands(row, wanted, through, anywhere=True) and not row.must_answer
        fills = campaign.state == "filling" and not held_to
        if fills:
            filling.check_fills(campaign, row, wanted)
        row = place(campaign, through, wanted, row, actor=actor, at=at)
        planning.keep_plan(row, wanted, held, actor=actor, at=at)
        if fills:
            filling.note_filled(campaign, at=at)
        return row


def place(
    campaign: Campaign,
    through: Through,
    wanted: Wanted,
    row: Commitment | None,
    *,
    actor: Actor,
    at: datetime,
) -> Commitment:
    """Write a firm's commitment, `row` being the locked one that it has, if any; the same again
    changes nothing. The caller holds the campaign, has checked that it is open at `at`, and keeps
    the plan beside it. Raises OnlyStays."""
    check_stays(row, wanted, through)
    if row is None:
        row = Commitment(campaign=campaign, firm=through.firm)
        _write(row, campaign, wanted, through, at)
        row.save(force_insert=True)
        _record(row, actor, at, kind="commitment_made", moved=("", "active"))
        return row
    row.campaign, row.firm = campaign, through.firm
    if _stands(row, wanted, through):
        row.cooperative = through.cooperative
        if row.must_answer:
            stay(row, campaign, actor=actor, at=at)
        return row
    before = _figures(row)
    moved = ("", "") if row.state == "active" else (row.state, "active")
    if wanted.asks_for_more_than(row):
        row.arrival = NextArrival()
    _write(row, campaign, wanted, through, at)
    row.state = "active"
    row.save()
    _record(row, actor, at, kind="commitment_changed", moved=moved, before=before)
    return row


def withdraw_commitment(*, actor: Actor, campaign_id: UUID) -> None:
    """A firm steps back before the deadline, also from what waits for approval. Again: changes
    nothing.

    Raises NotFound when it is not in the campaign, CampaignNotOpen, BeingFilled, DeadlineOver.
    """
    with transaction.atomic():
        campaign, at = _hold(campaign_id)
        waiting = asking.locked_waiting(campaign, actor.firm_id)
        row = locked_row(campaign, actor.firm_id)
        if not actor.is_firm or (row is None and waiting is None):
            raise NotFound
        _check_open(campaign, at)
        if waiting is not None:
            asking.take_back(waiting, actor=actor, at=at)
        if row is None or row.state == "withdrawn":
            return
        planning.drop_plan(planning.plan_beside(row))
        row.must_answer = False
        set_state(
            row,
            "withdrawn",
            also=("must_answer",),
            machine=COMMITMENT,
            kind="commitment_withdrawn",
            actor=actor,
            at=at,
            thread=campaign.pk,
            cooperative_id=campaign.host_id,
            firm_id=row.firm_id,
            data={"before": _figures(row)},
        )


def _hold(campaign_id: UUID) -> tuple[Campaign, datetime]:
    """Keep the campaign from closing until this transaction ends; return it and the time.

    The clock is read after the lock, in a statement of its own: read before, it would be the time
    before the wait.
    """
    campaign = lock_shared(Campaign, campaign_id)
    at = clock.now()
    if campaign is None or campaign.published_at is None:
        raise NotFound
    return campaign, at


def hold(campaign_id: UUID) -> tuple[Campaign, datetime]:
    """Keep a campaign from closing until this transaction ends; return it and the time. Raises
    NotFound."""
    return _hold(campaign_id)


def check_may_join(
    campaign: Campaign, through: Through, at: datetime, *, filled: bool = False
) -> None:
    """Raise CampaignNotOpen, DeadlineOver, FirstIsOpen or OwnOffer where a held campaign takes
    nothing; and BeingFilled unless it is held alone (`filled`), by whoever looks at what the change
    fills."""
    if filled and campaign.state == "filling":
        if at >= campaign.fills_until:
            raise DeadlineOver
    else:
        _check_open(campaign, at)
    if queries.first_is_open(campaign):
        raise FirstIsOpen
    if through.supplies_it:
        raise OwnOffer


def check_stays(row: Commitment | None, wanted: Wanted, through: Through) -> None:
    """Raise OnlyStays where a suspended member wants anything but to stay as it is, asked again by
    a changed offer: it keeps what it is in, and not to let it answer would put it out."""
    asked = row is not None and row.must_answer
    if through.only_stays and not (asked and _stands(row, wanted, through)):
        raise OnlyStays


def locked_row(campaign: Campaign, firm_id: UUID | None) -> Commitment | None:
    """The firm's commitment, locked, with its plan B: one query (see planning.plan_beside)."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("plan_b__alternative")
    return rows.filter(campaign=campaign, firm_id=firm_id).first()


def _check_open(campaign: Campaign, at: datetime) -> None:
    if campaign.state == "filling":
        raise filling.BeingFilled
    if campaign.state != "open" or campaign.closes_at is None:
        raise CampaignNotOpen
    if at >= campaign.closes_at:
        raise DeadlineOver


def _write(
    row: Commitment, campaign: Campaign, wanted: Wanted, through: Through, at: datetime
) -> None:
    row.cooperative = through.cooperative
    row.partner_fee_bp = queries.partner_fee_bp(campaign, through.cooperative.pk)
    row.quantity = wanted.quantity
    row.tolerance = wanted.tolerance
    row.minimum = wanted.minimum
    row.price_limit = wanted.price_limit
    row.parts, row.tolerance_to = list(wanted.parts), wanted.tolerance_to
    row.deliver_to = wanted.deliver_to
    row.accepted_at = at
    row.agreed_version, row.must_answer = campaign.terms_version, False


def _stands(
    row: Commitment | None, wanted: Wanted, through: Through, *, anywhere: bool = False
) -> bool:
    """Whether this is what the firm is committed to already; `anywhere`: wherever it goes."""
    if row is None or row.state != "active" or row.cooperative_id != through.cooperative.pk:
        return False
    now = Wanted(row.quantity, row.tolerance, row.minimum, row.price_limit,
                 parts=tuple(row.parts), tolerance_to=row.tolerance_to,
                 deliver_to=wanted.deliver_to if anywhere else row.deliver_to)  # fmt: skip
    return now == wanted.without_plan()


def _figures(row: Commitment) -> dict[str, object]:
    limit = row.price_limit
    return {
        "quantity": row.quantity,
        "tolerance": row.tolerance,
        "minimum": row.minimum,
        "price_limit": None if limit is None else plain(limit),
        **({"parts": row.parts, "tolerance_to": row.tolerance_to} if row.parts else {}),
        **({"deliver_to": row.deliver_to} if row.deliver_to else {}),
    }


def _record(
    row: Commitment,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    moved: tuple[str, str] = ("", ""),
    before: dict[str, object] | None = None,
) -> None:
    record(
        row,
        kind=kind,
        actor=actor,
        at=at,
        moved=moved,
        thread=row.campaign_id,
        cooperative_id=row.campaign.host_id,
        firm_id=row.firm_id,
        data={"before": before, "after": _figures(row)},
    )
