"""From a file's bytes to rows of text: CSV in its many forms, and workbooks. Pure.

A row is (line, values): the line number that a person finds in the file, from 1, and the cells as
text. Everything is read as a stream; a file may be as large as the upload allows without more than
a few rows being in memory (a workbook's shared texts apart, whose size is limited).
"""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from mungchi.common.text import Text
from mungchi.demand.domain.fields import Reading

Row = tuple[int, list[str]]

MAX_COLUMNS: Final = 100
MAX_LINES: Final = 1_000_000
MAX_SHEETS: Final = 20
LONGEST_CELL: Final = 32_767
# A workbook of a million lines unfolds to about this much; more is not a purchase history.
MAX_UNFOLDED: Final = 600 * 1024 * 1024
MAX_SHARED_TEXT: Final = 48 * 1024 * 1024
HEAD: Final = 64 * 1024
DELIMITERS: Final = (",", "\t", ";", "|")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")

PROBLEMS: Final[dict[str, Text]] = {
    "empty": Text(ko="빈 파일입니다.", en="The file is empty."),
    "not_a_table": Text(
        ko="표로 읽을 수 없는 파일입니다. CSV 또는 엑셀(.xlsx) 파일을 올려 주십시오.",
        en="This file is not a table. Please upload a CSV or Excel (.xlsx) file.",
    ),
    "old_workbook": Text(
        ko="구형 엑셀(.xls)이거나 암호가 걸린 파일입니다. 암호 없는 .xlsx나 CSV로 저장해 주십시오.",
        en="This is an old Excel file (.xls) or one with a password. "
        "Please save it as .xlsx without password, or as CSV.",
    ),
    "broken": Text(
        ko="파일이 손상되어 끝까지 읽을 수 없습니다. 아무것도 가져오지 않았습니다.",
        en="The file is damaged and cannot be read to its end. Nothing was taken from it.",
    ),
    "unfolds_too_large": Text(
        ko="압축을 풀면 너무 큰 파일입니다. 기간을 나누어 올려 주십시오.",
        en="Unpacked, the file is too large. Please upload shorter periods.",
    ),
    "cell_too_long": Text(
        ko="한 칸이나 한 줄이 너무 깁니다. 열 구분자와 따옴표를 확인해 주십시오.",
        en="A cell or line is far too long. Please check separators and quotation marks.",
    ),
    "too_many_lines": Text(
        ko="줄이 너무 많습니다. 100만 줄 이하로 나누어 올려 주십시오.",
        en="There are too many lines. Please upload at most a million at a time.",
    ),
    "no_header": Text(
        ko="열 이름이 있는 줄을 찾지 못했습니다. 첫머리에 수량, 단가 같은 열 이름을 넣어 주십시오.",
        en="No line names the columns. Please put names such as quantity and unit price on top.",
    ),
    "no_lines": Text(
        ko="열 이름 아래에 자료가 없습니다.", en="There are no lines below the column names."
    ),
    "interrupted": Text(
        ko="처리하는 동안 오류가 발생했습니다. 아무것도 가져오지 않았습니다. 다시 올려 주십시오.",
        en="Something went wrong on our side. Nothing was taken. Please upload the file again.",
    ),
}


class FileUnreadable(Exception):
    """The file cannot be read, or not to its end; `code` is a key of PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def recognise_reading(stream: BinaryIO) -> Reading:
    """Tell how a file is to be read (its header line comes later); raise FileUnreadable."""
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    if not head.strip():
        raise FileUnreadable("empty")
    if head.startswith(_OLE):
        raise FileUnreadable("old_workbook")
    if head.startswith(_ZIP):
        return Reading(kind="xlsx", sheet=_fullest_sheet(stream))
    encoding = _encoding(stream, head)
    text = _head_text(stream, encoding)
    return Reading(kind="csv", encoding=encoding, delimiter=_delimiter(text))


def rows(stream: BinaryIO, reading: Reading) -> Iterator[Row]:
    """Yield every row that is not blank; raise FileUnreadable where the file breaks."""
    stream.seek(0)
    if reading.kind == "xlsx":
        return _sheet_rows(stream, reading.sheet)
    return _csv_rows(stream, reading)


def estimated_lines(stream: BinaryIO, reading: Reading) -> int:
    """About how many lines the file has, for showing progress; 0 when a workbook does not say."""
    stream.seek(0)
    if reading.kind == "csv":
        return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(HEAD), b""))
    book = _open_workbook(stream)
    try:
        return min(book.worksheets[reading.sheet].max_row or 0, MAX_LINES)
    finally:
        book.close()


def _csv_rows(stream: BinaryIO, reading: Reading) -> Iterator[Row]:
    # The wrapper would close the stream with itself; the caller reads it again.
    text = io.TextIOWrapper(stream, reading.encoding, errors="replace", newline="")
    try:
        reader = csv.reader(_bounded(text), delimiter=reading.delimiter)
        line = 1
        for values in reader:
            if line > MAX_LINES:
                raise FileUnreadable("too_many_lines")
            if any(value and not value.isspace() for value in values):
                yield line, [_without_nul(value) for value in values[:MAX_COLUMNS]]
            line = reader.line_num + 1
    except csv.Error:
        raise FileUnreadable("cell_too_long") from None
    finally:
        text.detach()


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines of the text; one longer than any row of cells could be is refused, not gathered."""
    longest = 4 * LONGEST_CELL
    while line := text.readline(longest):
        if len(line) >= longest:
            raise FileUnreadable("cell_too_long")
        yield line


