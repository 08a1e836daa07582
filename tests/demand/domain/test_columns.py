"""Recognising what a file's columns are."""

import io

import pytest
from tests.factories.demand import KOREAN, LINES, RETAIL, csv_bytes, xlsx_bytes

from mungchi.common.sheets.headers import find_header, plain_name
from mungchi.demand.domain.columns import NAMES, recognise_mapping, recognise_rules
from mungchi.demand.domain.fields import FIELDS, Layout, Rules
from mungchi.demand.domain.preview import PREVIEW_LINES, preview, recognise


def mapped(headers: list[str], samples: list[list[str]] | None = None) -> dict[str, int]:
    """Return the fields for which a column was found."""
    found = recognise_mapping(headers, samples or [])
    assert set(found) == set(FIELDS)
    return {name: index for name, index in found.items() if index is not None}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (RETAIL, ["document", "item_code", "item_name", "quantity", "date", "unit_price",
                  "firm_code"]),
        (["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID"],
         ["document", "item_code", "item_name", "quantity", "date", "unit_price", "firm_code"]),
        (KOREAN, ["document", "item_code", "item_name", "quantity", "date", "unit_price",
                  "firm_code", "firm_name"]),
        (["주문번호", "품 번", "품명", "수량(EA)", "일 자", "단가(원)", "사업자 등록번호", "업체명",
          "통화"],
         ["document", "item_code", "item_name", "quantity", "date", "unit_price", "firm_code",
          "firm_name", "currency"]),
        (["거래일자", "거래처명", "상품명", "수량", "공급단가"],
         ["date", "firm_name", "item_name", "quantity", "unit_price"]),
    ],
)  # fmt: skip
def test_columns_are_recognised_by_name(headers: list[str], fields: list[str]) -> None:
    assert mapped(headers) == {name: index for index, name in enumerate(fields)}


def test_of_two_names_for_one_field_the_better_one_is_taken() -> None:
    assert mapped(["거래처코드", "사업자등록번호"])["firm_code"] == 1
    assert mapped(["출고일", "거래일자"])["date"] == 1


def test_gaps_are_filled_from_contents_where_only_one_reading_is_possible() -> None:
    samples = [["2024-03-05", "124-81-00998", "5", "1200", "x"]] * 5
    assert mapped(["a", "b", "수량", "d", "품명"], samples) == {
        "quantity": 2, "item_name": 4, "date": 0, "firm_code": 1, "unit_price": 3,
    }  # fmt: skip


def test_two_possible_readings_are_left_to_the_coordinator() -> None:
    samples = [["2024-03-05", "2024-03-06", "5", "1200"]] * 5
    assert "date" not in mapped(["출", "입", "c", "d"], samples)


def test_names_are_compared_without_blanks_marks_and_units() -> None:
    assert plain_name(" Unit Price (KRW) ") == "unitprice"
    assert plain_name("단 가[원]") == "단가"
    assert plain_name("ＱＴＹ") == "qty"


def test_the_header_is_found_below_a_title_block() -> None:
    above = "2024년 거래 내역,,,,,,,\n출력일: 2024-04-01,,,,,,,\n\n"
    found, lines = recognise(io.BytesIO(csv_bytes(LINES, above=above)))
    assert found.reading.header_line == 4
    assert [column["header"] for column in found.columns] == KOREAN
    assert found.columns[0]["samples"] == ["J001", "J001", "J002"]
    assert [line for line, _ in lines] == [5, 6, 7]
    book, lines = recognise(io.BytesIO(xlsx_bytes(LINES)))
    assert (book.reading.header_line, lines[0][0]) == (3, 4)


def test_names_that_nobody_knows_are_a_header_when_they_look_like_one() -> None:
    rows = [(1, ["Nr", "Ware", "Menge", "Preis"]), (2, ["1", "Schraube", "5", "1.20"])]
    assert find_header(rows, NAMES) == 1


def test_rules_are_recognised_from_the_layout_and_from_values() -> None:
    retail = mapped(RETAIL)
    assert recognise_rules(RETAIL, retail, []) == Rules(True, True, "mdy")
    korean = mapped(KOREAN)
    assert recognise_rules(KOREAN, korean, LINES) == Rules(False, False, "ymd")
    like_retail = [["536365", "22914"], ["536366", "84970S"], ["C536367", "22914"]]
    assert recognise_rules(
        ["전표번호", "품목코드"], {"document": 0, "item_code": 1}, like_retail
    ) == (Rules(True, True, "ymd"))
    all_c = [["C100000", "A1"], ["C100001", "A2"]]
    assert not recognise_rules([], {"document": 0, "item_code": 1}, all_c).c_is_cancelled


def test_the_preview_counts_what_it_judged_and_says_whether_that_was_all() -> None:
    layout = Layout(recognise_mapping(KOREAN, LINES), "KRW", Rules())
    bad = ["J003", "", "", "1", "2024-03-05", "10", "M1", ""]
    shown = preview([(2, LINES[0]), (3, bad)], layout, lambda lines: {})
    assert shown["rows"][1] == {
        "line": 3, "problem": "item",
        "values": dict(zip([name for name in FIELDS if name != "unit"],
                           ["J003", "", "", "1", "2024-03-05", "10", "M1", ""], strict=False)),
    }  # fmt: skip
    assert (shown["lines"], shown["whole"], shown["kept"]) == (2, True, 1)
    assert shown["rejected"] == {"item": 1}
    many = preview([(n, LINES[0]) for n in range(PREVIEW_LINES + 1)], layout, lambda lines: {})
    assert (many["lines"], many["whole"], len(many["rows"])) == (PREVIEW_LINES, False, 20)
