"""A second coordinator answers what another may not decide alone; who asked may take it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import DECISION
from mungchi.campaigns.models import Campaign, Decision
from mungchi.campaigns.operations.closing import close_now
from mungchi.campaigns.operations.deciding import answer
from mungchi.campaigns.operations.following import fail_campaign
from mungchi.campaigns.operations.holding import go_on
from mungchi.campaigns.operations.offers import choose
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import MoveNotDeclared
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text


class NotTheSecond(Conflict):
    """Who asked, or whose own firm is concerned too, cannot be the second coordinator."""

    code = "not_the_second"
    message = Text(
        ko="결정을 요청한 담당자나, 소속 기업이 이 공동구매에 관련된 담당자는 확인할 수 "
        "없습니다. 다른 담당자가 확인해야 합니다.",
        en="Neither who asked nor a coordinator whose own firm is concerned can confirm this. "
        "Another coordinator has to.",
    )


class NotTheAsker(Conflict):
    """Only who asked takes it back; others refuse."""

    code = "not_the_asker"
    message = Text(
        ko="요청한 담당자만 거둘 수 있습니다.",
        en="Only the coordinator who asked can take it back.",
    )


def confirm_decision(*, actor: Actor, decision_id: UUID) -> Campaign:
    """The second coordinator confirms: what was decided is done, by its name.

    Confirmed before: changes nothing. Raises NotFound, NotTheSecond, MoveNotDeclared, and what
    awarding, closing and deciding about the rest raise.
    """
    with transaction.atomic():
        campaign, row, at = _waiting(actor, decision_id)
        if row.state == "confirmed":
            return campaign
        _check_second(actor, campaign, row)
        answer(row, "confirmed", actor=actor, at=at, campaign=campaign)
        if row.kind == "award":
            choose(campaign, row.offer, actor=actor, at=at, reason=row.reason)
        elif row.kind == "close":
            close_now(campaign, actor=actor, at=at)
        elif row.kind == "fail":
            fail_campaign(actor=actor, campaign_id=campaign.pk, why=row.reason)
        elif row.kind == "less":
            # What comes of it is the orders': their stage takes it from here.
            wake_pipeline()
        else:
            go_on(campaign, row.kind, actor=actor, at=at, reason=row.reason)
        return campaign


def refuse_decision(*, actor: Actor, decision_id: UUID, why: str) -> Campaign:
    """The second coordinator refuses, with a reason. Refused before: changes nothing.

    Raises NotFound, NotTheSecond, MoveNotDeclared.
    """
    with transaction.atomic():
        campaign, row, at = _waiting(actor, decision_id)
        if row.state == "refused":
            return campaign
        _check_second(actor, campaign, row)
        answer(row, "refused", actor=actor, at=at, campaign=campaign, why=why)
        return campaign


def withdraw_decision(*, actor: Actor, decision_id: UUID) -> Campaign:
    """Who asked takes it back. Taken back before: changes nothing. Raises NotFound, NotTheAsker."""
    with transaction.atomic():
        campaign, row, at = _waiting(actor, decision_id)
        if row.state == "withdrawn":
            return campaign
        if row.asked_by_id != actor.user_id:
            raise NotTheAsker
        answer(row, "withdrawn", actor=actor, at=at, campaign=campaign)
        return campaign


def _waiting(actor: Actor, decision_id: UUID) -> tuple[Campaign, Decision, datetime]:
    """Lock the campaign of a decision of the actor's office; the decision as it is then."""
    found = Decision.objects.filter(pk=decision_id).first()
    if found is None:
        raise NotFound
    campaign = queries.locked_by_host(actor, found.campaign_id)
    return campaign, Decision.objects.select_related("offer").get(pk=decision_id), clock.now()


def _check_second(actor: Actor, campaign: Campaign, row: Decision) -> None:
    if row.state != "waiting":
        raise MoveNotDeclared(DECISION, row.state)
    if row.asked_by_id == actor.user_id or queries.is_involved(actor.user_id, campaign.pk):
        raise NotTheSecond