def _without_nul(value: str) -> str:
    return value.replace("\x00", "") if "\x00" in value else value


def _encoding(stream: BinaryIO, head: bytes) -> str:
    """Find the encoding that fits the whole file; raise FileUnreadable for what is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Latin letters in UTF-16 are a byte and a zero.
    if head[1:400:2].count(0) > len(head[1:400:2]) // 3 and 0 not in head[0:400:2]:
        return "utf-16-le"
    if any(byte < 32 and byte not in _TEXT_CONTROLS for byte in head):
        raise FileUnreadable("not_a_table")
    if head.startswith((b"%PDF", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")):
        raise FileUnreadable("not_a_table")
    for encoding in ("utf-8-sig", "cp949"):
        if _decodes(stream, encoding):
            return encoding
    return _nearest_encoding(stream)


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    text = io.TextIOWrapper(stream, encoding)
    try:
        while text.read(HEAD):
            pass
    except UnicodeDecodeError:
        return False
    finally:
        text.detach()
        stream.seek(0)
    return True


def _nearest_encoding(stream: BinaryIO) -> str:
    """For a file that no encoding fits: old programs cut Korean letters in half at field ends."""
    for encoding, letters in (("utf-8-sig", str.isalpha), ("cp949", _is_hangul)):
        text = io.TextIOWrapper(stream, encoding, errors="replace")
        sample = text.read(16 * HEAD)
        text.detach()
        stream.seek(0)
        beyond_ascii = [letter for letter in sample if not letter.isascii()]
        broken = beyond_ascii.count("\ufffd")
        if broken * 20 <= sum(map(letters, beyond_ascii)):
            return encoding
    return "cp1252"


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


def _head_text(stream: BinaryIO, encoding: str) -> str:
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        return text.read(HEAD)
    finally:
        text.detach()
        stream.seek(0)


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines most evenly into most columns."""
    sample = text.splitlines(keepends=True)[:200]
    if len(sample) > 1 and len(text) >= HEAD:
        sample.pop()

    def evenness(delimiter: str) -> int:
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if row)
        except csv.Error:
            return 0
        return max((count * (width - 1) for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=evenness)


# What openpyxl and zipfile raise on files that are not what they seem.
_BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, InvalidFileException, ParseError, KeyError,
    ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, NotImplementedError,
    RuntimeError, AssertionError,
)  # fmt: skip


def _open_workbook(stream: BinaryIO) -> Any:
    """Open a workbook for streaming, its unfolded size checked before anything is unfolded.

    The sizes that the archive states can be believed: zipfile reads no member beyond its own.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
        if not any(member.filename == "[Content_Types].xml" for member in members):
            raise FileUnreadable("not_a_table")
        shared = sum(m.file_size for m in members if m.filename.endswith("sharedStrings.xml"))
        if sum(m.file_size for m in members) > MAX_UNFOLDED or shared > MAX_SHARED_TEXT:
            raise FileUnreadable("unfolds_too_large")
        stream.seek(0)
        return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _BROKEN:
        raise FileUnreadable("broken") from None


def _fullest_sheet(stream: BinaryIO) -> int:
    """The first sheet with at least two rows of cells; covers and notes come before it."""
    book = _open_workbook(stream)
    try:
        count = min(len(book.worksheets), MAX_SHEETS)
        for index in range(count):
            wide = 0
            for at, (_, values) in enumerate(_sheet_rows(stream, index)):
                wide += sum(1 for value in values if value) >= 4
                if wide >= 2 or at > 50:
                    break
            if wide >= 2:
                return index
        return 0
    finally:
        book.close()
        stream.seek(0)


def _sheet_rows(stream: BinaryIO, sheet: int) -> Iterator[Row]:
    book = _open_workbook(stream)
    try:
        if sheet >= len(book.worksheets):
            raise FileUnreadable("no_header")
        page = book.worksheets[sheet]
        # The dimensions that a workbook states are often wrong, and cut lines off.
        page.reset_dimensions()
        yield from _guarded(page.iter_rows(max_col=MAX_COLUMNS, values_only=True))
    finally:
        book.close()


def _guarded(page: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    cells = iter(page)
    line = 0
    while True:
        try:
            values = next(cells, None)
        except _BROKEN:
            raise FileUnreadable("broken") from None
        if values is None:
            return
        line += 1
        if line > MAX_LINES:
            raise FileUnreadable("too_many_lines")
        texts = [_without_nul(v) if type(v) is str else cell_text(v) for v in values]
        while texts and not texts[-1]:
            texts.pop()
        if any(text and not text.isspace() for text in texts):
            yield line, texts


def cell_text(value: object) -> str:
    """Write a workbook's cell as text: whole numbers without ".0", dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)[:LONGEST_CELL]
