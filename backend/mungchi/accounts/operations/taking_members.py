"""The job that takes a list of members, some lines at a time.

Each piece is one transaction that marks its lines as done, so that a worker that is killed leaves
off between two pieces, another goes on from there, and two at once share the work. Lines are judged
again when the turn of their piece comes: what was there when the list was looked at may have
changed. No two lines of a list name the same firm or code, so that one does not change another.
"""

import logging
from collections import Counter
from typing import Final
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction

from mungchi.accounts.access import SYSTEM, Actor, actor_for
from mungchi.accounts.domain.member_list import CHANGING, Known, Line, verdict
from mungchi.accounts.domain.states import MEMBER_LIST
from mungchi.accounts.models import (
    Division,
    Firm,
    MemberList,
    MemberListLine,
    Membership,
    Seat,
)
from mungchi.accounts.operations.divisions import make_division
from mungchi.accounts.operations.invitations import invite
from mungchi.accounts.operations.members import bring_back, name_firm
from mungchi.accounts.queries import member_lists as queries
from mungchi.accounts.queries import people
from mungchi.common import clock
from mungchi.common.errors import Refused
from mungchi.common.history import record, set_state

PIECE: Final = 100

logger = logging.getLogger("mungchi.accounts")


def take_members(*, list_id: UUID) -> None:
    """Take one list to its end. May run any number of times, and at once, with one effect."""
    if not _begin(list_id):
        return
    while _take_piece(list_id):
        pass


def _begin(list_id: UUID) -> bool:
    with transaction.atomic():
        row = MemberList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
        if row is None or row.state not in {"queued", "running"}:
            return False
        if row.state == "queued":
            _move(row, "running", "member_list_running")
        return True


def _move(row: MemberList, to: str, kind: str, also: tuple[str, ...] = ()) -> None:
    set_state(
        row, to, machine=MEMBER_LIST, kind=kind, actor=SYSTEM, at=clock.now(), also=also,
        cooperative_id=row.cooperative_id, data=row.counts if to == "done" else None,
    )  # fmt: skip


def _take_piece(list_id: UUID) -> bool:
    """Take the next lines; False when there were none, and the list is done."""
    with transaction.atomic():
        row = MemberList.objects.select_related("cooperative").select_for_update(
            no_key=True, of=("self", "cooperative")
        ).get(pk=list_id)  # fmt: skip
        if row.state != "running":
            return False
        lines = list(queries.lines_of(row).filter(done=False).order_by("line")[:PIECE])
        if not lines:
            _finish(row)
            return False
        actor = _actor_of(row)
        said = [Line(**each.said) for each in lines if each.verdict != "rejected"]
        known = queries.known_of(row.cooperative_id, said)
        for each in lines:
            _take(row, each, known, actor)
        MemberListLine.objects.bulk_update(lines, ["verdict", "reason", "done"])
        row.done += len(lines)
        row.save(update_fields=["done", "counts"])
        return True


def _finish(row: MemberList) -> None:
    owners = row.counts.get("invited", 0)
    verdicts = Counter(queries.lines_of(row).values_list("verdict", flat=True))
    row.counts = {**verdicts, "owners": owners}
    row.finished_at = clock.now()
    _move(row, "done", "member_list_done", also=("counts", "finished_at"))


def _actor_of(row: MemberList) -> Actor:
    """Whoever brought the list in, as long as that person may still admit members."""
    seat = (
        Seat.objects.select_related("user")
        .filter(user_id=row.created_by_id, cooperative_id=row.cooperative_id, role="coordinator")
        .first()
    )
    return actor_for(seat) if seat else SYSTEM


def _take(row: MemberList, each: MemberListLine, known: Known, actor: Actor) -> None:
    each.done = True
    if each.verdict == "rejected":
        return
    line = Line(**each.said)
    try:
        with transaction.atomic():
            each.verdict, each.reason = verdict(line, known)
            firm_id = known.firms[line.number][0] if line.number in known.firms else None
            if each.verdict == "completes":
                firm_id = _complete(row, line, known.codes[line.code].firm_id, actor)
            elif each.verdict in CHANGING:
                firm_id = _join(row, line, firm_id, actor)
    except IntegrityError:
        each.verdict, each.reason = "rejected", "changed"
        return
    except DatabaseError:
        raise
    except Exception:
        logger.exception("line %s of list %s", each.line, row.pk)
        each.verdict, each.reason = "rejected", "changed"
        return
    if row.invites and line.email and firm_id and each.verdict in {"new", "completes", "already"}:
        row.counts["invited"] = row.counts.get("invited", 0) + _invite(row, line, firm_id, actor)


def _join(row: MemberList, line: Line, firm_id: UUID | None, actor: Actor) -> UUID:
    """Make the firm a member, or invite it, and file it; return the firm."""
    if firm_id is None:
        firm_id = Firm.objects.create(
            name=line.name, business_number=line.number, representative=line.representative,
            address=line.address, created_at=clock.now(),
        ).pk  # fmt: skip
    division = _division(row, line.division, actor)
    there = Membership.objects.filter(cooperative_id=row.cooperative_id, firm_id=firm_id).first()
    if there is None:
        name_firm(
            actor=actor, cooperative_id=row.cooperative_id, firm_id=firm_id, code=line.code,
            division_id=division,
        )  # fmt: skip
    else:
        there.division_id = division or there.division_id
        there.member_code = line.code or there.member_code
        there.save(update_fields=["division", "member_code"])
        bring_back(actor=actor, membership=there)
    return firm_id


def _complete(row: MemberList, line: Line, firm_id: UUID, actor: Actor) -> UUID:
    """A firm known by its code gets its number, its name, and what else the line says."""
    firm = Firm.objects.select_for_update(no_key=True).get(pk=firm_id)
    firm.name, firm.business_number = line.name, line.number
    firm.representative = line.representative or firm.representative
    firm.address = line.address or firm.address
    firm.save(update_fields=["name", "business_number", "representative", "address"])
    member = Membership.objects.get(cooperative_id=row.cooperative_id, firm_id=firm_id)
    member.division_id = _division(row, line.division, actor) or member.division_id
    member.save(update_fields=["division"])
    record(
        firm, kind="firm_completed", actor=actor, at=clock.now(), firm_id=firm_id,
        cooperative_id=row.cooperative_id, data={"number": line.number},
    )  # fmt: skip
    return firm_id


def _division(row: MemberList, name: str, actor: Actor) -> UUID | None:
    """The division of that name, made when there is none."""
    if not name:
        return None
    found = Division.objects.filter(cooperative_id=row.cooperative_id, name=name).first()
    if found is None:
        office = Actor(
            role="coordinator", user_id=actor.user_id, user_name=actor.user_name,
            seat_id=actor.seat_id, cooperative_id=row.cooperative_id,
        )  # fmt: skip
        found = make_division(actor=office, name=name, name_en="")
    return found.pk


def _invite(row: MemberList, line: Line, firm_id: UUID, actor: Actor) -> int:
    """Invite the owner of a member that nobody represents; 1 when a letter is on its way."""
    if not actor.is_office or not people.is_unrepresented(firm_id):
        return 0
    if people.owner_is_invited(row.cooperative_id, firm_id):
        return 0
    try:
        with transaction.atomic():
            invite(actor=actor, role="owner", email=line.email, firm_id=firm_id)
    except Refused:
        return 0
    return 1
