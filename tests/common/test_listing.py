"""Lists as spreadsheets: every row, in the asked order and language, and text is text."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    coordinator_of,
)
from tests.factories.clients import client_for

from mungchi.common.listing import XLSX, Column, Moment, spreadsheet
from mungchi.common.text import Text

EVIL = ["=1+1", "@SUM(A1)", "+1", "-1", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0",
        "{=1+1}", "http://example.org", "\t=1+1", "'=1", "x" * 40_000, "한빛 😀"]  # fmt: skip


def read(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_text_is_never_a_formula_a_link_or_a_number() -> None:
    sheet = read(spreadsheet([Column(Text(ko="기업", en="Firm"), lambda row: row)], EVIL))
    for cell, given in zip([row[0] for row in sheet.iter_rows(min_row=2)], EVIL, strict=True):
        assert cell.data_type in {"s", "inlineStr"}, given
        assert cell.value == given[:32_000]
        assert cell.hyperlink is None


def test_every_kind_of_value_keeps_its_kind() -> None:
    row = (7, Decimal("1.5"), date(2026, 2, 28), datetime(2026, 3, 1, 9, 30), None, "",  # noqa: DTZ001
           Text(ko="열림", en="Open"))  # fmt: skip
    columns = [Column(Text(ko=str(i), en=str(i)), lambda r, i=i: r[i]) for i in range(len(row))]
    with translation.override("en"):
        cells = [c.value for c in next(read(spreadsheet(columns, [row])).iter_rows(min_row=2))]
    assert cells == [
        7, 1.5, datetime(2026, 2, 28), datetime(2026, 3, 1, 9, 30), None, None, "Open",  # noqa: DTZ001
    ]  # fmt: skip


MOMENTS = [Moment(Text(ko="마감", en="Closes"), lambda row: row[0], zone=lambda row: row[1])]
# Half past midnight of the second in Seoul, and of the first in UTC's afternoon.
HALF_PAST = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(("zones", "korean", "english", "shown"), [
    (["Asia/Seoul"], "마감(한국 시각)", "Closes (Seoul time)", datetime(2026, 3, 2, 0, 30)),  # noqa: DTZ001
    (["Asia/Almaty"], "마감(Asia/Almaty)", "Closes (Asia/Almaty)", datetime(2026, 3, 1, 20, 30)),  # noqa: DTZ001
    (["Asia/Seoul", "Asia/Almaty"], "마감(UTC)", "Closes (UTC)", datetime(2026, 3, 1, 15, 30)),  # noqa: DTZ001
])  # fmt: skip
def test_moments_are_on_one_clock_which_the_heading_names(
    zones: list[str], korean: str, english: str, shown: datetime
) -> None:
    rows = [(HALF_PAST, zone) for zone in zones] + [(None, "Europe/Paris")]
    for language, heading in (("ko", korean), ("en", english)):
        with translation.override(language):
            sheet = read(spreadsheet(MOMENTS, iter(rows)))
        assert sheet["A1"].value == heading
        assert [row[0].value for row in sheet.iter_rows(min_row=2, max_row=1 + len(zones))] == [
            shown for _ in zones
        ]


def test_a_moment_of_which_no_heading_says_the_zone_says_it_itself() -> None:
    columns = [Column(Text(ko="때", en="When"), lambda row: row)]
    assert read(spreadsheet(columns, [HALF_PAST]))["A2"].value == "2026-03-01 15:30 UTC"


def test_a_list_without_rows_is_a_sheet_with_headings() -> None:
    sheet = read(spreadsheet([Column(Text(ko="기업", en="Firm"), lambda r: r)], []))
    assert sheet["A1"].value == "기업"
    assert sheet.max_row <= 2


@pytest.mark.django_db
def test_a_firm_that_is_named_like_a_formula() -> None:
    cooperative = CooperativeFactory()
    names = sorted(["=1+1", "@SUM(1)", "+82", "-5", "가람"])
    for name in [*names, *[f"기업 {n:03d}" for n in range(30)]]:
        MembershipFactory(cooperative=cooperative, firm=FirmFactory(name=name))
    MembershipFactory(firm=FirmFactory(name="남의 기업"))
    client = client_for(coordinator_of(cooperative), "en")
    answer = client.get("/api/v1/members?export=xlsx&ordering=name")
    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"] == 'attachment; filename="members.xlsx"'
    sheet = read(answer.content)
    assert sheet["A1"].value == "Firm"
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert len(cells) == 35, "all rows, not a page of them, and nobody else's"
    assert all(cell.data_type == "s" for cell in cells)
    assert set(names) < {cell.value for cell in cells}


@pytest.mark.django_db
def test_the_export_is_filtered_like_the_list() -> None:
    cooperative = CooperativeFactory()
    for name in ("가람", "한빛"):
        MembershipFactory(cooperative=cooperative, firm=FirmFactory(name=name))
    client = client_for(coordinator_of(cooperative))
    sheet = read(client.get("/api/v1/members?export=xlsx&search=가람").content)
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["가람"]
