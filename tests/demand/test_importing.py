"""The import as a whole: what it makes, twice, at once, killed in the middle, broken."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    coordinator_of,
)
from tests.factories.catalog import ItemFactory
from tests.factories.demand import LINES, RETAIL, csv_bytes, imported, upload, xlsx_bytes

from mungchi.accounts.models import Firm, Membership
from mungchi.catalog.models import Item
from mungchi.common.history import MoveNotDeclared
from mungchi.common.models import History
from mungchi.common.uploads import MappingIncomplete
from mungchi.demand import operations, stage
from mungchi.demand.domain import preview
from mungchi.demand.models import ImportRejection, Purchase, PurchaseImport
from mungchi.demand.operations import gathering, importing
from mungchi.demand.operations.imports import ImportFailed, ImportStarted

pytestmark = pytest.mark.django_db
MIXED = [
    *LINES,
    ["J003", "A-1", "복사용지", "0", "2024.03.07", "4,000원", "M001", "가나상사"],
    ["J003", "C-3", "테이프", "5", "언젠가", "900", "M003", ""],
    ["J004", "C-3", "테이프", "5", "2024.03.07", "900", "M003", ""],
    ["J004", "C-3", "테이프", "5", "2024.03.07", "900", "M003", ""],
]


def counts(row: PurchaseImport) -> tuple[int, ...]:
    """Return (lines, kept, rejected, already there, new firms, new items)."""
    return (row.lines, row.kept, row.rejected, row.already_there, row.firms_new, row.items_new)


def everything() -> tuple[int, ...]:
    """Return how many purchases, items, firms and memberships there are."""
    return tuple(model.objects.count() for model in (Purchase, Item, Firm, Membership))


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes], ids=["csv", "xlsx"])
def test_firms_items_and_purchases_come_out_of_a_file(make) -> None:
    office = coordinator_of(CooperativeFactory())
    row = imported(office, make(MIXED))

    assert (row.state, counts(row)) == ("done", (7, 5, 2, 0, 3, 3))
    first = Purchase.objects.select_related("firm", "item").order_by("id")[0]
    assert (first.firm.name, first.item.code, first.item.name) == ("가나상사", "A-1", "복사용지 A4")
    assert (first.quantity, first.unit_price) == (10, Decimal(4200))
    assert (first.purchased_date, first.currency, first.document) == (
        date(2024, 3, 5),
        "KRW",
        "J001",
    )
    assert Purchase.objects.filter(document="J004").count() == 2
    members = Membership.objects.filter(cooperative=office.cooperative_id).order_by("member_code")
    assert [(m.member_code, m.firm.name, m.state, m.firm.business_number) for m in members] == [
        ("M001", "가나상사", "active", None),
        ("M002", "다라정밀", "active", None),
        ("M003", "거래처 M003", "active", None),
    ]
    offset = 0 if make is csv_bytes else 2
    assert list(ImportRejection.objects.order_by("line").values_list("line", "reason")) == [
        (5 + offset, "quantity"),
        (6 + offset, "date"),
    ]


def test_the_same_file_twice_changes_nothing_whatever_its_form() -> None:
    office = coordinator_of(CooperativeFactory())
    imported(office, csv_bytes(MIXED))
    before = everything()
    for content in (csv_bytes(MIXED), csv_bytes(MIXED, encoding="cp949", delimiter=";"),
                    xlsx_bytes(MIXED)):  # fmt: skip
        again = imported(office, content)
        assert counts(again) == (7, 5, 2, 5, 0, 0)
    assert everything() == before


def test_a_longer_file_adds_only_what_is_new() -> None:
    office = coordinator_of(CooperativeFactory())
    imported(office, csv_bytes(MIXED))
    third = ["J004", "C-3", "테이프", "5", "2024.03.07", "900", "M003", ""]
    assert counts(imported(office, csv_bytes([*MIXED, third]))) == (8, 6, 2, 5, 0, 0)


def test_two_cooperatives_have_their_own_items_members_and_purchases() -> None:
    for _ in range(2):
        row = imported(coordinator_of(CooperativeFactory()), csv_bytes(MIXED))
        assert counts(row) == (7, 5, 2, 0, 3, 3)
    assert Purchase.objects.count() == 10


def test_members_items_and_registered_firms_are_found_again() -> None:
    cooperative = CooperativeFactory()
    office = coordinator_of(cooperative)
    known = MembershipFactory(cooperative=cooperative, member_code="M001").firm
    registered = FirmFactory(business_number="1248100998")
    item = ItemFactory(cooperative=cooperative, code="A-1")
    by_number = ["J9", "A-1", "용지", "1", "2024-03-05", "100", "124-81-00998", "다른 이름"]
    row = imported(office, csv_bytes([LINES[0], by_number]))

    assert (row.firms_new, row.items_new) == (0, 0)
    assert set(Purchase.objects.values_list("firm", "item")) == {
        (known.pk, item.pk),
        (registered.pk, item.pk),
    }
    joined = Membership.objects.get(firm=registered)
    assert (joined.member_code, joined.state) == ("1248100998", "active")
    assert imported(office, csv_bytes([by_number])).already_there == 1


def test_without_codes_names_tell_firms_and_items_apart() -> None:
    cooperative = CooperativeFactory()
    office = coordinator_of(cooperative)
    member = MembershipFactory(cooperative=cooperative, firm__name="한빛").firm
    header = ["거래일자", "거래처명", "상품명", "수량", "단가"]
    rows = [["2024-03-05", "한빛", "볼트", "1", "10"], ["2024-03-05", "새벽", "볼트", "1", "10"]]
    row = imported(office, csv_bytes(rows, header=header))
    assert (row.kept, row.firms_new, row.items_new) == (2, 1, 1)
    assert Purchase.objects.filter(firm=member).count() == 1
    assert imported(office, csv_bytes(rows, header=header)).already_there == 2


def test_an_item_is_called_by_its_most_frequent_spelling() -> None:
    names = ["HEART", "heart holder", "HEART", ""]
    rows = [[f"5363{n}", "22914", name, "1", "2010-12-01", "1.5", "13047.0", "UK"]
            for n, name in enumerate(names)]  # fmt: skip
    imported(coordinator_of(CooperativeFactory(currency="GBP")), csv_bytes(rows, header=RETAIL))
    assert Item.objects.get().name == "HEART"
    assert Firm.objects.get().name == "거래처 13047"


class Killed(BaseException):
    """Stands for a worker that ends at this point."""


@pytest.mark.parametrize("point", ["add_lines", "take_firms", "take_items", "take_purchases"])
def test_a_killed_import_leaves_nothing_and_runs_again(
    point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = coordinator_of(CooperativeFactory())
    row = upload(office, csv_bytes(MIXED))
    operations.start_import(actor=office, import_id=row.pk)
    before = everything()
    real = getattr(gathering, point)

    def killed(*args: object, **kwargs: object) -> None:
        real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(gathering, point, killed)
    with pytest.raises(Killed):
        operations.run_import(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, everything(), ImportRejection.objects.count()) == ("running", before, 0)

    monkeypatch.undo()
    for _ in range(2):
        operations.run_import(import_id=row.pk)
        row.refresh_from_db()
        assert (row.state, counts(row)) == ("done", (7, 5, 2, 0, 3, 3))
        assert (Purchase.objects.count(), ImportRejection.objects.count()) == (5, 2)
    moves = History.objects.filter(subject_id=row.pk).order_by("id").values_list("kind", flat=True)
    assert list(moves) == ["import_uploaded", "import_started", "import_running", "import_done"]


def test_a_mistake_of_ours_ends_the_import_and_takes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = coordinator_of(CooperativeFactory())
    row = upload(office, csv_bytes(MIXED))
    operations.start_import(actor=office, import_id=row.pk)
    before = everything()
    monkeypatch.setattr(gathering, "take_items", lambda cooperative: 1 / 0)
    operations.run_import(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.problem, everything()) == ("failed", "interrupted", before)
    with pytest.raises(ImportFailed):
        operations.start_import(actor=office, import_id=row.pk)


def test_a_database_that_goes_away_leaves_the_import_to_be_run_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = coordinator_of(CooperativeFactory())
    row = upload(office, csv_bytes(MIXED))
    operations.start_import(actor=office, import_id=row.pk)

    def gone(cooperative: object) -> int:
        raise OperationalError("gone")

    monkeypatch.setattr(gathering, "take_items", gone)
    with pytest.raises(OperationalError):
        operations.run_import(import_id=row.pk)
    row.refresh_from_db()
    assert row.state == "running"


def test_a_workbook_that_breaks_in_the_middle_is_left_out_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(preview, "PREVIEW_LINES", 10)
    office = coordinator_of(CooperativeFactory())
    content = bytearray(xlsx_bytes([LINES[0]] * 5_000))
    # Behind what the preview reads, so that it is found by the job.
    at = content.rindex(b"xl/worksheets/sheet2.xml") - len(content)
    second = content.index(b"xl/worksheets/sheet2.xml")
    broken = second + (len(content) + at - second) * 8 // 10
    content[broken : broken + 100] = b"\x00" * 100
    row = upload(office, bytes(content))
    operations.start_import(actor=office, import_id=row.pk)
    before = everything()
    operations.run_import(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.problem, everything()) == ("failed", "broken", before)
    assert ImportRejection.objects.count() == 0


def test_starting_twice_queues_one_job() -> None:
    office = coordinator_of(CooperativeFactory())
    row = upload(office, csv_bytes(LINES))
    for _ in range(2):
        assert operations.start_import(actor=office, import_id=row.pk).state == "queued"
    job = ProcrastinateJob.objects.get(task_name="mungchi.demand.bring_in_purchases")
    assert job.args == {"import_id": str(row.pk)}
    stage.bring_in_purchases(**job.args)
    row.refresh_from_db()
    assert row.state == "done"


def test_what_was_started_is_neither_mapped_nor_deleted() -> None:
    office = coordinator_of(CooperativeFactory())
    row = imported(office, csv_bytes(LINES))
    with pytest.raises(ImportStarted):
        operations.map_columns(actor=office, import_id=row.pk, mapping={}, rules={})
    with pytest.raises(ImportStarted):
        operations.delete_upload(actor=office, import_id=row.pk)
    assert operations.start_import(actor=office, import_id=row.pk).state == "done"


def test_an_import_starts_only_when_every_field_has_a_column() -> None:
    office = coordinator_of(CooperativeFactory())
    row = upload(
        office, csv_bytes(LINES, header=["a", "b", "품목명", "수량", "e", "단가", "g", "h"])
    )
    with pytest.raises(MappingIncomplete) as error:
        operations.start_import(actor=office, import_id=row.pk)
    assert set(error.value.fields) == {"mapping.firm_code"}
    operations.map_columns(actor=office, import_id=row.pk, mapping={"firm_name": 7}, rules={})
    assert operations.start_import(actor=office, import_id=row.pk).state == "queued"


def test_a_lost_job_is_queued_again_by_the_sweep() -> None:
    office = coordinator_of(CooperativeFactory())
    row = upload(office, csv_bytes(LINES))
    operations.start_import(actor=office, import_id=row.pk)
    assert stage.resume_imports() == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert stage.resume_imports() == 1
    assert stage.resume_imports() == 0
    operations.run_import(import_id=row.pk)
    assert stage.resume_imports() == 0


def test_queries_do_not_grow_with_the_file() -> None:
    seen = []
    for lines in (3, 300):
        rows = [[f"J{n}", f"A-{n}", "용지", "1", "2024-03-05", "100", f"M{n}", ""]
                for n in range(lines)]  # fmt: skip
        office = coordinator_of(CooperativeFactory())
        row = upload(office, csv_bytes(rows))
        operations.start_import(actor=office, import_id=row.pk)
        with CaptureQueriesContext(connection) as queries:
            operations.run_import(import_id=row.pk)
        seen.append(len(queries))
    assert seen[0] == seen[1] <= 50


def test_an_undeclared_move_is_refused() -> None:
    row = imported(coordinator_of(CooperativeFactory()), csv_bytes(LINES))
    with pytest.raises(MoveNotDeclared):
        importing._move(row, "running", "import_running", also=())


def test_a_large_file_is_stored_in_parts_and_read_as_it_was() -> None:
    content = csv_bytes([[*LINES[0][:2], "가" * 60, *LINES[0][3:]]] * 9_000)
    assert len(content) > 2 * operations.imports.PART_BYTES
    row = upload(coordinator_of(CooperativeFactory()), content)
    assert row.parts.count() == 3
    assert operations.imports.stored_file(row.pk).read() == content


def test_a_header_only_mapped_by_hand_uses_the_columns_named() -> None:
    office = coordinator_of(CooperativeFactory())
    header = ["Nr", "Ware", "Menge", "Preis", "Tag", "Kunde"]
    content = csv_bytes([["1", "Schraube", "5", "1,20", "05.03.2024", "K-7"]], header=header,
                        delimiter=";")  # fmt: skip
    row = operations.upload_purchases(actor=office, filename="x", stream=io.BytesIO(content))
    mapping = {"document": 0, "item_name": 1, "quantity": 2, "unit_price": 3, "date": 4,
               "firm_code": 5}  # fmt: skip
    row = operations.map_columns(
        actor=office, import_id=row.pk, mapping=mapping, rules={"date_order": "dmy"}
    )
    assert (row.preview["kept"], row.preview["rejected"]) == (1, {})
    operations.start_import(actor=office, import_id=row.pk)
    operations.run_import(import_id=row.pk)
    assert Purchase.objects.get().purchased_date == date(2024, 3, 5)
