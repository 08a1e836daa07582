"""Moving a campaign from state to state: the one place where its history row is written."""

from datetime import datetime
from typing import Any

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.states import CAMPAIGN
from mungchi.campaigns.models import Campaign
from mungchi.common.history import record, set_state


def move(
    campaign: Campaign,
    to: str,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    also: tuple[str, ...] = (),
    why: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Move a locked campaign to `to`; raises MoveNotDeclared where that does not lead on."""
    set_state(
        campaign,
        to,
        machine=CAMPAIGN,
        kind=kind,
        actor=actor,
        at=at,
        also=also,
        why=why,
        data=data,
        thread=campaign.pk,
        cooperative_id=campaign.host_id,
    )


def note(
    campaign: Campaign,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    why: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Write an event of a campaign that leaves its state alone."""
    record(
        campaign,
        kind=kind,
        actor=actor,
        at=at,
        why=why,
        data=data,
        thread=campaign.pk,
        cooperative_id=campaign.host_id,
    )
