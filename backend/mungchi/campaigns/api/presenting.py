"""A campaign as one seat sees it: what its page shows besides its own columns."""

from datetime import datetime
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from mungchi.accounts.access import Actor, actor_of
from mungchi.accounts.domain.permissions import may
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.campaigns import queries
from mungchi.campaigns.api.serializers import CampaignSerializer
from mungchi.campaigns.domain.actions import Standpoint, possible
from mungchi.campaigns.models import ApprovalRequest, Campaign, ClearingRun, Offer
from mungchi.campaigns.references import told_reason
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.common.problems import language
from mungchi.common.text import Text


def seen_by(actor: Actor, pk: UUID) -> Campaign:
    """Load a campaign that this seat may see; raise NotFound."""
    campaign = queries.with_parts(queries.visible_to(actor)).filter(pk=pk).first()
    if campaign is None:
        raise NotFound
    return campaign


def seen_with_terms(actor: Actor, pk: UUID) -> Campaign:
    """Load a campaign of which this seat may know the chosen offer and what came of it; raise
    NotFound."""
    campaign = seen_by(actor, pk)
    if not queries.whose_terms_are_known(actor, [campaign]):
        raise NotFound
    return campaign


def page(request: Request, pk: UUID) -> Response:
    """The whole page of a campaign as a response."""
    actor = actor_of(request)
    campaign = seen_by(actor, pk)
    at = clock.now()
    queries.attach_standing([campaign], actor)
    known = bool(queries.whose_terms_are_known(actor, [campaign]))
    run = queries.told_run(campaign, actor) if known else None
    campaign.award = _award(campaign) if known else None
    campaign.commitment = queries.commitments_of(campaign.pk, actor.firm_id)
    if campaign.commitment is not None:
        campaign.commitment.campaign = campaign
    campaign.approval = _approval(campaign, actor)
    campaign.plan = queries.plan_of(campaign, actor)
    campaign.fees = queries.fees_for(campaign, actor, at, campaign.commitment)
    campaign.split = _split(campaign, actor)
    campaign.shareable = queries.shareable(campaign)
    open_now = campaign.state == "open"
    campaign.answer = queries.answer_of(campaign, campaign.commitment) if open_now else None
    campaign.can = actions(campaign, actor, at)
    campaign.outcome = _outcome(campaign, run, actor)
    campaign.deciding = queries.deciding_for(campaign, actor)
    campaign.clearing = run.pk if run else None
    campaign.now = at
    return Response(CampaignSerializer(campaign, context={"request": request}).data)


def actions(campaign: Campaign, actor: Actor, at: datetime) -> dict[str, bool]:
    """What this seat may do with the campaign now."""
    hosts = actor.cooperative_id == campaign.host_id and actor.is_office
    may_offer = queries.in_sourcing_for(actor).filter(pk=campaign.pk).exists()
    reached = actor.is_firm and _reached(campaign, actor)
    return possible(
        state=campaign.state,
        at=at,
        ends_at=campaign.ends_at,
        offers_due_at=campaign.offers_due_at,
        awarded=campaign.awarded_offer_id is not None,
        leads=campaign.overflow_of_id is None,
        who=Standpoint(
            hosts=hosts and may(actor.role, "campaigns.write"),
            inspects=hosts,
            deals=may(actor.role, "commitments.write"),
            may_offer=may_offer,
            may_withdraw=queries.withdrawable(campaign, actor, at),
            # Nor is it joined before its first has closed.
            reached=reached and not queries.first_is_open(campaign),
            shares=campaign.state == "open" and (reached or queries.may_share(actor, campaign)),
            shareable=campaign.shareable,
        ),
    )


def _reached(campaign: Campaign, actor: Actor) -> bool:
    if campaign.awarded_offer and campaign.awarded_offer.supplier_id == actor.firm_id:
        return False
    ids = cooperative_ids_of(actor)
    return queries.reached_by(campaign, ids, actor.firm_id) or queries.is_guest(
        campaign, actor.firm_id
    )


def with_unneeded(offers: list[Offer]) -> list[Offer]:
    """The same offers; the campaign of each knows whether it was not needed."""
    queries.attach_unneeded([offer.campaign for offer in offers])
    return offers


def _approval(campaign: Campaign, actor: Actor) -> ApprovalRequest | None:
    row = queries.latest_approval(campaign, actor)
    if row is not None:
        row.campaign = campaign
    return row


def _split(campaign: Campaign, actor: Actor) -> dict[str, object] | None:
    """Which part of a split award it is, and the other one."""
    other = queries.other_part(campaign, actor)
    if other is None:
        return None
    queries.attach_unneeded([other])
    return {"part": "first" if campaign.overflow_of_id is None else "second", "other": other}


def _award(campaign: Campaign) -> object:
    """The chosen offer, for whoever may know it."""
    if campaign.awarded_offer is not None:
        campaign.awarded_offer.campaign = campaign
    return campaign.awarded_offer


def _outcome(campaign: Campaign, run: ClearingRun | None, actor: Actor) -> dict[str, str] | None:
    if campaign.state in {"cancelled", "failed"}:
        told = (
            History.objects.filter(
                subject_id=campaign.pk, kind__in=["campaign_cancelled", "campaign_failed"]
            )
            .order_by("-id")
            .first()
        )
        if told is not None:
            why = Text(ko=told.why, en=told.data.get("why_en", told.why))
            return {"text": why.say(language())}
    if run is None:
        return None
    return {"text": told_reason(actor, campaign, run)}
