"""What a firm does with a need that is proposed to it; an office asking for needs it foresees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.accounts.queries import left_alone
from mungchi.common import clock
from mungchi.common.errors import Conflict
from mungchi.common.history import event, record, record_all, set_state
from mungchi.common.text import Text
from mungchi.demand import queries
from mungchi.demand.domain.rhythm import SOONEST, Bought, Rhythm, occasions, usual_quantity
from mungchi.demand.domain.states import PROPOSAL
from mungchi.demand.models import ForetoldItem, Need, ProposedNeed
from mungchi.demand.operations.needs import state_need
from mungchi.demand.operations.reading_history import proposal

# Whoever bought it in so long is asked.
ASKED_SINCE: Final = timedelta(days=366)
# What is foretold for a month is asked for by its middle.
MID_MONTH: Final = 15


class ProposalAnswered(Conflict):
    """It was accepted or set aside before."""

    code = "proposal_answered"
    message = Text(ko="이미 답한 제안입니다.", en="This proposal has been answered already.")


class AlreadyAsked(Conflict):
    """Members are asked once for an item and month."""

    code = "already_asked"
    message = Text(
        ko="이 품목은 이미 조합원사에 물었습니다.",
        en="Members have already been asked about this item.",
    )


class NobodyToAsk(Conflict):
    """Whoever bought it has stated a need, has or has set aside a proposal, or is left alone."""

    code = "nobody_to_ask"
    message = Text(
        ko="물어볼 기업이 없습니다. 사던 기업이 모두 이미 수요를 올렸거나, 제안을 받았거나, "
        "제안을 넘겼거나, 사무국의 연락을 사양했습니다.",
        en="There is nobody to ask: every firm that used to buy it has stated a need, has a "
        "proposal, has set one aside, or has asked to be left alone.",
    )


def accept_proposal(
    *,
    actor: Actor,
    proposal_id: UUID,
    quantity: int | None = None,
    needed_by: date | None = None,
    price_limit: Decimal | None = None,
    note: str = "",
    unit: str | None = None,
) -> ProposedNeed:
    """A firm states the need that is proposed to it, as it is or changed.

    unit: what a given quantity and price limit are said in; the proposed are in the item's.
    Accepting twice changes nothing. Raises NotFound, ProposalAnswered when it was set aside, and
    what state_need raises.
    """
    with transaction.atomic():
        row = queries.locked_proposal(actor, proposal_id)
        if row.state == "accepted":
            return row
        if row.state != "open":
            raise ProposalAnswered
        at = clock.now()
        today = at.astimezone(row.cooperative.timezone).date()
        row.need = state_need(
            actor=actor,
            cooperative_id=row.cooperative_id,
            item_id=row.item_id,
            quantity=row.quantity if quantity is None else quantity,
            needed_by=needed_by or max(row.needed_by, today),
            price_limit=price_limit,
            note=note,
            unit=unit,
        )
        _decide(row, "accepted", "proposal_accepted", actor, at)
    return row


def dismiss_proposal(*, actor: Actor, proposal_id: UUID) -> ProposedNeed:
    """A firm sets a proposal aside: it comes back only after another purchase.

    Twice changes nothing. Raises NotFound, ProposalAnswered when it was accepted.
    """
    with transaction.atomic():
        row = queries.locked_proposal(actor, proposal_id)
        if row.state == "accepted":
            raise ProposalAnswered
        if row.state == "open":
            _decide(row, "dismissed", "proposal_dismissed", actor, clock.now())
    return row


def restore_proposal(*, actor: Actor, proposal_id: UUID) -> ProposedNeed:
    """A firm takes back that it set a proposal aside; twice changes nothing.

    Raises NotFound, ProposalAnswered when it was accepted, or there is a newer one.
    """
    with transaction.atomic():
        row = queries.locked_proposal(actor, proposal_id)
        newer = ProposedNeed.objects.filter(
            cooperative_id=row.cooperative_id, firm_id=row.firm_id, item_id=row.item_id,
            state="open",
        ).exclude(pk=row.pk)  # fmt: skip
        if row.state == "accepted" or newer.exists():
            raise ProposalAnswered
        if row.state == "dismissed":
            _decide(row, "open", "proposal_restored", actor, clock.now())
    return row


def _decide(row: ProposedNeed, to: str, kind: str, actor: Actor, at: datetime) -> None:
    row.decided_at = None if to == "open" else at
    set_state(
        row,
        to,
        machine=PROPOSAL,
        kind=kind,
        actor=actor,
        at=at,
        also=("decided_at", "need"),
        cooperative_id=row.cooperative_id,
        firm_id=row.firm_id,
    )


def ask_members(*, actor: Actor, foretold_id: UUID) -> ForetoldItem:
    """The office proposes a foretold item to each member that bought it within a year.

    Firms that have said something since their last purchase are not asked again, and those that
    want to be left alone not at all. Raises NotFound, AlreadyAsked, NobodyToAsk.
    """
    with transaction.atomic():
        foretold = queries.locked_foretold(actor, foretold_id)
        if foretold.asked_at is not None:
            raise AlreadyAsked
        at = clock.now()
        rows = _questions(foretold, at)
        if not rows:
            raise NobodyToAsk
        _write(rows, actor, at)
        foretold.asked_at = at
        foretold.save(update_fields=["asked_at"])
        record(foretold, kind="members_asked", actor=actor, at=at,
               cooperative_id=foretold.cooperative_id, data={"firms": len(rows)})  # fmt: skip
    return foretold


@dataclass(frozen=True, slots=True)
class Missed:
    """So much of an item that a firm asked for on a day, and did not get."""

    firm_id: UUID
    quantity: int
    day: date


def propose_missed(
    *, actor: Actor, cooperative: Cooperative, item_id: UUID, currency: str,
    missed: Sequence[Missed], needed_by: date, at: datetime,
) -> list[ProposedNeed]:  # fmt: skip
    """Propose to members what a campaign did not give them, as a need that binds nobody.

    Called by campaigns, in their transaction. Whoever has stated a need for the item, has a
    proposal that it has not answered, or wants to be left alone, is asked nothing.
    """
    firms = {one.firm_id for one in missed}
    wanted = {"cooperative": cooperative, "item_id": item_id, "firm_id__in": firms}
    settled = {
        *left_alone(cooperative.pk, firms),
        *Need.objects.filter(**wanted, state__in=queries.COUNTED).values_list("firm_id", flat=True),
        *ProposedNeed.objects.filter(**wanted, state="open").values_list("firm_id", flat=True),
    }
    rows = [
        ProposedNeed(
            cooperative=cooperative, firm_id=one.firm_id, item_id=item_id, rhythm="missed",
            quantity=one.quantity, needed_by=needed_by, currency=currency, created_at=at,
            evidence=[{"date": one.day.isoformat(), "quantity": one.quantity, "unit_price": None,
                       "bulk": False}],
            evidence_until=one.day,
        )
        for one in missed
        if one.firm_id not in settled
    ]  # fmt: skip
    _write(rows, actor, at)
    return rows


def _write(rows: Sequence[ProposedNeed], actor: Actor, at: datetime) -> None:
    """Write proposals that an office makes, and that each was made."""
    ProposedNeed.objects.bulk_create(rows)
    record_all(
        [
            event(row, kind="need_proposed", actor=actor, at=at, moved=("", row.state),
                  cooperative_id=row.cooperative_id, firm_id=row.firm_id)
            for row in rows
        ]
    )  # fmt: skip


def _questions(foretold: ForetoldItem, at: datetime) -> list[ProposedNeed]:
    cooperative = foretold.cooperative
    today = at.astimezone(cooperative.timezone).date()
    due = max(foretold.month.replace(day=MID_MONTH), today + SOONEST)
    taken = queries.already_wanted(cooperative.pk)
    answered = queries.answered_until(cooperative.pk)
    standing = set(
        ProposedNeed.objects.filter(
            cooperative=cooperative, item_id=foretold.item_id, state="open"
        ).values_list("firm_id", flat=True)
    )
    past = queries.past_of_members(cooperative.pk, today - ASKED_SINCE, foretold.item_id)
    bought = {firm: list(lines) for firm, lines in groupby(past, key=lambda line: line.firm_id)}
    quiet = left_alone(cooperative.pk, bought)
    rows = []
    for firm, lines in bought.items():
        key = (firm, foretold.item_id)
        settled = key in taken or firm in standing or firm in quiet
        if settled or answered.get(key, date.min) >= lines[-1].day:
            continue
        kept = occasions(Bought(each.day, each.quantity, each.unit_price) for each in lines)
        found = Rhythm("asked", 0, usual_quantity(kept), due, tuple(kept))
        rows.append(proposal(cooperative, key, lines[-1].currency, found, due, at))
    return rows
