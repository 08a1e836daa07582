"""How people want to be told: what they chose, and what holds unasked."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership, Seat, User
from mungchi.notifications.domain.hours import DIGEST_AT
from mungchi.notifications.domain.kinds import (
    BUYER,
    CHOSEN,
    DIGEST,
    KINDS,
    NOW,
    OFF,
    OFFICE,
    PLATFORM,
    SUPPLIER,
    chosen_as,
)
from mungchi.notifications.models import Mailbox, Preference

DEFAULT_ZONE = "Asia/Seoul"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of some people for some kinds."""

    chosen: dict[tuple[UUID, str], tuple[bool, str]] = field(default_factory=dict)
    only_necessary: set[UUID] = field(default_factory=set)
    unreachable: set[UUID] = field(default_factory=set)
    digest_at: dict[UUID, time] = field(default_factory=dict)

    def of(self, user_id: UUID, name: str) -> tuple[bool, str]:
        """Whether it is on the screen, and how it is mailed."""
        kind = KINDS[name]
        if kind.necessary:
            shown, mail = True, NOW
        else:
            shown, mail = self.chosen.get((user_id, chosen_as(name)), (True, kind.mail))
            if user_id in self.only_necessary:
                mail = OFF
        return shown, OFF if user_id in self.unreachable else mail

    def any_daily(self, names: Collection[str]) -> bool:
        """Whether somebody may have one of these kinds in a daily letter."""
        chosen = {mail for _, mail in self.chosen.values()}
        return DIGEST in chosen | {KINDS[name].mail for name in names}

    def letter_at(self, user_id: UUID) -> time:
        """The time of the person's daily letter."""
        return self.digest_at.get(user_id, DIGEST_AT)


def chosen_by(users: Collection[UUID], kinds: Collection[str]) -> Chosen:
    """What these people chose for these kinds: two queries, whatever their number."""
    if not users:
        return Chosen()
    chosen = Preference.objects.filter(
        user_id__in=users, kind__in={chosen_as(name) for name in kinds}
    ).values_list("user_id", "kind", "shown", "mail")
    boxes = list(Mailbox.objects.filter(user_id__in=users).annotate(address=F("user__email")))
    return Chosen(
        {(user, kind): (shown, mail) for user, kind, shown, mail in chosen},
        {box.user_id for box in boxes if box.only_necessary},
        {box.user_id for box in boxes if box.refused_address == box.address},
        {box.user_id: box.digest_at for box in boxes},
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind on the page of choices: what holds, and what would unasked."""

    kind: str
    shown: bool
    mail: str
    usual_mail: str


def choices_of(user_id: UUID) -> list[Choice]:
    """One row for each kind that concerns a seat of the person: two queries."""
    sides = sides_of(user_id)
    kept = {
        kind: (shown, mail)
        for kind, shown, mail in Preference.objects.filter(user_id=user_id).values_list(
            "kind", "shown", "mail"
        )
    }
    found = []
    for name in CHOSEN:
        kind = KINDS[name]
        if kind.to & sides:
            shown, mail = (True, NOW) if kind.necessary else kept.get(name, (True, kind.mail))
            found.append(Choice(name, shown, mail, kind.mail))
    return found


def sides_of(user_id: UUID) -> set[str]:
    """On which sides a person stands, by all its seats: one query."""
    sides = set()
    for role, firm, supplies in Seat.objects.filter(user_id=user_id).values_list(
        "role", "firm_id", "firm__supplies"
    ):
        if firm is None:
            sides.add(PLATFORM if role == "operator" else OFFICE)
        else:
            sides.update({BUYER, SUPPLIER} if supplies else {BUYER})
    return sides


def zones_of(seats: Collection[UUID]) -> dict[UUID, str]:
    """The zone of each seat's cooperative; of a firm's, of the first that it is a member of."""
    if not seats:
        return {}
    of_member = (
        Membership.objects.filter(firm_id=OuterRef("firm_id"), state="active")
        .order_by("joined_at", "id")
        .values("cooperative__zone")[:1]
    )
    rows = Seat.objects.filter(pk__in=seats).annotate(
        zone=Coalesce("cooperative__zone", Subquery(of_member))
    )
    return {seat: zone or DEFAULT_ZONE for seat, zone in rows.values_list("pk", "zone")}


def zone_of(seat_id: UUID) -> str:
    """The zone of one seat."""
    return zones_of([seat_id]).get(seat_id, DEFAULT_ZONE)


@dataclass(frozen=True, slots=True)
class All:
    """All that the page of choices shows."""

    address: str
    zone: str
    mailbox: Mailbox
    choices: list[Choice]


def all_of(actor: Actor) -> All:
    """How the person of a seat wants to be told: five queries."""
    assert actor.user_id is not None  # noqa: S101 - whoever asks has a seat
    assert actor.seat_id is not None  # noqa: S101 - as above
    user = User.objects.select_related("mailbox").get(pk=actor.user_id)
    box = getattr(user, "mailbox", None) or Mailbox(user=user)
    return All(user.email, zone_of(actor.seat_id), box, choices_of(actor.user_id))


def reachable(user: User, box: Mailbox | None) -> bool:
    """Whether e-mail to the person is any use."""
    return user.is_active and (box is None or box.refused_address != user.email)
