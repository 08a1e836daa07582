"""A firm says which categories it buys."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.catalog.models import Category
from mungchi.common import clock
from mungchi.common.errors import Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.text import Text
from mungchi.demand.models import Interest


class CategoryUnknown(Invalid):
    """There is no such category."""

    code = "category_unknown"
    field = "categories"
    message = Text(ko="분류를 다시 선택해 주십시오.", en="Please choose the categories again.")


def choose_categories(*, actor: Actor, categories: Sequence[UUID]) -> None:
    """Replace what the firm says it buys; the same again: no change. Raises CategoryUnknown."""
    wanted = set(categories)
    names = dict(Category.objects.filter(pk__in=wanted).values_list("pk", "name"))
    if len(names) != len(wanted):
        raise CategoryUnknown
    with transaction.atomic():
        firm = Firm.objects.select_for_update(no_key=True).filter(pk=actor.firm_id).first()
        if firm is None:
            raise NotFound
        rows = Interest.objects.filter(firm=firm).select_related("category")
        before = {row.category_id: row.category.name for row in rows}
        if set(before) == wanted:
            return
        rows.exclude(category__in=wanted).delete()
        Interest.objects.bulk_create(
            [Interest(firm=firm, category_id=pk) for pk in wanted - set(before)]
        )
        record(firm, kind="firm_changed", actor=actor, at=clock.now(), firm_id=firm.pk,
               data={"before": {"categories": ", ".join(sorted(before.values()))},
                     "after": {"categories": ", ".join(sorted(names.values()))}})  # fmt: skip
