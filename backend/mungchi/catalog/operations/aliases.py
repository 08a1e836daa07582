"""What else an item is called."""

from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.models import ItemAlias
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed, NotFound
from mungchi.common.history import record
from mungchi.common.text import Text


class AliasTaken(Invalid):
    """Within this catalogue something else is called so."""

    code = "alias_taken"
    field = "name"
    message = Text(
        ko="다른 품목이 이미 그렇게 불립니다: {name}", en="Another item is called so: {name}"
    )


class AliasOfMerge(Conflict):
    """It was left by a merge that can still be undone: undoing takes it away as well."""

    code = "alias_of_merge"
    message = Text(
        ko="아직 되돌릴 수 있는 합치기가 남긴 이름입니다. 먼저 합치기를 되돌리거나 하루 뒤에 지워 "
           "주십시오.",
        en="A merge left this name that can still be undone. Undo the merge, or remove the name "
           "a day after it.",
    )  # fmt: skip


def add_alias(*, actor: Actor, item_id: UUID, name: str, kind: str = "name") -> ItemAlias:
    """An office writes down another name or code of an item, for its own catalogue.

    An operator does so for everybody's items. The same again changes nothing. Raises NotFound,
    AliasTaken.
    """
    if not (actor.is_office or actor.role == "operator"):
        raise NotAllowed
    item = queries.items_visible_to(actor).filter(pk=item_id).first()
    if item is None or (actor.role == "operator" and item.cooperative_id is not None):
        raise NotFound
    name = name.upper() if kind == "code" else name
    scope = {"cooperative_id": actor.cooperative_id, "kind": kind, "name": name}
    try:
        with transaction.atomic():
            there = ItemAlias.objects.filter(**scope).first()
            if there is not None and there.item_id == item.pk:
                return there
            if there is not None or _is_called_so(actor, item_id, kind, name):
                raise AliasTaken(name=name)
            alias = ItemAlias.objects.create(item=item, **scope)
            record(alias, kind="item_alias_added", actor=actor, at=clock.now(),
                   cooperative_id=actor.cooperative_id,
                   data={"name": name, "item": item.name})  # fmt: skip
    except IntegrityError as error:
        if "an_alias_is_of_one_item" in str(error):
            raise AliasTaken(name=name) from None
        raise
    return alias


def _is_called_so(actor: Actor, item_id: UUID, kind: str, name: str) -> bool:
    rows = queries.items_visible_to(actor).filter(cooperative_id=actor.cooperative_id)
    return rows.filter(**{kind: name}).exclude(pk=item_id).exists()


def remove_alias(*, actor: Actor, alias_id: UUID) -> None:
    """An office takes another name away again. Raises NotFound, AliasOfMerge."""
    with transaction.atomic():
        alias = (
            queries.aliases_visible_to(actor)
            .filter(pk=alias_id, cooperative_id=actor.cooperative_id)
            .select_for_update(of=("self",))
            .first()
        )
        if alias is None:
            raise NotFound
        at = clock.now()
        if alias.merge is not None and alias.merge.can_be_undone(at):
            raise AliasOfMerge
        record(alias, kind="item_alias_removed", actor=actor, at=at,
               cooperative_id=alias.cooperative_id, data={"name": alias.name})  # fmt: skip
        alias.delete()
