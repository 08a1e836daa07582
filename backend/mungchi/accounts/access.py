"""From a request to an actor, and from an actor to yes or no.

Every view of the project names a `capability` (or one per method or action); without one nobody
gets in. The seat comes from the X-Seat header, so that two tabs may act for two seats; a program's
comes with its key.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from rest_framework import authentication, permissions
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated, Throttled
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from mungchi.accounts.domain import api_key
from mungchi.accounts.domain.permissions import (
    ANYONE,
    COOPERATIVE_ROLES,
    FIRM_ROLES,
    NOT_FOR_KEYS,
    SECOND_FACTOR_ROLES,
    SIGNED_IN,
    may,
)
from mungchi.accounts.models import ApiKey, Seat, User
from mungchi.common import clock, wall
from mungchi.common.errors import Conflict, NotAllowed, Refused
from mungchi.common.text import Text

if TYPE_CHECKING:
    # At run time rest_framework.views loads the classes below while it is itself being loaded.
    from rest_framework.views import APIView

logger = logging.getLogger("mungchi.access")


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


class SecondFactorRequired(NotAllowed):
    """The seat does nothing before its person has a second factor."""

    code = "second_factor_required"
    message = Text(
        ko="이 자격은 돈과 다른 기업의 정보를 다루므로 2단계 인증이 필요합니다. "
           "먼저 설정해 주십시오.",
        en="This seat deals with money and with what others may not see, so it needs a second "
           "factor. Please set one up first.",
    )  # fmt: skip


class ProveAgain(NotAllowed):
    """Too long ago that the person proved who it is, for what is asked."""

    code = "reauthentication_required"
    message = Text(
        ko="본인 확인이 필요합니다. 비밀번호나 인증 기기로 다시 확인해 주십시오.",
        en="Please confirm that it is you, by your password or second factor.",
    )


class NotForKeys(NotAllowed):
    """A program asks for what only people may do, or for what its key was not made for."""

    code = "not_for_this_key"
    message = Text(
        ko="이 API 키로는 할 수 없는 작업입니다.", en="This is not among what this API key may do."
    )


class KeyRefused(Refused):
    """The API key is unknown, has run out, was revoked, or is of somebody who may not sign in."""

    status = 401
    code = "key_refused"
    message = Text(
        ko="쓸 수 없는 API 키입니다. 만료되었거나 폐기되었는지 확인해 주십시오.",
        en="This API key cannot be used. Check whether it has run out or was revoked.",
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
    # Of the API key, when a program acts.
    key_id: UUID | None = None

    @property
    def is_firm(self) -> bool:
        """Acts for a firm (as member or as supplier)."""
        return self.role in FIRM_ROLES

    @property
    def is_office(self) -> bool:
        """Acts for a cooperative's office."""
        return self.role in COOPERATIVE_ROLES


SYSTEM = Actor(role="system", user_name="system")


def actor_for(seat: Seat, key: ApiKey | None = None) -> Actor:
    """Return the actor of a seat (its `user` should be loaded), or of a program with its key."""
    return Actor(
        role=seat.role,
        user_id=seat.user_id,
        user_name=seat.user.called,
        seat_id=seat.pk,
        firm_id=seat.firm_id,
        cooperative_id=seat.cooperative_id,
        key_id=key.pk if key else None,
    )


def seats_of(user: User) -> list[Seat]:
    """The person's seats, oldest first, with their places loaded: one query."""
    return list(Seat.objects.filter(user=user).select_related("firm", "cooperative").order_by("id"))


def current_seat(request: Request) -> Seat | None:
    """The seat this request acts for: the X-Seat header's, else the first; SeatGone if foreign.

    Puts the request behind the second wall, as that seat. A download link cannot send headers,
    hence also the query parameter `seat`.
    """
    seats = _with_second_factor(Seat.objects.filter(user=request.user))
    key = key_of(request)
    seats = seats.annotate(behind=wall.going_behind(key.pk if key else None))
    named = request.headers.get("X-Seat") or request.query_params.get("seat")
    if key:
        if named not in {None, "", str(key.seat_id)}:
            raise SeatGone
        named = str(key.seat_id)
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


