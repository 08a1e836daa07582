"""What a buyer asks for above its firm's approval limit waits, beside what binds the firm.

Commitments alone count, clear and are seen by offices. So nothing that waits needs to be left out
anywhere: it is not there before an owner has approved it (see operations.approving).
"""

from datetime import datetime
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.states import APPROVAL
from mungchi.campaigns.domain.wanted import ToApprove, Wanted
from mungchi.campaigns.models import ApprovalRequest, Campaign
from mungchi.campaigns.operations.entering import Through
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.money import plain


def locked_waiting(campaign: Campaign, firm_id: UUID | None) -> ApprovalRequest | None:
    """Lock what of a firm waits for approval in a campaign."""
    rows = ApprovalRequest.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(campaign=campaign, firm_id=firm_id, state="waiting").first()


def ask(
    campaign: Campaign,
    through: Through,
    wanted: Wanted,
    to_approve: ToApprove,
    waiting: ApprovalRequest | None,
    *,
    actor: Actor,
    at: datetime,
) -> ApprovalRequest:
    """Let it wait; what waited before is taken back, unless it is the same."""
    if waiting is not None:
        if (
            wanted_of(waiting) == wanted
            and waiting.cooperative_id == through.cooperative.pk
            and waiting.terms_version == campaign.terms_version
        ):
            return waiting
        take_back(waiting, actor=actor, at=at)
    row = ApprovalRequest(
        campaign=campaign,
        firm=through.firm,
        cooperative=through.cooperative,
        quantity=wanted.quantity,
        tolerance=wanted.tolerance,
        minimum=wanted.minimum,
        price_limit=wanted.price_limit,
        parts=list(wanted.parts),
        tolerance_to=wanted.tolerance_to,
        deliver_to=wanted.deliver_to,
        plan_b=wanted.plan_b,
        alternative_id=wanted.alternative,
        value=to_approve.value,
        limit=to_approve.limit,
        asked_by_id=actor.user_id,
        asked_at=at,
        terms_version=campaign.terms_version,
    )
    row.save(force_insert=True)
    # In no trail of the campaign, which its host reads: what waits is the firm's own.
    record(row, kind="approval_waits", actor=actor, at=at, moved=("", "waiting"),
           firm_id=row.firm_id, data=figures(row))  # fmt: skip
    wake_pipeline()
    return row


def take_back(row: ApprovalRequest, *, actor: Actor, at: datetime) -> None:
    """End a locked request: the firm says something else now, or nothing."""
    end(row, "withdrawn", kind="approval_withdrawn", actor=actor, at=at)


def end(
    row: ApprovalRequest, to: str, *, kind: str, actor: Actor, at: datetime, why: str = ""
) -> None:
    """Move a locked request out of waiting."""
    row.decided_by_id, row.decided_at, row.why = actor.user_id, at, why
    set_state(row, to, machine=APPROVAL, kind=kind, actor=actor, at=at, why=why,
              also=("decided_by", "decided_at", "why"), firm_id=row.firm_id,
              data=figures(row))  # fmt: skip


def wanted_of(row: ApprovalRequest) -> Wanted:
    """What was asked for."""
    return Wanted(row.quantity, row.tolerance, row.minimum, row.price_limit, row.plan_b,
                  row.alternative_id, tuple(row.parts), row.tolerance_to,
                  row.deliver_to)  # fmt: skip


def figures(row: ApprovalRequest) -> dict[str, object]:
    """What was asked for, for the history."""
    limit = row.price_limit
    return {
        "campaign": str(row.campaign_id),
        "quantity": row.quantity,
        "tolerance": row.tolerance,
        "minimum": row.minimum,
        "price_limit": None if limit is None else plain(limit),
        "value": row.value,
        **({"parts": row.parts, "tolerance_to": row.tolerance_to} if row.parts else {}),
        **({"deliver_to": row.deliver_to} if row.deliver_to else {}),
    }
