"""From a file's bytes to rows of text: CSV in its many forms, and workbooks. Pure.

A row is (line, values): the line number that a person finds in the file, from 1, and the cells as
text. Everything is read as a stream; a file may be as large as the upload allows without more than
a few rows being in memory (a workbook's shared texts apart, whose size is limited).
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO, Final

from mungchi.common.sheets.problems import FileUnreadable
from mungchi.common.sheets.workbook import (
    LONGEST_CELL,
    MAX_COLUMNS,
    open_book,
    sheet_rows,
    stated_rows,
)

Row = tuple[int, list[str]]


MAX_LINES: Final = 1_000_000
HEAD: Final = 64 * 1024
DELIMITERS: Final = (",", "\t", ";", "|")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")


@dataclass(frozen=True, slots=True)
class Reading:
    """How rows are read out of a file's bytes.

    kind: "csv" or "xlsx"; encoding and delimiter are of a csv, sheet is the index in a workbook;
    header_line is the line (from 1) that names the columns.
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: int = 0
    header_line: int = 1

    def as_json(self) -> dict[str, Any]:
        """Return what is stored with the import."""
        return asdict(self)


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
        return _workbook_rows(stream, reading.sheet)
    return _csv_rows(stream, reading)


def estimated_lines(stream: BinaryIO, reading: Reading) -> int:
    """About how many lines the file has, for showing progress; 0 when a workbook does not say."""
    stream.seek(0)
    if reading.kind == "csv":
        return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(HEAD), b""))
    return min(stated_rows(open_book(stream), reading.sheet), MAX_LINES)


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
    low, high = head[0:400:2], head[1:400:2]
    if high.count(0) > len(high) // 3 and low.count(0) < len(low) // 10:
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


def _fullest_sheet(stream: BinaryIO) -> int:
    """The first sheet with at least two rows of cells; covers and notes come before it."""
    book = open_book(stream)
    for index in range(len(book.sheets)):
        wide = 0
        for at, (_, values) in enumerate(sheet_rows(book, index)):
            wide += sum(1 for value in values if value) >= 4
            if wide >= 2:
                return index
            if at > 50:
                break
    return 0


def _workbook_rows(stream: BinaryIO, sheet: int) -> Iterator[Row]:
    for count, (line, values) in enumerate(sheet_rows(open_book(stream), sheet), start=1):
        if count > MAX_LINES:
            raise FileUnreadable("too_many_lines")
        if any(value and not value.isspace() for value in values):
            yield line, [_without_nul(value) for value in values]