def _with_second_factor(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Tell of each seat whether its person has a second factor, where that is asked for."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return seats
    factors = Authenticator.objects.filter(user=OuterRef("user_id"))
    recovery = Authenticator.Type.RECOVERY_CODES
    return seats.annotate(has_second_factor=Exists(factors.exclude(type=recovery)))


def seat_that_may_act(pk: UUID) -> Seat | None:
    """A seat with its person and place, the connection behind the wall as that seat; None when it
    has ended or may do nothing.

    For what is asked with a secret of the seat's own in place of a session or key.
    """
    seats = _with_second_factor(Seat.objects.filter(pk=pk, user__is_active=True))
    # The wall is entered by its reading: what hangs on the seat is loaded before.
    seat = seats.select_related("user", "firm", "cooperative").first()
    if seat is None or lacks_second_factor(seat):
        return None
    wall.stand_behind(actor_for(seat))
    return seat


def lacks_second_factor(seat: Seat) -> bool:
    """Whether the seat (from current_seat) needs a second factor that its person has not."""
    if not settings.SECOND_FACTOR_REQUIRED or seat.role not in SECOND_FACTOR_ROLES:
        return False
    return not seat.has_second_factor  # type: ignore[attr-defined]


def key_of(request: Request) -> ApiKey | None:
    """The key with which a program asks; None for a person."""
    return request.auth if isinstance(request.auth, ApiKey) else None


def actor_of(request: Any) -> Actor:
    """The actor of a request that HasCapability let through."""
    actor = request.actor
    assert isinstance(actor, Actor)  # noqa: S101 - a view without HasCapability is our own mistake
    return actor


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; without one the answer is 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class WrongKeys(SimpleRateThrottle):
    """Counts wrong keys by the address they come from; right ones are never counted."""

    scope = "wrong_keys"
    rate = "30/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """By the client's address, as the outermost trusted proxy saw it."""
        return f"wrong-keys:{get_adapter().get_client_ip(request)}"


class KeyAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer <key>`: no cookie, hence no CSRF token."""

    # "Last used" is written at most this often.
    USED_EVERY: ClassVar[timedelta] = timedelta(minutes=1)

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """The key's person and the key; None without a key. Raises KeyRefused, Throttled."""
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        at = clock.now()
        key = (
            ApiKey.objects.select_related("seat__user")
            .filter(digest=api_key.digest(given.strip()), revoked_at__isnull=True)
            .filter(expires_at__gt=at, seat__user__is_active=True)
            .first()
        )
        if key is None:
            raise self._refusal(request, given.strip())
        # For the line in the log of requests.
        request._request.api_key_id = str(key.pk)
        if key.last_used_at is None or at - key.last_used_at >= self.USED_EVERY:
            unnoticed = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - self.USED_EVERY)
            ApiKey.objects.filter(unnoticed, pk=key.pk).update(last_used_at=at)
        return key.seat.user, key

    def _refusal(self, request: Request, given: str) -> Exception:
        prefix = api_key.prefix_of(given)
        logger.warning("a wrong API key", extra={"api_key_prefix": prefix})
        counted = WrongKeys()
        if counted.allow_request(request, None):  # type: ignore[arg-type]
            return KeyRefused()
        return Throttled(wait=counted.wait())

    def authenticate_header(self, request: Request) -> str:
        """The first of the ways speaks for all when nobody is known."""
        return "Bearer" if request.headers.get("Authorization") else "Session"


class HasCapability(permissions.BasePermission):
    """Lets a request in when its seat's role has the capability that the view names.

    `capability` on the view is a name, or a dict by action or method. SIGNED_IN asks only for a
    signed-in person, and leaves `request.actor` to the person's seat or to a seatless actor: not
    for programs, except where the view lists the method in `open_to_keys`. For a method listed in
    `proved_again` the person must have proved who it is in the last minutes. ANYONE asks for
    nothing, and leaves no actor: such a view looks at `request.user` alone.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Decide, and put the actor on the request."""
        if not request.user.is_authenticated:
            if _asks_for_nothing(view, request.method or "GET"):
                return True
            raise NotAuthenticated
        method = request.method or "GET"
        needed = capability_of(view, method)
        if needed == ANYONE:
            return True
        seat, key = current_seat(request), key_of(request)
        if seat is not None:
            seat.user = request.user
        if key and not self.takes_keys(view, method):
            raise NotForKeys
        if needed == SIGNED_IN:
            request.actor = actor_for(seat, key) if seat else Actor(
                role="", user_id=request.user.pk, user_name=request.user.called
            )  # fmt: skip
            if seat is None:
                wall.stand_behind(request.actor)
            return self.is_proved(request, view, method)
        if seat is None:
            raise NoSeat
        request.actor = actor_for(seat, key)
        if lacks_second_factor(seat):
            raise SecondFactorRequired
        if not may(seat.role, needed):
            raise NotAllowed
        if key and needed not in key.scopes:
            raise NotForKeys
        return self.is_proved(request, view, method)

    def is_proved(self, request: Request, view: "APIView", method: str) -> bool:
        """Whether the person proved who it is as lately as the view asks; raise ProveAgain."""
        if method in getattr(view, "proved_again", ()) and not did_recently_reauthenticate(request):
            raise ProveAgain
        return True

    def takes_keys(self, view: "APIView", method: str) -> bool:
        """Whether a program may ask for this at all."""
        needed = capability_of(view, method)
        if needed == SIGNED_IN:
            return method in getattr(view, "open_to_keys", ())
        return needed not in NOT_FOR_KEYS


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
    if method == "OPTIONS" and verb not in named:
        # What a view without GET does is asked of by who may do the first of it.
        verb = next(iter(named))
    if verb not in named and not hasattr(view, verb.lower()):
        raise MethodNotAllowed(method)
    return str(named[verb])
