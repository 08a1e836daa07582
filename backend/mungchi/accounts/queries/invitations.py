"""Who is invited to which seat, and what a key is worth."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Seat, SeatInvitation, User
from mungchi.accounts.queries.people import is_unrepresented, seat_there, stands
from mungchi.common.errors import NotFound
from mungchi.common.text import Text


class InvitationDead(NotFound):
    """Unknown, used, revoked or too late: one answer for all, which tells nothing."""

    code = "invitation_dead"
    message = Text(
        ko="사용할 수 없는 초대입니다. 기한이 지났거나, 이미 사용되었거나, 취소되었을 수 있습니다. "
        "보내신 분께 다시 요청해 주십시오.",
        en="This invitation cannot be used. It may have expired, been used or been withdrawn. "
        "Please ask whoever sent it for another.",
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """What a living key offers, and what it is to the person who shows it.

    standing: "open" (may accept, once signed in), "other_address" (it went to another address),
    "seated" (has a seat there already), "accepted" (by this very person).
    """

    invitation: SeatInvitation
    standing: str


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def invitations_visible_to(actor: Actor) -> QuerySet[SeatInvitation]:
    """Pending invitations (in time or not) that the actor's place has sent."""
    rows = SeatInvitation.objects.filter(state="pending").select_related(
        "firm", "cooperative", "host", "invited_by", "letter"
    )
    if actor.is_office:
        return rows.filter(Q(cooperative_id=actor.cooperative_id) | Q(host_id=actor.cooperative_id))
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id, host__isnull=True)
    return rows.none()


def is_alive(row: SeatInvitation, at: datetime) -> bool:
    """Whether an invitation can be accepted now.

    Not only its own state counts: whoever sent it must still be entitled to send it, and a firm
    whose owner an office invites must still have nobody.
    """
    if row.state != "pending" or row.expires_at <= at:
        return False
    office = row.host_id or row.cooperative_id
    entitled = Seat.objects.filter(
        user_id=row.invited_by_id,
        user__is_active=True,
        role="coordinator" if office else "owner",
        cooperative_id=office,
        firm_id=None if office else row.firm_id,
    )
    if not entitled.exists():
        return False
    if row.host_id is None or row.firm_id is None:
        return True
    return stands(row.host_id, row.firm_id) and is_unrepresented(row.firm_id)


def has_verified(user: User, email: str) -> bool:
    """Whether the address is the person's, and proven."""
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()


def offered_by(key: str, *, user: User | None, at: datetime) -> Offered:
    """What a key offers to a person, or to somebody who is not signed in (None).

    Raises InvitationDead.
    """
    row = (
        SeatInvitation.objects.select_related("firm", "cooperative", "host", "invited_by")
        .filter(key_hash=digest_of(key))
        .first()
    )
    if row is None:
        raise InvitationDead
    there = user and seat_there(user, firm_id=row.firm_id, cooperative_id=row.cooperative_id)
    if row.state == "accepted" and user and row.accepted_by_id == user.pk and there:
        return Offered(row, "accepted")
    if not is_alive(row, at):
        raise InvitationDead
    if user and row.email and not has_verified(user, row.email):
        return Offered(row, "other_address")
    return Offered(row, "seated" if there else "open")
