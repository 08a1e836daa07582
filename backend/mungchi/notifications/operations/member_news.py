"""What is told about members, seats and the people in them: event in, notices out.

Each function takes a few queries whatever the number of people.
"""

from mungchi.accounts.domain.permissions import ROLE_WORDS
from mungchi.accounts.domain.roles import keeper_beside
from mungchi.accounts.models import Cooperative, Firm, Membership, Seat
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.notifications.domain import wording
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience

OWN = "/settings/memberships"


def name_of(row: object) -> Text:
    """A name kept in two languages."""
    korean = str(getattr(row, "name", ""))
    return Text(ko=korean, en=str(getattr(row, "name_en", "") or korean))


def membership_applied(event: History) -> list[Notice]:
    """The office hears of an applicant."""
    return _to_office(event, wording.APPLIED)


def member_admitted(event: History) -> list[Notice]:
    """The firm hears that it is in."""
    return _to_firm(event, wording.ADMITTED, "/campaigns")


def membership_invited(event: History) -> list[Notice]:
    """The firm hears that a cooperative would have it."""
    return _to_firm(event, wording.MEMBER_INVITED, OWN)


def membership_accepted(event: History) -> list[Notice]:
    """The office hears the firm's yes."""
    return _to_office(event, wording.MEMBER_ACCEPTED)


def membership_declined(event: History) -> list[Notice]:
    """The office hears the firm's no."""
    return _to_office(event, wording.MEMBER_DECLINED)


def application_declined(event: History) -> list[Notice]:
    """The firm hears that it is not in, and why."""
    return _to_firm(event, wording.APPLICATION_DECLINED, OWN)


def member_suspended(event: History) -> list[Notice]:
    """The firm hears what it cannot do any more, and why."""
    return _to_firm(event, wording.SUSPENDED, OWN)


def member_left(event: History) -> list[Notice]:
    """The firm hears that it is out, and why."""
    return _to_firm(event, wording.LEFT, OWN)


def membership_left(event: History) -> list[Notice]:
    """The office hears that a firm has gone by its own wish, and why if it says so."""
    return _to_office(event, wording.MEMBER_HAS_LEFT)


def _to_firm(event: History, sentence: Text, link: str) -> list[Notice]:
    row = Membership.objects.select_related("cooperative").get(pk=event.subject_id)
    told = sentence.format(cooperative=name_of(row.cooperative), why=event.why)
    return tell_all(audience.firm(row.firm_id), told, link)


def _to_office(event: History, sentence: Text) -> list[Notice]:
    row = Membership.objects.select_related("firm").get(pk=event.subject_id)
    told = sentence.format(firm=row.firm.name, why=event.why)
    return tell_all(audience.office(row.cooperative_id), told, "/desk/members")


def seat_invitation_accepted(event: History) -> list[Notice]:
    """Those who may invite at the place hear who came."""
    seat = Seat.objects.filter(pk=event.data["seat"]).first()
    if seat is None:
        return []
    told = wording.SEAT_TAKEN.format(person=event.user_name, role=ROLE_WORDS[seat.role])
    beside = Seat.objects.filter(
        firm_id=seat.firm_id,
        cooperative_id=seat.cooperative_id,
        role=keeper_beside(seat.role),
    )
    link = "/settings/people" if seat.firm_id else "/desk/people"
    return tell_all(audience.sitting(beside.exclude(pk=seat.pk)), told, link)


def seat_role_changed(event: History) -> list[Notice]:
    """The person hears what it is now."""
    sentence = wording.ROLE_CHANGED.format(
        place=_place(event), before=ROLE_WORDS[event.from_state], after=ROLE_WORDS[event.to_state]
    )
    return tell_all(audience.sitting(Seat.objects.filter(pk=event.subject_id)), sentence, "/")


def place_handed_over(event: History) -> list[Notice]:
    """The heir hears of it."""
    sentence = wording.HANDED_OVER.format(
        person=event.user_name, place=_place(event), role=ROLE_WORDS[event.from_state]
    )
    return tell_all(audience.sitting(Seat.objects.filter(pk=event.subject_id)), sentence, "/")


def _place(event: History) -> Text:
    if event.firm_id:
        return name_of(Firm.objects.get(pk=event.firm_id))
    return name_of(Cooperative.objects.get(pk=event.cooperative_id))
