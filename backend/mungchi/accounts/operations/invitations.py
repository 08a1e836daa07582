"""Inviting people to seats: by e-mail, or by a link that the inviter hands on.

The key (256 random bits) is shown or mailed once and kept only as its hash. It works once, for
DAYS, and only for as long as whoever sent it may still invite there.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.domain.permissions import ROLE_WORDS
from mungchi.accounts.domain.roles import roles_beside
from mungchi.accounts.domain.states import SEAT_INVITATION
from mungchi.accounts.models import Cooperative, Firm, Letter, Seat, SeatInvitation, User
from mungchi.accounts.operations.letters import Said, write_words
from mungchi.accounts.queries import people
from mungchi.accounts.queries.invitations import (
    InvitationDead,
    digest_of,
    has_verified,
    invitations_visible_to,
    is_alive,
)
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record, set_state
from mungchi.common.text import Text

DAYS: Final = 7
KEY_BYTES: Final = 32
# So that nobody's mailbox can be filled from here.
LETTERS_A_DAY: Final = 5


class ForAnotherAddress(Conflict):
    """The invitation went to an address that is not, or not verified as, this person's."""

    code = "invitation_for_another"
    message = Text(
        ko="{email} 주소로 보낸 초대입니다. 그 이메일로 로그인해 주십시오.",
        en="This invitation was sent to {email}. Please sign in with that address.",
    )


class AlreadyThere(Conflict):
    """The person has a seat at this place."""

    code = "already_there"
    message = Text(
        ko="이미 이곳에 소속되어 있습니다. 역할은 사람 목록에서 바꿀 수 있습니다.",
        en="This person has a seat here already. The role can be changed in the list of people.",
    )


class AlreadyInvited(Conflict):
    """An invitation to this address waits; it can be sent again."""

    code = "already_invited"
    message = Text(
        ko="이 주소로 보낸 초대가 있습니다. 목록에서 다시 보내 주십시오.",
        en="This address is invited already. Please send it again from the list.",
    )


class RoleNotInvited(Invalid):
    """The actor cannot invite people in this role."""

    code = "role_not_invited"
    field = "role"
    message = Text(
        ko="이 역할로는 초대할 수 없습니다.", en="You cannot invite people in this role."
    )


class FirmNotToInviteTo(Invalid):
    """Not a member firm of this office that nobody represents."""

    code = "firm_not_to_invite_to"
    field = "firm"
    message = Text(
        ko="대표가 아직 없는 조합원사만 사무국이 초대할 수 있습니다.",
        en="An office invites the owner of a member firm only while nobody represents that firm.",
    )


