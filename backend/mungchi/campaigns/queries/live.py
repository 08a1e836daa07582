"""Where campaigns stand, for screens that stay open: one campaign for many who look at it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.campaigns.queries.standing import attach_asked, attach_standing, ladder_for
from mungchi.campaigns.queries.tables import buckets, served_now
from mungchi.campaigns.queries.visibility import (
    visible_to,
    whose_terms_are_known,
    with_parts,
    with_suppliers,
)

# The most campaigns that one screen follows.
MOST = 50


def standings(actor: Actor, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Where those of the campaigns stand that this seat may see; others are left out.

    Shapes as in `standing_to_many`; a constant number of queries.
    """
    rows = with_parts(visible_to(actor).filter(pk__in=ids))
    return [
        _standing(campaign, campaign.ladder, campaign.mine)
        for campaign in attach_standing(list(rows), actor)
    ]


def standing_to_many(campaign_id: UUID, actors: Iterable[Actor]) -> dict[Actor, dict[str, Any]]:
    """Where one campaign stands as each of these seats may see it.

    Four queries, one more where the offer has changed, one where a short capacity is not shared by
    the uniform rule, one for each office besides the host's, and
    three for each firm that was asked for an offer: however many look on. The caller has asked by
    `standings` whether they may see it at all. Nobody gets an answer when it is gone.
    """
    asking = set(actors)
    campaign = with_suppliers(with_parts(Campaign.objects.filter(pk=campaign_id))).first()
    if campaign is None:
        return {}
    if campaign.awarded_offer is None:
        return dict.fromkeys(asking, _standing(campaign, None, None))
    shut = _kept_from(campaign, asking)
    attach_asked([campaign])
    sums = buckets([campaign_id]).get(campaign_id, [])
    counts = served_now([campaign], {campaign_id: sums})
    firms = {actor.firm_id for actor in asking if actor.is_firm}
    own = {
        row.firm_id: row
        for row in Commitment.objects.filter(
            campaign_id=campaign_id, firm_id__in=firms, state="active"
        )
    }
    offices = {actor.cooperative_id for actor in asking if actor.is_office} - {campaign.host_id}
    ours = {one: buckets([campaign_id], through=one).get(campaign_id, []) for one in offices if one}
    # Most who look on have not committed: to all of them it stands the same.
    seen: dict[tuple[UUID | None, UUID | None], dict[str, Any]] = {}
    answers = {}
    for actor in asking:
        if actor in shut:
            answers[actor] = _standing(campaign, None, None)
            continue
        mine = own.get(actor.firm_id) if actor.firm_id else None
        key = (mine.pk if mine else None, actor.cooperative_id if actor.is_office else None)
        if key not in seen:
            known = ours.get(actor.cooperative_id, []) if actor.cooperative_id else []
            ladder = ladder_for(campaign, sums, actor, mine, known, counts)
            seen[key] = _standing(campaign, ladder, mine)
        answers[actor] = seen[key]
    return answers


def _kept_from(campaign: Campaign, asking: Iterable[Actor]) -> set[Actor]:
    """Those who may not know the chosen offer: before the opening, or as suppliers that offered."""
    doubtful = set(asking)
    if campaign.opened_at is not None:
        suppliers = {*campaign.asked_to_offer, *campaign.offered_by}
        doubtful = {actor for actor in doubtful if actor.firm_id in suppliers}
    return {one for one in doubtful if not whose_terms_are_known(one, [campaign])}


def _standing(
    campaign: Campaign, ladder: dict[str, Any] | None, mine: Commitment | None
) -> dict[str, Any]:
    return {
        "campaign": campaign.pk,
        "state": campaign.state,
        "closes_at": campaign.closes_at,
        "terms_version": campaign.terms_version,
        "fills_until": campaign.fills_until,
        "ladder": ladder,
        "committed_at": mine.accepted_at if mine else None,
    }
