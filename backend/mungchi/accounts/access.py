"""From a request to an actor, and from an actor to yes or no.

Every view of the project names a `capability` (or one per method or action); without one nobody
gets in. The seat comes from the X-Seat header, so that two tabs may act for two seats.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rest_framework import authentication, permissions
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated
from rest_framework.request import Request

from mungchi.accounts.domain.permissions import (
    ANYONE,
    COOPERATIVE_ROLES,
    FIRM_ROLES,
    SIGNED_IN,
    may,
)
from mungchi.accounts.models import Seat, User
from mungchi.common import wall
from mungchi.common.errors import Conflict, NotAllowed
from mungchi.common.text import Text

if TYPE_CHECKING:
    # At run time rest_framework.views loads the classes below while it is itself being loaded.
    from rest_framework.views import APIView


# In the session of somebody who is not signed in: the address that an invitation's key has proven.
PROVEN_EMAIL = "proven_email"


class SeatGone(Conflict):
    """The seat named by the tab is not, or no longer, this person's."""

    code = "seat_gone"
    message = Text(
        ko="선택한 소속이 더 이상 유효하지 않습니다. 화면을 새로 고쳐 주십시오.",
        en="The seat you were acting for is no longer yours. Please reload the page.",
    )


class NoSeat(NotAllowed):
    """The person belongs to no firm and no cooperative yet."""

    code = "no_seat"
    message = Text(
        ko="아직 소속이 없습니다. 먼저 기업을 등록해 주십시오.",
        en="You belong to no firm yet. Please register your firm first.",
    )


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, from which seat. Frozen: what it may do does not change within an operation."""

    role: str
    user_id: UUID | None = None
    user_name: str = ""
    seat_id: UUID | None = None
    firm_id: UUID | None = None
    cooperative_id: UUID | None = None

    @property
    def is_firm(self) -> bool:
        """Acts for a firm (as member or as supplier)."""
        return self.role in FIRM_ROLES

    @property
    def is_office(self) -> bool:
        """Acts for a cooperative's office."""
        return self.role in COOPERATIVE_ROLES


SYSTEM = Actor(role="system", user_name="system")


def actor_for(seat: Seat) -> Actor:
    """Return the actor of a seat (its `user` should be loaded)."""
    return Actor(
        role=seat.role,
        user_id=seat.user_id,
        user_name=seat.user.called,
        seat_id=seat.pk,
        firm_id=seat.firm_id,
        cooperative_id=seat.cooperative_id,
    )


def seats_of(user: User) -> list[Seat]:
    """The person's seats, oldest first, with their places loaded: one query."""
    return list(Seat.objects.filter(user=user).select_related("firm", "cooperative").order_by("id"))


def current_seat(request: Request) -> Seat | None:
    """The seat this request acts for: the X-Seat header's, else the first; SeatGone if foreign.

    Puts the request behind the second wall, as that seat. A download link cannot send headers,
    hence also the query parameter `seat`.
    """
    seats = Seat.objects.filter(user=request.user).annotate(behind=wall.going_behind())
    named = request.headers.get("X-Seat") or request.query_params.get("seat")
    if not named:
        seat = seats.order_by("id").first()
    else:
        try:
            seat = seats.filter(pk=UUID(named)).first()
        except ValueError:
            seat = None
        if seat is None:
            raise SeatGone
    if seat is not None:
        wall.went_behind()
    return seat


def actor_of(request: Any) -> Actor:
    """The actor of a request that HasCapability let through."""
    actor = request.actor
    assert isinstance(actor, Actor)  # noqa: S101 - a view without HasCapability is our own mistake
    return actor


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; without one the answer is 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class HasCapability(permissions.BasePermission):
    """Lets a request in when its seat's role has the capability that the view names.

    `capability` on the view is a name, or a dict by action or method. SIGNED_IN asks only for a
    signed-in person, and leaves `request.actor` to the person's seat or to a seatless actor.
    ANYONE asks for nothing, and leaves no actor: such a view looks at `request.user` alone.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Decide, and put the actor on the request."""
        if not request.user.is_authenticated:
            if _asks_for_nothing(view, request.method or "GET"):
                return True
            raise NotAuthenticated
        needed = capability_of(view, request.method or "GET")
        if needed == ANYONE:
            return True
        seat = current_seat(request)
        if seat is not None:
            seat.user = request.user
        if needed == SIGNED_IN:
            request.actor = actor_for(seat) if seat else Actor(
                role="", user_id=request.user.pk, user_name=request.user.called
            )  # fmt: skip
            if seat is None:
                wall.stand_behind(request.actor)
            return True
        if seat is None:
            raise NoSeat
        request.actor = actor_for(seat)
        if not may(seat.role, needed):
            raise NotAllowed
        return True


def _asks_for_nothing(view: "APIView", method: str) -> bool:
    """Whether the view is for anyone; a view that names no capability is not."""
    try:
        return capability_of(view, method) == ANYONE
    except (AttributeError, KeyError, MethodNotAllowed):
        return False


def capability_of(view: "APIView", method: str) -> str:
    """The capability that `view` asks for; KeyError or AttributeError when it names none.

    Raises MethodNotAllowed for a method that the view does not have: permissions are asked before
    the method is looked up.
    """
    named = view.capability  # type: ignore[attr-defined]
    if isinstance(named, str):
        return named
    action = getattr(view, "action", None)
    if action in named:
        return str(named[action])
    verb = "GET" if method in {"HEAD", "OPTIONS"} else method
    if verb not in named and not hasattr(view, verb.lower()):
        raise MethodNotAllowed(method)
    return str(named[verb])
