"""The divisions of a cooperative: made, renamed, merged or removed by its office."""

from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Division, Membership
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.text import Text


class DivisionNameTaken(Invalid):
    """The cooperative has a division of this name."""

    code = "division_name_taken"
    field = "name"
    message = Text(ko="같은 이름의 분과가 있습니다.", en="There is a division of this name.")


class DivisionInUse(Conflict):
    """A campaign for the division is being prepared or runs."""

    code = "division_in_use"
    message = Text(
        ko="이 분과의 공동구매가 끝나지 않았습니다. 끝난 뒤에 없애거나, 준비 중인 공동구매의 "
        "참여 범위를 바꾸어 주십시오.",
        en="A campaign for this division has not ended. Remove it afterwards, or change whom the "
        "campaign is for if it has not opened.",
    )


class MergedIntoItself(Conflict):
    """The members of a division cannot go where they are."""

    code = "merged_into_itself"
    message = Text(
        ko="같은 분과로는 합칠 수 없습니다.", en="A division cannot be merged into itself."
    )


def make_division(*, actor: Actor, name: str, name_en: str) -> Division:
    """The office makes a division. Raises DivisionNameTaken."""
    try:
        with transaction.atomic():
            row = Division.objects.create(
                cooperative_id=actor.cooperative_id, name=name.strip(), name_en=name_en.strip()
            )
            _record(row, actor, "division_made", {"name": row.name})
            return row
    except IntegrityError as error:
        raise _name_taken(error) from None


def rename_division(*, actor: Actor, division_id: UUID, name: str, name_en: str) -> Division:
    """The office renames a division; the same again changes nothing.

    Raises NotFound, DivisionNameTaken.
    """
    try:
        with transaction.atomic():
            row = _locked(actor, division_id)
            before = {"name": row.name, "name_en": row.name_en}
            after = {"name": name.strip(), "name_en": name_en.strip()}
            if before == after:
                return row
            row.name, row.name_en = after["name"], after["name_en"]
            row.save(update_fields=["name", "name_en"])
            _record(row, actor, "division_renamed", {"before": before, "after": after})
            return row
    except IntegrityError as error:
        raise _name_taken(error) from None


def remove_division(*, actor: Actor, division_id: UUID, into_id: UUID | None) -> int:
    """The office removes a division; its members go to another, or to none. Returns how many.

    Raises NotFound (also for the other one), MergedIntoItself, DivisionInUse.
    """
    try:
        with transaction.atomic():
            return _remove(actor, division_id, into_id)
    except IntegrityError as error:
        if "a_campaign_for_a_division_names_it" in str(error):
            raise DivisionInUse from None
        raise


def _remove(actor: Actor, division_id: UUID, into_id: UUID | None) -> int:
    row = _locked(actor, division_id)
    if into_id == row.pk:
        raise MergedIntoItself
    into = _locked(actor, into_id) if into_id else None
    moved = Membership.objects.filter(division=row).update(division=into)
    told = {"name": row.name, "into": into.name if into else "", "members": moved}
    _record(row, actor, "division_removed", told)
    row.delete()
    return moved


def _locked(actor: Actor, pk: UUID) -> Division:
    row = queries.divisions_visible_to(actor).select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def _name_taken(error: IntegrityError) -> Exception:
    return DivisionNameTaken() if "division_names_differ" in str(error) else error


def _record(row: Division, actor: Actor, kind: str, data: dict[str, object]) -> None:
    record(
        row,
        kind=kind,
        actor=actor,
        at=clock.now(),
        cooperative_id=row.cooperative_id,
        data=data,
    )
