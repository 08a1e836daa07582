"""Purchase files that say units: counted in the item's, or rejected with the reason."""

from decimal import Decimal

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import KOREAN, csv_bytes, imported, upload

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm
from mungchi.catalog.models import Item
from mungchi.catalog.operations import set_units
from mungchi.demand import operations
from mungchi.demand.models import ImportRejection, Purchase

pytestmark = pytest.mark.django_db

HEADER = [*KOREAN[:4], "단위", *KOREAN[4:]]


def line(quantity: str, unit: str, price: str, code: str = "P-1", firm: str = "M1") -> list[str]:
    return ["J1", code, "복사용지 A4", quantity, unit, "2024-03-05", price, firm, f"기업 {firm}"]


@pytest.fixture
def home() -> Cooperative:
    return CooperativeFactory()


@pytest.fixture
def office(home: Cooperative) -> Actor:
    return coordinator_of(home)


def bought() -> list[tuple[int, Decimal]]:
    return list(Purchase.objects.order_by("id").values_list("quantity", "unit_price"))


def test_quantities_and_prices_come_out_in_the_items_unit(home, office) -> None:
    item = ItemFactory(cooperative=home, code="P-1", unit="each")
    set_units(actor=office, item_id=item.pk, units={"box": (1, 12)})
    lines = [line("3", "BOX", "12,000"), line("5", "EA", "1,000"), line("7", "", "900"),
             line("1", "박스", "10,000"), line("2", "롤", "100", firm="M2"),
             line("2", "봇짐", "100")]  # fmt: skip
    content = csv_bytes(lines, header=HEADER)
    row = upload(office, content)
    assert row.mapping["unit"] == 4
    assert row.preview["rejected"] == {"unit_no_conversion": 1, "unit": 1}
    row = imported(office, content)
    assert bought() == [
        (36, Decimal(1000)), (5, Decimal(1000)), (7, Decimal(900)), (12, Decimal("833.333333")),
    ]  # fmt: skip
    assert (row.kept, row.rejected, row.items_new, row.firms_new) == (4, 2, 0, 1)
    # Who is named by rejected lines alone does not become a member.
    assert not Firm.objects.filter(name="기업 M2").exists()
    rejected = client_for(office).get(f"/api/v1/imports/{row.pk}/rejections?export=csv")
    text = b"".join(rejected.streaming_content).decode()
    assert all(part in text for part in ("품목 화면에 적어", "롤", "봇짐"))


def test_once_the_unit_is_known_the_same_file_adds_what_was_rejected_and_nothing_else(
    home, office
) -> None:
    item = ItemFactory(cooperative=home, code="P-1", unit="box")
    # Two lines that differ in nothing but their unit.
    content = csv_bytes([line("24", "EA", "100"), line("24", "BOX", "100")], header=HEADER)
    first = imported(office, content)
    assert (first.kept, first.rejected, bought()) == (1, 1, [(24, Decimal(100))])
    set_units(actor=office, item_id=item.pk, units={"each": (12, 1)})
    again = imported(office, content)
    assert (again.kept, again.already_there, again.rejected) == (2, 1, 0)
    assert bought() == [(24, Decimal(100)), (2, Decimal(1200))]
    assert imported(office, content).already_there == 2
    # Nor does it, when nobody says which column the units are in.
    row = upload(office, content)
    operations.map_columns(actor=office, import_id=row.pk, mapping={"unit": None}, rules={})
    operations.start_import(actor=office, import_id=row.pk)
    operations.run_import(import_id=row.pk)
    assert len(bought()) == 2


def test_a_quantity_that_does_not_come_out_whole_is_rejected(home, office) -> None:
    ItemFactory(cooperative=home, code="P-1", unit="tonne")
    row = upload(office, csv_bytes([line("1500", "kg", "2"), line("3000", "KG", "2")],
                                   header=HEADER))  # fmt: skip
    assert row.preview["rejected"] == {"unit_not_whole": 1}
    operations.start_import(actor=office, import_id=row.pk)
    operations.run_import(import_id=row.pk)
    assert bought() == [(3, Decimal(2000))]
    assert ImportRejection.objects.get().reason == "unit_not_whole"


def test_a_new_item_is_counted_in_the_unit_that_stands_most_often_beside_it(home, office) -> None:
    lines = [line("3", "kg", "10"), line("4", "KG", "10"), line("2", "톤", "9000"),
             line("1", "롤", "5")]  # fmt: skip
    row = upload(office, csv_bytes(lines, header=HEADER))
    assert row.preview["rejected"] == {"unit_no_conversion": 1}
    operations.start_import(actor=office, import_id=row.pk)
    operations.run_import(import_id=row.pk)
    assert Item.objects.get().unit == "kg"
    assert bought() == [(3, 10), (4, 10), (2000, 9)]


def test_without_a_column_of_units_everybodys_item_is_counted_in_its_own(office) -> None:
    item = ItemFactory(name="복사용지 A4", code="A-1", unit="box")
    row = imported(
        office, csv_bytes([["J1", "A-1", "A4 복사용지", "3", "2024-03-05", "40", "M1", "가"]])
    )
    assert (row.items_new, bought()) == (0, [(3, Decimal(40))])
    assert Purchase.objects.get().item_id == item.pk
