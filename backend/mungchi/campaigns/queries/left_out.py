"""Those whom a campaign gave nothing, as their office may ask them again."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.accounts.queries import left_alone
from mungchi.campaigns.models import AskedAgain, Campaign, ClearingLine, Guest, PlanBResult
from mungchi.campaigns.queries.visibility import latest_run
from mungchi.demand.models import Need, Pool, ProposedNeed

# When a clearing, and perhaps its failure afterwards, is behind it.
OVER: Final = ("settling", "ordered", "delivering", "completed", "failed")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How it stands with an office's members whom a campaign left out.

    firms: how many got nothing. askable: those who can be asked again now. left_alone: those who
    could be, but have asked the office to leave them alone. asked, and of those
    accepted, dismissed, waiting; the others did not answer in time. pool: where what they state
    gathers, if anything does.
    """

    firms: int
    askable: int
    left_alone: int
    asked: int
    accepted: int
    dismissed: int
    waiting: int
    pool: Pool | None


def got_nothing(actor: Actor, campaign: Campaign) -> list[ClearingLine]:
    """The lines of an office's own members to whom a campaign gave nothing, whoever hosts it: of
    its last clearing, and all of one that failed after that. Not who did not pay, nor guests."""
    run = latest_run(campaign) if campaign.state in OVER else None
    if run is None or not actor.is_office:
        return []
    lines = ClearingLine.objects.filter(run=run, cooperative_id=actor.cooperative_id)
    if campaign.state != "failed":
        lines = lines.filter(awarded=0)
    guest = Guest.objects.filter(campaign=campaign, firm_id=OuterRef("firm_id"))
    return list(lines.exclude(Exists(guest)).exclude(verdict="lapsed").order_by("arrival"))


@dataclass(frozen=True, slots=True)
class Askable:
    """Lines of those who can be asked, and how many more want to be left alone."""

    lines: list[ClearingLine]
    left_alone: int


def askable(actor: Actor, campaign: Campaign) -> Askable:
    """Of those who can be asked whether they still need it: active members who state no need for
    it, have not been proposed one that waits, were not asked for this campaign before, whose
    plan B has not led them elsewhere, and who have not asked the office to leave them alone."""
    lines = got_nothing(actor, campaign)
    if not lines or actor.cooperative_id is None:
        return Askable([], 0)
    firms = [line.firm_id for line in lines]
    members = set(
        Membership.objects.filter(
            cooperative_id=actor.cooperative_id, firm_id__in=firms, state="active"
        ).values_list("firm_id", flat=True)
    )
    free = members - _settled(actor, campaign, firms)
    quiet = left_alone(actor.cooperative_id, free)
    return Askable([line for line in lines if line.firm_id in free - quiet], len(quiet))


def _settled(actor: Actor, campaign: Campaign, firms: list[UUID]) -> set[UUID]:
    here = {"cooperative_id": actor.cooperative_id, "item_id": campaign.item_id}
    asked = AskedAgain.objects.filter(campaign=campaign, cooperative_id=actor.cooperative_id)
    rows = (
        Need.objects.filter(**here, firm_id__in=firms, state__in=["open", "in_campaign"]),
        ProposedNeed.objects.filter(**here, firm_id__in=firms, state="open"),
        ProposedNeed.objects.filter(asked_again__in=asked),
        PlanBResult.objects.filter(plan__campaign=campaign, firm_id__in=firms, outcome="joined"),
    )
    return {firm for each in rows for firm in each.values_list("firm_id", flat=True)}


def left_out_of(actor: Actor, campaign: Campaign) -> LeftOut:
    """How it stands with those of this office: ten queries at most."""
    counts = AskedAgain.objects.filter(
        campaign=campaign, cooperative_id=actor.cooperative_id
    ).aggregate(
        asked=Count("id"),
        **{
            state: Count("id", filter=Q(proposal__state=state))
            for state in ("accepted", "dismissed", "open")
        },
    )
    pool = Pool.objects.filter(
        cooperative_id=actor.cooperative_id, item_id=campaign.item_id, state="open"
    )
    open_to = askable(actor, campaign)
    return LeftOut(
        firms=len(got_nothing(actor, campaign)),
        askable=len(open_to.lines),
        left_alone=open_to.left_alone,
        asked=counts["asked"],
        accepted=counts["accepted"],
        dismissed=counts["dismissed"],
        waiting=counts["open"],
        pool=pool.first() if counts["accepted"] else None,
    )
