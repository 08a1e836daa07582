"""Until when a round of offers goes: its due time only moves later, and not once it is over.

Suppliers write, and sealed offers stay shut, by the time that they were told. Whoever could bring
it forward could open sealed offers early, and close a round that others still counted on.
"""

from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations.moving import note
from mungchi.common.errors import REFUSED_BY_DATABASE, Conflict, Invalid
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text


class OffersDueOnlyLater(Invalid):
    """Suppliers plan by the due time that they were told."""

    code = "offers_due_only_later"
    field = "offers_due_at"
    message = Text(
        ko="제안 모집이 시작된 뒤에는 제안 마감을 뒤로 늦출 수만 있습니다.",
        en="Once offers are being asked for, the time at which they are due can only be moved to a "
        "later one.",
    )


class OffersDueFixed(Conflict):
    """The round is over: offers are due, or one has been chosen."""

    code = "offers_due_fixed"
    message = Text(
        ko="제안 마감이 지났거나 이미 낙찰했으므로 제안 마감을 바꿀 수 없습니다.",
        en="Offers are due already or one has been awarded, so this time can no longer be moved.",
    )


REFUSED_BY_DATABASE["offers_are_due_only_later"] = OffersDueOnlyLater


def check_due_moves(campaign: Campaign, before: datetime | None, at: datetime) -> None:
    """Check that the due time of a campaign in sourcing may become what is set on it now.

    A round without a due time may be given one. Raises OffersDueFixed, OffersDueOnlyLater.
    """
    after = campaign.offers_due_at
    if after == before or campaign.state != "sourcing":
        return
    if campaign.awarded_offer_id is not None or (before is not None and before <= at):
        raise OffersDueFixed
    if before is not None and (after is None or after < before):
        raise OffersDueOnlyLater


def tell_due(campaign: Campaign, before: datetime | None, *, actor: Actor, at: datetime) -> None:
    """Write down that a round's due time has moved, so that its suppliers are told."""
    after = campaign.offers_due_at
    if after == before or campaign.state != "sourcing":
        return
    note(campaign, kind="offers_due_moved", actor=actor, at=at, data={
        "before": before.isoformat() if before else "",
        "after": after.isoformat() if after else "",
    })  # fmt: skip
    wake_pipeline()


def round_open(campaign: Campaign, at: datetime) -> bool:
    """Whether offers are taken and revised: until they are due, and until one is awarded."""
    due = campaign.offers_due_at
    return (
        campaign.state == "sourcing"
        and campaign.awarded_offer_id is None
        and (due is None or at < due)
    )
