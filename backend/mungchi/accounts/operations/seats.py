"""Who sits where: changing a role, taking a seat away, leaving, handing over.

The last owner of a firm and the last coordinator of an office stay: without them nobody could even
invite the next. Each function locks the place before it looks who else is there.
"""

from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.domain.permissions import ROLE_WORDS
from mungchi.accounts.domain.roles import keeper_beside, roles_beside
from mungchi.accounts.models import Seat, SeatInvitation, User
from mungchi.accounts.operations.invitations import revoke_all
from mungchi.accounts.operations.letters import Said, write_words
from mungchi.accounts.queries import people
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed, NotFound
from mungchi.common.history import record
from mungchi.common.text import Text


class LastKeeper(Conflict):
    """The only owner, or the only coordinator, neither goes nor takes another role."""

    code = "last_keeper"
    message = Text(
        ko="{role} 역할을 맡은 분이 한 명뿐입니다. 먼저 다른 분께 넘기거나, 한 분을 더 같은 역할로 "
        "정해 주십시오.",
        en="This is the only {role}. Please hand over first, or make somebody else {role} as well.",
    )


class RoleUnknown(Invalid):
    """The role is none of those that this place has."""

    code = "role_unknown"
    field = "role"
    message = Text(ko="이곳에 없는 역할입니다.", en="This place has no such role.")


class OwnSeat(Conflict):
    """A person does not hand over to itself."""

    code = "own_seat"
    message = Text(
        ko="본인에게는 넘길 수 없습니다. 다른 분을 선택해 주십시오.",
        en="You cannot hand over to yourself. Please choose somebody else.",
    )


REMOVED = Said(
    kind="seat_removed",
    subject=Text(ko="{place}의 소속이 해제되었습니다", en="Your seat at {place} has ended"),
    lines=(
        Text(
            ko="{who}님이 {place}에서 {name}님의 소속({role})을 해제했습니다. "
            "계정은 그대로이고, 이제 이곳을 대신해 일할 수 없습니다.",
            en="{who} has ended your seat at {place} ({role}). Your account stays; you can no "
            "longer act for this place.",
        ),
    ),
)


def change_role(*, actor: Actor, seat_id: UUID, role: str) -> Seat:
    """Give a person of the actor's own place another role; the same again changes nothing.

    Raises NotFound, RoleUnknown, LastKeeper.
    """
    with transaction.atomic():
        seat = _locked_seat(actor, seat_id)
        if role not in roles_beside(seat.role):
            raise RoleUnknown
        if role == seat.role:
            return seat
        _refuse_last(seat)
        before, seat.role = seat.role, role
        seat.save(update_fields=["role"])
        if before == keeper_beside(role):
            _forget_invitations(seat, actor)
        _record(seat, actor, "seat_role_changed", moved=(before, role))
        return seat


def remove_seat(*, actor: Actor, seat_id: UUID) -> None:
    """Take a person's seat at the actor's own place away; the person is written to.

    Whatever it asks next is answered as to somebody without that seat. Raises NotFound, LastKeeper.
    """
    with transaction.atomic():
        seat = _locked_seat(actor, seat_id)
        end_seat(seat, actor, "seat_removed")
        write_words(
            REMOVED,
            recipient=seat.user.email,
            language=seat.user.language,
            place=_place_of(seat),
            role=ROLE_WORDS[seat.role],
            name=seat.user.called,
            who=actor.user_name,
        )


def leave_seat(*, user: User, seat_id: UUID) -> None:
    """A person gives one of its own seats up. Raises NotFound, LastKeeper."""
    with transaction.atomic():
        found = Seat.objects.filter(pk=seat_id, user=user).first()
        if found is None:
            raise NotFound
        if found.firm_id or found.cooperative_id:
            people.lock_place(firm_id=found.firm_id, cooperative_id=found.cooperative_id)
        seat = Seat.objects.select_related("user").filter(pk=seat_id, user=user).first()
        if seat is None:
            raise NotFound
        end_seat(seat, actor_for(seat), "seat_left")


def hand_over(*, actor: Actor, seat_id: UUID, staying_as: str) -> Seat:
    """The actor makes a person of its place what it is itself, and takes another role, or goes.

    staying_as: a role of the place, or "" to leave. Returns the other person's seat. Raises
    NotFound, RoleUnknown, OwnSeat, NotAllowed.
    """
    with transaction.atomic():
        seat = _locked_seat(actor, seat_id)
        if seat.pk == actor.seat_id:
            raise OwnSeat
        mine = Seat.objects.select_related("user").filter(pk=actor.seat_id).first()
        keeper = keeper_beside(actor.role)
        if mine is None or mine.role != keeper:
            raise NotAllowed
        if staying_as == keeper or (staying_as and staying_as not in roles_beside(keeper)):
            raise RoleUnknown
        seat.role = keeper
        seat.save(update_fields=["role"])
        _forget_invitations(mine, actor)
        if staying_as:
            mine.role = staying_as
            mine.save(update_fields=["role"])
        else:
            mine.delete()
        _record(seat, actor, "place_handed_over", moved=(keeper, staying_as or "left"))
        return seat


def _locked_seat(actor: Actor, seat_id: UUID) -> Seat:
    """Lock the actor's place, then read one of its seats."""
    if actor.firm_id or actor.cooperative_id:
        people.lock_place(firm_id=actor.firm_id, cooperative_id=actor.cooperative_id)
    seat = people.seats_visible_to(actor).filter(pk=seat_id).first()
    if seat is None:
        raise NotFound
    return seat


def _refuse_last(seat: Seat) -> None:
    keeper = keeper_beside(seat.role)
    if keeper and seat.role == keeper and not people.others_keep(seat):
        raise LastKeeper(role=ROLE_WORDS[keeper])


def end_seat(seat: Seat, actor: Actor, kind: str) -> None:
    """End a seat whose place the caller has locked. Raises LastKeeper."""
    _refuse_last(seat)
    _forget_invitations(seat, actor)
    _record(seat, actor, kind, moved=(seat.role, ""))
    kept = seat.pk
    seat.delete()
    seat.pk = kept


def _forget_invitations(seat: Seat, actor: Actor) -> None:
    """What a person has sent out for a place ends with its right to invite there."""
    sent = SeatInvitation.objects.filter(invited_by_id=seat.user_id, state="pending")
    if seat.firm_id:
        revoke_all(sent.filter(firm_id=seat.firm_id, host__isnull=True), actor=actor)
    else:
        revoke_all(sent.filter(cooperative_id=seat.cooperative_id), actor=actor)
        revoke_all(sent.filter(host_id=seat.cooperative_id), actor=actor)


def _place_of(seat: Seat) -> Text:
    if seat.firm is not None:
        return Text(ko=seat.firm.name, en=seat.firm.name)
    place = seat.cooperative
    assert place is not None  # noqa: S101 - the platform's seats are not taken away here
    return Text(ko=place.name, en=place.name_en or place.name)


def _record(seat: Seat, actor: Actor, kind: str, *, moved: tuple[str, str]) -> None:
    record(
        seat,
        kind=kind,
        actor=actor,
        at=clock.now(),
        moved=moved,
        firm_id=seat.firm_id,
        cooperative_id=seat.cooperative_id,
        data={"user": str(seat.user_id)},
    )
