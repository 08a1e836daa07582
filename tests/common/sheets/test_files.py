"""Files as they come: encodings, separators, workbooks, and what is no table at all."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from tests.factories.demand import KOREAN, LINES, csv_bytes, xlsx_bytes

from mungchi.common.sheets import files, workbook
from mungchi.common.sheets.files import estimated_lines, recognise_reading, rows
from mungchi.common.sheets.problems import PROBLEMS, FileUnreadable
from mungchi.common.sheets.workbook import cell_text
from mungchi.demand.domain.preview import recognise

TABLE = [KOREAN, *LINES]


def read(content: bytes) -> list[list[str]]:
    """Return the rows of a file, read as it is recognised."""
    stream = io.BytesIO(content)
    return [values for _, values in rows(stream, recognise_reading(stream))]


def problem(content: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(FileUnreadable) as error:
        recognise(io.BytesIO(content))
    return error.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_recognised(encoding: str, delimiter: str) -> None:
    assert read(csv_bytes(LINES, encoding=encoding, delimiter=delimiter)) == TABLE


def test_utf_16_without_its_mark_is_recognised() -> None:
    content = csv_bytes([["INV", *line[1:]] for line in LINES], header=["InvoiceNo"] * 8)
    text = content.decode().encode("utf-16-le")
    assert read(text)[1][0] == "INV"


def test_western_letters_are_not_taken_for_korean() -> None:
    content = csv_bytes([["1", "Café crème", "£5"]] * 3, header=["a", "b", "c"], encoding="latin-1")
    assert read(content)[1] == ["1", "Café crème", "£5"]


def test_a_korean_letter_cut_in_half_does_not_spoil_the_file() -> None:
    lines = [
        ["J1", "A", "복사용지 A4 팔십그램 흰색", "1", "2024-03-05", "10", "M1", "가나상사"]
    ] * 50
    content = csv_bytes(lines, encoding="cp949").replace(
        "팔십그램".encode("cp949"), b"\xc6\xc8\xbd", 1
    )
    values = read(content)
    assert values[2][2] == "복사용지 A4 팔십그램 흰색"
    assert values[1][7] == "가나상사"


def test_quoted_line_breaks_keep_line_numbers_right() -> None:
    content = b'a,b,c\n1,"two\nlines",3\n\n4,5,6\n'
    stream = io.BytesIO(content)
    numbered = list(rows(stream, recognise_reading(stream)))
    assert numbered == [(1, ["a", "b", "c"]), (2, ["1", "two\nlines", "3"]), (5, ["4", "5", "6"])]


def test_a_workbook_is_read_from_its_fullest_sheet() -> None:
    line = [
        "J1",
        2291,
        "볼트",
        10.0,
        datetime.fromisoformat("2024-03-05 09:00"),
        4.95,
        "M1",
        "한빛",
    ]
    stream = io.BytesIO(xlsx_bytes([line, line]))
    reading = recognise_reading(stream)
    assert reading.sheet == 1
    assert list(rows(stream, reading))[1:] == [
        (3, KOREAN),
        (4, ["J1", "2291", "볼트", "10", "2024-03-05 09:00:00", "4.95", "M1", "한빛"]),
        (5, ["J1", "2291", "볼트", "10", "2024-03-05 09:00:00", "4.95", "M1", "한빛"]),
    ]
    assert estimated_lines(stream, reading) == 5


def test_cells_become_the_text_that_people_see() -> None:
    shown = [cell_text(v) for v in (3, 3.0, 4.95, True, date(2024, 3, 5), time(9, 30))]
    assert shown == ["3", "3", "4.95", "True", "2024-03-05", "09:30:00"]
    assert cell_text(float("nan")) == "nan"
    assert cell_text(1e300) == "1e+300"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_table"),
        (b"a,b,c\n1,\x002,3\n", "not_a_table"),
        (b"<!DOCTYPE html><table></table>", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_workbook"),
        (b"PK\x03\x04 this is no archive", "broken"),
        (b"x" * 10_000_000, "cell_too_long"),
        (b'"' + b"x\n" * 200_000, "cell_too_long"),
        (b"hello world\nthis is prose, nothing else\n", "no_header"),
        (csv_bytes(LINES, header=LINES[0]), "no_header"),
        (csv_bytes([]), "no_lines"),
        (b",".join([b"x"] * 200_000), "cell_too_long"),
    ],
)
def test_what_is_no_purchase_history_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert problem(content) == code
    assert code in PROBLEMS


def archive(members: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return content.getvalue()


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    assert problem(archive({"holiday.jpg": b"\xff\xd8"})) == "not_a_table"
    assert problem(archive({"[Content_Types].xml": b"<nonsense"})) == "broken"


def test_a_zip_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNFOLDED", 10_000_000)
    bomb = archive({"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 10_000_001})
    assert len(bomb) < 100_000
    assert problem(bomb) == "unfolds_too_large"
    texts = archive({"[Content_Types].xml": b"<x/>", "xl/sharedStrings.xml": b"0" * 60_000_000})
    monkeypatch.undo()
    assert problem(texts) == "unfolds_too_large"


def test_a_workbook_that_breaks_in_the_middle_says_so() -> None:
    content = bytearray(xlsx_bytes([LINES[0]] * 3_000))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheet = file.getinfo("xl/worksheets/sheet2.xml")
    at = sheet.header_offset + sheet.compress_size // 2
    content[at : at + 200] = b"\x00" * 200
    stream = io.BytesIO(bytes(content))
    with pytest.raises(FileUnreadable, match="broken"):
        list(rows(stream, recognise_reading(stream)))


def test_no_more_lines_are_read_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINES", 3)
    for content in (csv_bytes(LINES), xlsx_bytes(LINES)):
        with pytest.raises(FileUnreadable, match="too_many_lines"):
            read(content)


def test_a_cell_far_away_is_one_more_row_not_a_million() -> None:
    book = openpyxl.Workbook()
    for line in [KOREAN, *LINES]:
        book.active.append(line)
    book.active.cell(row=1_048_576, column=1, value="x")
    content = io.BytesIO()
    book.save(content)
    found = list(rows(content, recognise_reading(content)))
    assert [line for line, _ in found] == [1, 2, 3, 4, 1_048_576]


SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(xml: str) -> bytes:
    """Return a workbook whose only sheet is this XML."""
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with zipfile.ZipFile(content) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return archive({**members, SHEET: xml.encode()})


def cells(xml: str) -> list[list[str]]:
    """Return the rows of a workbook whose only sheet holds this data."""
    sheet = f'<x:worksheet xmlns:x="urn:x"><x:sheetData>{xml}</x:sheetData></x:worksheet>'
    stream = io.BytesIO(with_sheet(sheet.replace("<x:c", "<x:c ")))
    return [values for _, values in workbook.sheet_rows(workbook.open_book(stream), 0)]


def test_cells_without_places_of_every_kind_and_with_phonetic_guides_are_read() -> None:
    assert cells(
        '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>복</x:t></x:r><x:r><x:t>사</x:t></x:r>'
        "<x:rPh><x:t>guide</x:t></x:rPh></x:is></x:c>"
        '<x:c r="D1" t="str"><x:f>1+1</x:f><x:v>two_x000D_\nlines</x:v></x:c>'
        '<x:c t="e"><x:v>#N/A</x:v></x:c><x:c><x:v>1.50</x:v></x:c><x:c/></x:row><x:row/>'
    ) == [["복사", "", "", "two \nlines", "#N/A", "1.5"]]


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>',
        "<worksheet><row><c t='s'><v>99</v></c></row></worksheet>",
        "<worksheet><row><c><v>many</v></c></row></worksheet>",
        "<worksheet><row r='first'/></worksheet>",
        "<worksheet><row>",
        "",
    ],
)
def test_a_sheet_that_is_not_what_it_seems_is_refused(xml: str) -> None:
    assert problem(with_sheet(xml)) == "broken"


def test_no_cell_is_longer_and_no_row_wider_than_a_sheet_may_be() -> None:
    long = "<x:c t='str'><x:v>" + "x" * 10_000_000 + "</x:v></x:c>"
    (values,) = cells("<x:row>" + long + "<x:c><x:v>1</x:v></x:c>" * 200 + "</x:row>")
    assert len(values) == workbook.MAX_COLUMNS
    assert len(values[0]) < 2 * workbook.LONGEST_CELL


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    for text in PROBLEMS.values():
        assert text.ko.endswith("오.") or text.ko.endswith("다.")
        assert text.en.endswith(".")
