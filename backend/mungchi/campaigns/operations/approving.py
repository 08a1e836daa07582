"""An owner approves or declines what waits; at the deadline what is left falls out."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.reminding import reminder_at
from mungchi.campaigns.models import ApprovalRequest, Campaign
from mungchi.campaigns.operations import asking, commitments, planning
from mungchi.campaigns.operations.agreeing import check_read
from mungchi.campaigns.operations.entering import way_in
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text

# An extension by less than this is not reminded of once more.
REMIND_AGAIN: Final = timedelta(hours=48)


class NoLongerWaits(Conflict):
    """It was decided, taken back, or replaced by another request."""

    code = "no_longer_waits"
    message = Text(
        ko="이미 처리되었거나 내용이 바뀐 승인 요청입니다. 화면을 새로 고쳐 주십시오.",
        en="This request has been decided, or was replaced by another. Please reload the page.",
    )


def approve_commitment(*, actor: Actor, request_id: UUID) -> ApprovalRequest:
    """An owner approves: the firm is bound from now on. Again: changes nothing.

    It arrives in the campaign now, by today's rules for joining. Raises NotFound, NoLongerWaits,
    OfferChanged where the offer has become worse for it since it was asked for, CampaignNotOpen,
    DeadlineOver, NotAMember, OwnOffer.
    """
    with transaction.atomic():
        found = _own(actor, request_id)
        campaign, at = commitments.hold(found.campaign_id)
        through = way_in(found.firm_id, campaign, found.cooperative_id)
        row = _locked(found.pk)
        if row.state == "approved":
            return row
        if row.state != "waiting":
            raise NoLongerWaits
        commitments.check_may_join(campaign, through, at)
        check_read(campaign, row.terms_version, asking.wanted_of(row))
        held = commitments.locked_row(campaign, row.firm_id)
        plan = planning.plan_beside(held)
        wanted = asking.wanted_of(row)
        made = commitments.place(campaign, through, wanted, held, actor=actor, at=at)
        planning.keep_plan(made, wanted, plan, actor=actor, at=at)
        asking.end(row, "approved", kind="approval_given", actor=actor, at=at)
        wake_pipeline()
        return row


def decline_commitment(*, actor: Actor, request_id: UUID, why: str) -> ApprovalRequest:
    """An owner says no, and why; what the firm was bound to before stays. Again: changes nothing.

    Raises NotFound, NoLongerWaits.
    """
    return _end(actor, request_id, "declined", kind="approval_declined", why=why)


def withdraw_request(*, actor: Actor, request_id: UUID) -> ApprovalRequest:
    """The firm's people take a request back. Again: changes nothing. Raises NotFound,
    NoLongerWaits."""
    return _end(actor, request_id, "withdrawn", kind="approval_withdrawn")


def _end(actor: Actor, request_id: UUID, to: str, *, kind: str, why: str = "") -> ApprovalRequest:
    with transaction.atomic():
        row = _locked(_own(actor, request_id).pk)
        if row.state == to:
            return row
        if row.state != "waiting":
            raise NoLongerWaits
        asking.end(row, to, kind=kind, actor=actor, at=clock.now(), why=why)
        wake_pipeline()
        return row


def lapse_approval(*, request_id: UUID) -> int:
    """What still waits when its campaign takes no more commitments falls out."""
    with transaction.atomic():
        row = _locked(request_id)
        campaign = Campaign.objects.get(pk=row.campaign_id)
        if row.state != "waiting" or campaign.state == "open":
            return 0
        asking.end(row, "lapsed", kind="approval_lapsed", actor=SYSTEM, at=clock.now())
        return 1


def remind_of_approval(*, request_id: UUID) -> int:
    """Write down that something still waits near its deadline (domain.reminding); again only after
    a long extension."""
    with transaction.atomic():
        row = _locked(request_id)
        campaign = Campaign.objects.get(pk=row.campaign_id)
        at = clock.now()
        closes: datetime | None = campaign.closes_at
        if row.state != "waiting" or campaign.state != "open" or closes is None or closes <= at:
            return 0
        due = reminder_at(row.asked_at, closes)
        if due is None or at < due:
            return 0
        if row.reminded_at is not None and row.reminded_at >= closes - REMIND_AGAIN:
            return 0
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        record(row, kind="approval_still_waits", actor=SYSTEM, at=at, firm_id=row.firm_id,
               data=asking.figures(row))  # fmt: skip
        return 1


def _own(actor: Actor, request_id: UUID) -> ApprovalRequest:
    row = queries.approvals_visible_to(actor).filter(pk=request_id).first()
    if row is None:
        raise NotFound
    return row


def _locked(pk: UUID) -> ApprovalRequest:
    rows = ApprovalRequest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "campaign__host", "campaign__item__category", "cooperative", "asked_by"
    ).get(pk=pk)