class TooManyLetters(Conflict):
    """The address has had enough letters from here today."""

    status = 429
    code = "too_many_letters"
    message = Text(
        ko="이 주소로 오늘 보낼 수 있는 초대 메일을 모두 보냈습니다. 내일 다시 보내거나 링크를 "
        "건네주십시오.",
        en="This address has had as many invitations today as may be sent. Try again tomorrow, or "
        "hand over a link.",
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation on its way; `link` is there once, and only when no e-mail carries it."""

    invitation: SeatInvitation
    link: str


INVITED = Said(
    kind="seat_invitation",
    subject=Text(ko="{place}에 초대합니다", en="You are invited to {place}"),
    lines=(
        Text(
            ko="{who}님이 뭉치에서 {place}에 {role} 역할로 초대합니다.",
            en="{who} invites you to {place} on Mungchi, as {role}.",
        ),
        Text(
            ko="아래 주소를 열어 내용을 확인하고 수락해 주십시오. {days}일 안에 한 번 사용할 수 "
            "있습니다. 모르는 초대라면 이 메일을 무시하셔도 됩니다.",
            en="Open this address to see what it is about, and accept. It works once, within "
            "{days} days. If this means nothing to you, you need do nothing.",
        ),
    ),
    button=Text(ko="초대 확인하기", en="See the invitation"),
)


def link_to(key: str) -> str:
    """The address that carries a key."""
    return f"{settings.PUBLIC_URL}/invitation/{key}"


def invite(*, actor: Actor, role: str, email: str = "", firm_id: UUID | None = None) -> Sent:
    """Invite somebody to the actor's place, or an office the owner of one of its member firms.

    Without an e-mail the link comes back, to be handed on. Raises RoleNotInvited,
    FirmNotToInviteTo, AlreadyThere, AlreadyInvited, TooManyLetters.
    """
    email = email.strip().lower()
    for_firm = actor.is_office and firm_id is not None
    allowed = {"owner"} if for_firm else roles_beside(actor.role)
    if role not in allowed:
        raise RoleNotInvited
    if firm_id is not None and not actor.is_office and firm_id != actor.firm_id:
        raise FirmNotToInviteTo
    firm = firm_id if for_firm else actor.firm_id
    office = None if for_firm else actor.cooperative_id
    with transaction.atomic():
        if for_firm and not people.stands(actor.cooperative_id, firm):  # type: ignore[arg-type]
            raise FirmNotToInviteTo
        place = people.lock_place(firm_id=firm, cooperative_id=office)
        if for_firm and not people.is_unrepresented(place.pk):
            raise FirmNotToInviteTo
        _refuse_doubles(email, firm, office)
        at = clock.now()
        row = SeatInvitation(
            firm_id=firm,
            cooperative_id=office,
            host_id=actor.cooperative_id if for_firm else None,
            role=role,
            email=email,
            invited_by_id=actor.user_id,
            created_at=at,
        )
        key = _give_key(row, at)
        row.save(force_insert=True)
        sent = _dispatch(row, key, actor)
        _record(row, actor, "seat_invited", at)
        return sent


def resend_invitation(*, actor: Actor, invitation_id: UUID) -> Sent:
    """Send an invitation again, with a new key and a new term; the old key is worth nothing.

    Raises NotFound, TooManyLetters.
    """
    with transaction.atomic():
        row = _locked(actor, invitation_id)
        at = clock.now()
        row.invited_by_id = actor.user_id  # type: ignore[assignment]
        key = _give_key(row, at)
        row.save(update_fields=["key_hash", "expires_at", "invited_by"])
        sent = _dispatch(row, key, actor)
        _record(row, actor, "seat_invitation_resent", at)
        return sent


def revoke_invitation(*, actor: Actor, invitation_id: UUID) -> None:
    """Withdraw an invitation. Raises NotFound, also for one that was accepted or withdrawn."""
    with transaction.atomic():
        _revoke(_locked(actor, invitation_id), actor)


def revoke_all(rows: QuerySet[SeatInvitation], *, actor: Actor) -> None:
    """Withdraw pending invitations, in the transaction that ends the right to send them."""
    for row in rows.select_for_update(no_key=True):
        _revoke(row, actor)


def accept_invitation(*, user: User, key: str) -> Seat:
    """Take the seat that a key offers; the same person again gets the same seat.

    Raises InvitationDead, ForAnotherAddress, AlreadyThere.
    """
    with transaction.atomic():
        seen = SeatInvitation.objects.filter(key_hash=digest_of(key)).first()
        if seen is None:
            raise InvitationDead
        people.lock_place(firm_id=seen.firm_id, cooperative_id=seen.cooperative_id)
        row = SeatInvitation.objects.select_for_update(no_key=True).get(pk=seen.pk)
        there = people.seat_there(user, firm_id=row.firm_id, cooperative_id=row.cooperative_id)
        if row.state == "accepted" and row.accepted_by_id == user.pk and there is not None:
            return there
        at = clock.now()
        # Another key may have taken this one's place while the lock was waited for.
        if row.key_hash != seen.key_hash or not is_alive(row, at):
            raise InvitationDead
        if row.email and not has_verified(user, row.email):
            raise ForAnotherAddress(email=row.email)
        if there is not None:
            raise AlreadyThere
        seat = Seat.objects.create(
            user=user, role=row.role, firm_id=row.firm_id, cooperative_id=row.cooperative_id,
            created_at=at,
        )  # fmt: skip
        row.accepted_by, row.accepted_at = user, at
        set_state(
            row,
            "accepted",
            machine=SEAT_INVITATION,
            kind="seat_invitation_accepted",
            actor=actor_for(seat),
            at=at,
            also=("accepted_by", "accepted_at"),
            firm_id=row.firm_id,
            cooperative_id=row.cooperative_id or row.host_id,
            data={"seat": str(seat.pk), "role": seat.role},
        )
        return seat


def _refuse_doubles(email: str, firm: UUID | None, office: UUID | None) -> None:
    if not email:
        return
    if Seat.objects.filter(user__email=email, firm_id=firm, cooperative_id=office).exists():
        raise AlreadyThere
    pending = SeatInvitation.objects.filter(
        email=email, firm_id=firm, cooperative_id=office, state="pending"
    )
    if pending.exists():
        raise AlreadyInvited


def _give_key(row: SeatInvitation, at: datetime) -> str:
    key = secrets.token_urlsafe(KEY_BYTES)
    row.key_hash = digest_of(key)
    row.expires_at = at + timedelta(days=DAYS)
    return key


def _dispatch(row: SeatInvitation, key: str, actor: Actor) -> Sent:
    """Mail the key, or hand it back where there is no address."""
    if not row.email:
        return Sent(row, link_to(key))
    at = clock.now()
    today = Letter.objects.filter(
        recipient=row.email, kind=INVITED.kind, created_at__gt=at - timedelta(days=1)
    )
    if today.count() >= LETTERS_A_DAY:
        raise TooManyLetters
    known = User.objects.filter(email=row.email).first() or User.objects.get(pk=actor.user_id)
    row.letter = write_words(
        INVITED,
        recipient=row.email,
        language=known.language,
        link=link_to(key),
        who=_sender(row, actor),
        place=_named(row),
        role=ROLE_WORDS[row.role],
        days=DAYS,
    )
    row.save(update_fields=["letter"])
    return Sent(row, "")


def _sender(row: SeatInvitation, actor: Actor) -> Text:
    """The inviter, and the office in whose name a firm's owner is invited."""
    who = Text(ko=actor.user_name, en=actor.user_name)
    if row.host is None:
        return who
    name = Text(ko=row.host.name, en=row.host.name_en or row.host.name)
    return Text(ko="{host} {who}", en="{who} ({host})").format(who=who, host=name)


def _named(row: SeatInvitation) -> Text:
    place: Firm | Cooperative | None = row.firm or row.cooperative
    assert place is not None  # noqa: S101 - a constraint says that there is one
    return Text(ko=place.name, en=getattr(place, "name_en", "") or place.name)


def _locked(actor: Actor, pk: UUID) -> SeatInvitation:
    """Lock a pending invitation of the actor's place."""
    row = (
        invitations_visible_to(actor)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _revoke(row: SeatInvitation, actor: Actor) -> None:
    set_state(
        row,
        "revoked",
        machine=SEAT_INVITATION,
        kind="seat_invitation_revoked",
        actor=actor,
        at=clock.now(),
        firm_id=row.firm_id,
        cooperative_id=row.cooperative_id or row.host_id,
        data=_said(row),
    )


def _record(row: SeatInvitation, actor: Actor, kind: str, at: datetime) -> None:
    record(
        row,
        kind=kind,
        actor=actor,
        at=at,
        moved=("", row.state) if kind == "seat_invited" else ("", ""),
        firm_id=row.firm_id,
        cooperative_id=row.cooperative_id or row.host_id,
        data=_said(row),
    )


def _said(row: SeatInvitation) -> dict[str, str]:
    """No address: a history is kept for ever, the row can be erased."""
    return {"role": row.role, "by": "e-mail" if row.email else "link"}
