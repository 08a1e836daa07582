"""A part of a text is found as `icontains` finds it, also one letter or two, and from an index."""

import pytest
from django.db import connection
from django.db.models import Model
from django.db.models.functions import Upper
from hypothesis import example, given
from hypothesis import strategies as st
from tests.factories.accounts import FirmFactory
from tests.factories.catalog import ItemFactory

from mungchi.accounts.models import Firm
from mungchi.catalog.models import Item, ItemAlias
from mungchi.common.searching import Letters

pytestmark = pytest.mark.django_db
TEXT = st.text("장갑쌀 aAbBßİıéÉ%_\\'\"{},😀1", max_size=6)


def same(name: str, part: str) -> bool:
    """Whether both ways find `part` in `name`; they must not differ."""
    Item.objects.filter(pk=ItemFactory(name=name).pk).update(name=name)
    one, other = (
        set(Item.objects.filter(**{f"name__{way}": part}).values_list("pk", flat=True))
        for way in ("holds", "icontains")
    )
    Item.objects.all().delete()
    assert one == other
    return bool(one)


@given(name=TEXT, part=TEXT)
@example(name="니트릴 장갑", part="갑")
@example(name="니트릴 장갑", part="장갑")
@example(name="니트릴 장갑", part=" 장")
@example(name="니트릴 장갑", part="니갑")
@example(name="a%b", part="%b")
@example(name="a_b", part="__")
def test_it_finds_what_icontains_finds(name: str, part: str) -> None:
    same(name, part)


def test_it_finds_and_does_not_find() -> None:
    assert same("니트릴 장갑", "장갑")
    assert same("Nitrile Gloves", "GL")
    assert same("쌀 20kg", "쌀")
    assert not same("니트릴 장갑", "트장")


@pytest.mark.parametrize(
    ("model", "field", "index"),
    [(Item, "name", "items_by_letters"), (Item, "name_en", "items_by_letters"),
     (Item, "code", "items_by_letters"), (ItemAlias, "name", "aliases_by_letters"),
     (Firm, "name", "firms_by_letters")],
)  # fmt: skip
@pytest.mark.parametrize("part", ["쌀", "장갑"])
def test_one_letter_and_two_are_found_from_an_index(
    model: type[Model], field: str, index: str, part: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = model._default_manager.order_by().filter(**{f"{field}__holds": part}).explain()
    assert index in plan


@pytest.mark.parametrize(("model", "index"), [(Item, "items_by_part_of_name"),
                                              (Firm, "firms_by_part_of_name")])  # fmt: skip
def test_three_letters_are_found_by_trigrams(model: type[Model], index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = model._default_manager.order_by().filter(name__holds="복사용지").explain()
    assert index in plan


def test_letters_are_those_of_the_text_alone_and_by_twos() -> None:
    firm = FirmFactory(name="aBa")
    found = Firm.objects.annotate(letters=Letters(Upper("name"))).get(pk=firm.pk)
    assert sorted(found.letters) == ["A", "AB", "B", "BA"]
