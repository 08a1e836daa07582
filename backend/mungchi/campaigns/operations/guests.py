"""The host admits firms to one campaign that are members of no cooperative which it reaches."""

from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.accounts.operations import clean_business_number
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign, Commitment, Guest
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text


class GuestsNotTaken(Conflict):
    """Guests are admitted while a campaign that takes guests looks for offers or is open."""

    code = "guests_not_taken"
    message = Text(
        ko="지금은 이 공동구매에 손님 기업을 받을 수 없습니다.",
        en="This campaign takes no guests now.",
    )


class GuestUnknown(Invalid):
    """No firm has registered with this number."""

    code = "guest_unknown"
    field = "business_number"
    message = Text(
        ko="이 번호로 등록한 기업이 없습니다. 먼저 뭉치에 기업을 등록하도록 안내해 주십시오.",
        en="No firm has registered with this number. Please ask it to register first.",
    )


class GuestReached(Invalid):
    """A member of a cooperative that the campaign reaches needs no admission."""

    code = "guest_reached"
    field = "business_number"
    message = Text(
        ko="이미 이 공동구매에 참여할 수 있는 조합원사입니다.",
        en="This firm is a member of a cooperative that the campaign reaches already.",
    )


class GuestCommitted(Conflict):
    """A guest who has committed stays until it withdraws."""

    code = "guest_committed"
    message = Text(
        ko="이미 참여한 손님 기업입니다. 그 기업이 참여를 거둔 뒤에 뺄 수 있습니다.",
        en="This guest has committed. It can be taken off once it withdraws.",
    )


def admit_guest(*, actor: Actor, campaign_id: UUID, business_number: str) -> Guest:
    """The host admits a registered firm by its number. Again: changes nothing.

    Raises NotFound, GuestsNotTaken, BusinessNumberWrong, GuestUnknown, GuestReached.
    """
    number = clean_business_number(business_number)
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if not campaign.takes_guests or campaign.state not in {"sourcing", "open"}:
            raise GuestsNotTaken
        # Firms that came out of a purchase history have nobody who could commit.
        firm = Firm.objects.filter(business_number=number, seats__isnull=False).first()
        if firm is None:
            raise GuestUnknown
        cooperatives = firm.memberships.filter(state__in=["active", "suspended"])
        ids = list(cooperatives.values_list("cooperative_id", flat=True))
        if queries.reached_by(campaign, ids, firm.pk):
            raise GuestReached
        at = clock.now()
        row = Guest.objects.filter(campaign=campaign, firm=firm).first()
        if row is not None and row.removed_at is None:
            return row
        row = row or Guest(campaign=campaign, firm=firm)
        row.admitted_at, row.removed_at = at, None
        row.save()
        _record(row, campaign, actor, kind="guest_admitted")
        wake_pipeline()
        return row


def remove_guest(*, actor: Actor, guest_id: UUID) -> None:
    """The host takes a guest off that has not committed. Again: changes nothing.

    Raises NotFound, GuestCommitted.
    """
    with transaction.atomic():
        found = Guest.objects.filter(pk=guest_id).first()
        if found is None:
            raise NotFound
        campaign = queries.locked_by_host(actor, found.campaign_id)
        row = Guest.objects.select_related("firm").get(pk=guest_id)
        if row.removed_at is not None:
            return
        if Commitment.objects.filter(campaign=campaign, firm=row.firm, state="active").exists():
            raise GuestCommitted
        row.removed_at = clock.now()
        row.save(update_fields=["removed_at"])
        _record(row, campaign, actor, kind="guest_removed")


def _record(row: Guest, campaign: Campaign, actor: Actor, *, kind: str) -> None:
    record(
        row, kind=kind, actor=actor, at=clock.now(), thread=campaign.pk,
        cooperative_id=campaign.host_id, firm_id=row.firm_id, data={"firm": row.firm.name},
    )  # fmt: skip
