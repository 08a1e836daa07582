"""Rows of a trail in words: who, when, what, before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import ROLE_WORDS
from mungchi.accounts.models import Cooperative
from mungchi.common.models import Trail
from mungchi.common.text import Text
from mungchi.reports.domain.events import EVENTS
from mungchi.reports.domain.told import HIDDEN, KEPT, OPS, Line, Reading, lines_of
from mungchi.reports.queries.trail_names import Doer, Names, names_for

SYSTEM = Text(ko="시스템", en="The system")
USUAL_ZONE: Final = ZoneInfo("Asia/Seoul")
USUAL_CURRENCY: Final = "KRW"


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a trail in words. `at` is the instant, `zone` the one in which it is read.

    `outside`: a write that no operation named, by whom and with which program, as the database
    knows them; "" for all others.
    """

    row: Trail
    zone: ZoneInfo
    said: Text
    subject: Text
    who: Text
    role: Text
    outside: str
    firm: Text | None
    campaign: str
    lines: Sequence[Line]

    @property
    def local(self) -> datetime:
        """When, in the zone."""
        return self.row.at.astimezone(self.zone)


@dataclass(frozen=True, slots=True)
class Home:
    """The zone and currency of the reader's own place, for rows that belong to no campaign."""

    zone: ZoneInfo = USUAL_ZONE
    currency: str = USUAL_CURRENCY


def home_of(actor: Actor) -> Home:
    """The reader's cooperative's; a firm may be in several, and reads in the usual ones."""
    found = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    return Home(found.timezone, found.currency) if found else Home()


def tell(rows: Sequence[Trail], home: Home) -> list[Told]:
    """Rows in words; the number of queries does not depend on how many there are."""
    names = names_for(rows)
    return [_told(row, names, home) for row in rows]


def _told(row: Trail, names: Names, home: Home) -> Told:
    thread = names.threads.get(row.thread) if row.thread else None
    zone = thread.zone if thread else home.zone
    reading = Reading(thread.currency if thread else home.currency, zone, names.call)
    kept = KEPT.get(row.subject_type)
    subject = kept.name if kept else Text(ko="", en="")
    who, role = _who(row, names)
    return Told(
        row=row,
        zone=zone,
        said=_said(row, subject),
        subject=subject,
        who=who,
        role=ROLE_WORDS.get(role, Text(ko="", en="")),
        outside=_outside(row, names),
        firm=(names.call("firm", row.firm_id) or HIDDEN) if row.firm_id else None,
        campaign=thread.title if thread else "",
        lines=_lines(row, reading),
    )


def _said(row: Trail, subject: Text) -> Text:
    if row.op == "event":
        return EVENTS.get(row.kind, Text(ko=row.kind, en=row.kind))
    done = OPS[row.op]
    return Text(ko=f"{subject.ko} {done.ko}", en=f"{subject.en} {done.en}")


def _who(row: Trail, names: Names) -> tuple[Text, str]:
    if row.op == "event":
        if row.role == "system":
            return SYSTEM, ""
        # As the person is called now: a name that was erased is not said again.
        known = names.call("person", row.user_id) if row.user_id else None
        return known or Text(ko=row.user_name, en=row.user_name), row.role
    if row.user_id:
        return names.call("person", row.user_id) or HIDDEN, row.role
    doer: Doer | None = names.doers.get(row.id)
    if doer is not None and doer.role != "system":
        return Text(ko=doer.name, en=doer.name), doer.role
    if doer is not None or row.act in names.named:
        return SYSTEM, ""
    return Text(ko=row.database_user, en=row.database_user), ""


def _outside(row: Trail, names: Names) -> str:
    if row.op == "event" or row.user_id or row.act in names.named:
        return ""
    return f"{row.database_user} · {row.program}" if row.program else row.database_user


def _lines(row: Trail, reading: Reading) -> list[Line]:
    if row.op != "event":
        return lines_of(row.subject_type, row.before, row.after, reading)
    states = _states(row, reading)
    if row.act is not None:
        return states
    # From before the database kept anything: what the operation wrote down itself.
    try:
        older = lines_of(row.subject_type, row.data.get("before"), row.data.get("after"), reading)
    except (ValueError, TypeError, ArithmeticError, AttributeError):
        older = []
    return older or states


def _states(row: Trail, reading: Reading) -> list[Line]:
    if not row.to_state or row.from_state == row.to_state:
        return []
    field = "role" if row.subject_type == "accounts.seat" else "state"
    return lines_of(
        row.subject_type, {field: row.from_state or None}, {field: row.to_state}, reading
    )
