"""Moving a change of an offer on: the one place where its history row is written."""

from datetime import datetime
from typing import Final
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.states import OFFER_CHANGE
from mungchi.campaigns.models import Campaign, OfferChange
from mungchi.common.history import set_state

KINDS: Final = {
    "accepted": "offer_change_accepted",
    "refused": "offer_change_refused",
    "withdrawn": "offer_change_withdrawn",
    "lapsed": "offer_change_lapsed",
}


def locked_change(change_id: UUID) -> OfferChange:
    """A change whose campaign is locked, as it is under that lock."""
    return OfferChange.objects.select_related("offer").get(pk=change_id)


def end_change(
    row: OfferChange,
    to: str,
    campaign: Campaign,
    *,
    actor: Actor,
    at: datetime,
    why: str = "",
    also: tuple[str, ...] = (),
) -> None:
    """Move a waiting change on; the campaign is locked. Raises MoveNotDeclared."""
    row.decided_by_id, row.decided_at = actor.user_id, at
    set_state(
        row,
        to,
        machine=OFFER_CHANGE,
        kind=KINDS[to],
        actor=actor,
        at=at,
        why=why,
        also=("decided_by", "decided_at", *also),
        thread=campaign.pk,
        cooperative_id=campaign.host_id,
        firm_id=row.offer.supplier_id,
        data={"worse": row.worse, "version": row.version},
    )


def lapse_changes(campaign: Campaign, *, actor: Actor, at: datetime) -> None:
    """What still waits when a locked campaign takes no more commitments is of no use any more."""
    for row in OfferChange.objects.filter(campaign=campaign, state="waiting"):
        end_change(locked_change(row.pk), "lapsed", campaign, actor=actor, at=at)
