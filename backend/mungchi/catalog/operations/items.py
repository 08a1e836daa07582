"""Adding to the catalogue, and correcting what is in it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.catalog.models import Category, Item
from mungchi.common import clock
from mungchi.common.errors import Invalid, NotAllowed
from mungchi.common.history import record
from mungchi.common.text import Text

FREE_TO_CHANGE = ("name", "name_en", "code", "category_id")


class CodeTaken(Invalid):
    """The cooperative has another item with this code."""

    code = "code_taken"
    field = "code"
    message = Text(
        ko="이미 사용 중인 품목코드입니다: {code}", en="Another item has this code: {code}"
    )


class CategoryUnknown(Invalid):
    """There is no such category."""

    code = "category_unknown"
    field = "category"
    message = Text(ko="분류를 찾을 수 없습니다.", en="There is no such category.")


class UnitUnknown(Invalid):
    """The unit is not one things are counted in here."""

    code = "unit_unknown"
    field = "unit"
    message = Text(ko="단위를 찾을 수 없습니다.", en="There is no such unit.")


class VatClassUnknown(Invalid):
    """The VAT class is not known."""

    code = "vat_class_unknown"
    field = "vat_class"
    message = Text(ko="과세 구분을 찾을 수 없습니다.", en="There is no such VAT class.")


def create_item(
    *,
    actor: Actor,
    name: str,
    unit: str,
    name_en: str = "",
    code: str = "",
    pack_size: int = 1,
    vat_class: str = "taxable",
    category_id: UUID | None = None,
) -> Item:
    """An office adds an item to its cooperative's catalogue.

    Raises CodeTaken, CategoryUnknown, UnitUnknown, VatClassUnknown.
    """
    if actor.cooperative_id is None:
        raise NotAllowed
    if unit not in UNITS:
        raise UnitUnknown
    if vat_class not in VAT_CLASSES:
        raise VatClassUnknown
    if category_id is not None and not Category.objects.filter(pk=category_id).exists():
        raise CategoryUnknown
    item = Item(
        cooperative_id=actor.cooperative_id,
        category_id=category_id,
        name=name,
        name_en=name_en,
        code=code.upper(),
        unit=unit,
        pack_size=pack_size,
        vat_class=vat_class,
    )
    try:
        with transaction.atomic():
            item.save(force_insert=True)
            record(
                item,
                kind="item_created",
                actor=actor,
                at=clock.now(),
                cooperative_id=actor.cooperative_id,
                data={"name": name, "code": item.code},
            )
    except IntegrityError as error:
        if "item_codes_differ_within_a_catalogue" in str(error):
            raise CodeTaken(code=item.code) from None
        raise
    return item


def change_item(*, actor: Actor, item_id: UUID, **changes: Any) -> Item:
    """An office corrects what an item of its catalogue is called, its code or its category.

    changes: any of FREE_TO_CHANGE. What quantities are counted in stays: needs are stated in it.
    The same again: changes nothing. Raises NotFound, CodeTaken, CategoryUnknown.
    """
    if set(changes) - set(FREE_TO_CHANGE):
        raise TypeError(f"{sorted(changes)} are not changed here")
    if "code" in changes:
        changes["code"] = changes["code"].upper()
    _check_categories({changes.get("category_id")})
    try:
        with transaction.atomic():
            item = queries.locked_own_items(actor, [item_id])[item_id]
            changes = {name: new for name, new in changes.items() if getattr(item, name) != new}
            if not changes:
                return item
            _save_changes(item, changes, actor)
    except IntegrityError as error:
        if "item_codes_differ_within_a_catalogue" in str(error):
            raise CodeTaken(code=changes["code"]) from None
        raise
    return item


def file_items(*, actor: Actor, categories: Mapping[UUID, UUID | None]) -> dict[UUID, UUID | None]:
    """An office files items of its catalogue under categories (None: under none), all or nothing.

    Returns what those that changed were filed under before: given back, it undoes the filing.
    Raises NotFound, CategoryUnknown.
    """
    _check_categories(set(categories.values()))
    with transaction.atomic():
        items = queries.locked_own_items(actor, list(categories))
        before: dict[UUID, UUID | None] = {}
        for pk, category_id in categories.items():
            item = items[pk]
            if item.category_id != category_id:
                before[pk] = item.category_id
                _save_changes(item, {"category_id": category_id}, actor)
        return before


def _check_categories(wanted: set[UUID | None]) -> None:
    wanted = wanted - {None}
    if Category.objects.filter(pk__in=wanted).count() != len(wanted):
        raise CategoryUnknown


def _save_changes(item: Item, changes: Mapping[str, Any], actor: Actor) -> None:
    before = {name: str(getattr(item, name) or "") for name in changes}
    for name, value in changes.items():
        setattr(item, name, value)
    # What is called otherwise is compared anew.
    item.compared_at = None if "name" in changes else item.compared_at
    item.save(update_fields=[*changes, "compared_at"])
    after = {f"new_{name}": str(value or "") for name, value in changes.items()}
    record(item, kind="item_changed", actor=actor, at=clock.now(),
           cooperative_id=item.cooperative_id, data=before | after)  # fmt: skip
