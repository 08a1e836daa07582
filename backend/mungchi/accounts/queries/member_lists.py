"""Lists of members that an office brings in, and what is there already of what they name."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.member_list import Holder, Known, Line
from mungchi.accounts.models import Firm, MemberList, MemberListLine, Membership, Seat
from mungchi.common.errors import NotFound


def lists_visible_to(actor: Actor) -> QuerySet[MemberList]:
    """The office's own lists."""
    rows = MemberList.objects.select_related("created_by")
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def list_seen_by(actor: Actor, pk: UUID) -> MemberList:
    """One list that the actor may see; raise NotFound."""
    row = lists_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_list(actor: Actor, pk: UUID) -> MemberList:
    """Lock one list that the actor may see; raise NotFound."""
    row = (
        lists_visible_to(actor)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if row is None:
        raise NotFound
    return row


def lines_of(row: MemberList) -> QuerySet[MemberListLine]:
    """The lines of a list, in its order."""
    return MemberListLine.objects.filter(member_list=row)


def unfinished() -> QuerySet[MemberList]:
    """Lists that were started and are not done."""
    return MemberList.objects.filter(state__in=["queued", "running"])


def known_of(cooperative_id: UUID, lines: Iterable[Line]) -> Known:
    """What is there of the firms and codes that some lines name: three queries."""
    wanted = list(lines)
    seats = Exists(Seat.objects.filter(firm_id=OuterRef("pk")))
    firms = {
        number: (pk, represented)
        for number, pk, represented in Firm.objects.filter(
            business_number__in={line.number for line in wanted}
        )
        .annotate(represented=seats)
        .values_list("business_number", "pk", "represented")
        if number is not None
    }
    own = Membership.objects.filter(cooperative_id=cooperative_id)
    members = dict(
        own.filter(firm__in=[pk for pk, _ in firms.values()]).values_list("firm_id", "state")
    )
    held = (
        own.filter(member_code__in={line.code for line in wanted if line.code})
        .annotate(represented=Exists(Seat.objects.filter(firm_id=OuterRef("firm_id"))))
        .values_list("member_code", "firm_id", "firm__business_number", "represented", "state")
    )
    return Known(firms, members, {code: Holder(*rest) for code, *rest in held})


def without_owner(lines: Sequence[Line], known: Known) -> int:
    """Of how many lines the owner could be invited: an address, and nobody in the firm."""
    return sum(
        bool(line.email) and not known.firms.get(line.number, (None, False))[1] for line in lines
    )
