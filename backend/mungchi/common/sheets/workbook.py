"""Reading a workbook (.xlsx) row by row. Pure.

openpyxl tells what is in the archive: sheets, styles, the calendar. The two members that hold the
lines, the sheet and its shared texts, are read by expat here: three times as fast, and with nothing
in memory but the row being read and the shared texts, whose size is limited.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from mungchi.common.sheets.problems import FileUnreadable

MAX_COLUMNS: Final = 100
MAX_SHEETS: Final = 20
LONGEST_CELL: Final = 32_767
# A workbook of a million lines unfolds to about this much; more is no list that people keep.
MAX_UNFOLDED: Final = 600 * 1024 * 1024
MAX_SHARED_TEXT: Final = 48 * 1024 * 1024
PIECE: Final = 64 * 1024

# What these libraries raise on files that are not what they seem.
_BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, InvalidFileException, ParseError, ExpatError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, EOFError, OSError,
    NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip
_ESCAPED_BREAK = re.compile(r"_x00(?:0D|0A|09)_", re.IGNORECASE)
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s[^>]*ref="[^":]*:?[A-Z]*(\d+)"')


@dataclass(frozen=True, slots=True)
class Book:
    """An opened workbook: its archive, the members that are sheets, shared texts and styles."""

    archive: zipfile.ZipFile
    sheets: tuple[str, ...]
    texts: list[str]
    date_styles: frozenset[str]
    epoch: datetime


def open_book(stream: BinaryIO) -> Book:
    """Open a workbook; raise FileUnreadable.

    The unfolded size is checked before anything is unfolded. The sizes that the archive states can
    be believed: zipfile reads no member beyond its own.
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
        reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        sheets = [
            rel.target
            for _, rel in reader.parser.find_sheets()
            if rel.target in reader.valid_files and "chartsheet" not in rel.Type
        ]
        # Indexes of cell styles; openpyxl's type stubs do not know that they are kept.
        book: Any = reader.wb
        dates = {*book._date_formats, *book._timedelta_formats}
        return Book(
            reader.archive,
            tuple(sheets[:MAX_SHEETS]),
            _shared_texts(reader.archive),
            frozenset(map(str, dates)),
            reader.wb.epoch,
        )
    except _BROKEN:
        raise FileUnreadable("broken") from None


def stated_rows(book: Book, sheet: int) -> int:
    """How many rows a sheet says it has, 0 when it does not; for showing progress only."""
    with book.archive.open(book.sheets[sheet]) as source:
        match = _DIMENSION.search(source.read(4096))
    return int(match[1]) if match else 0


def sheet_rows(book: Book, sheet: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number from 1, cells as text) of every row that has one; raise FileUnreadable."""
    if sheet >= len(book.sheets):
        raise FileUnreadable("no_header")
    collector = _Rows(book)
    try:
        for _ in _parsed(book.archive, book.sheets[sheet], collector):
            yield from collector.ready
            collector.ready.clear()
    except _BROKEN:
        raise FileUnreadable("broken") from None


def _parsed(archive: zipfile.ZipFile, member: str, collector: "_Texts") -> Iterator[None]:
    """Feed a member to a collector, piece by piece."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    # Spreadsheets have no document type; one that brings entities along means harm.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(member) as source:
        while piece := source.read(PIECE):
            parser.Parse(piece, False)
            yield
    parser.Parse(b"", True)
    yield


def _refuse_doctype(*declared: object) -> None:
    raise FileUnreadable("broken")


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    texts = _Texts()
    for name in archive.namelist():
        if name.endswith("sharedStrings.xml"):
            for _ in _parsed(archive, name, texts):
                pass
    return texts.found


class _Texts:
    """Collects what stands in each `si`, phonetic guides apart."""

    holders = frozenset({"t"})

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.length = 0
        self.reading = False
        self.guide = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self.holders:
            self.reading = not self.guide
        elif name == "rPh":
            self.guide = True
        else:
            self.begin(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self.holders:
            self.reading = False
        elif name == "rPh":
            self.guide = False
        else:
            self.finish(name)

    def data(self, data: str) -> None:
        """Text of an element, perhaps a part of it; nobody needs more than a cell may hold."""
        if self.reading and self.length < LONGEST_CELL:
            self.pieces.append(data)
            self.length += len(data)

    def taken(self) -> str:
        """Return the text read since the last time."""
        text = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        self.pieces.clear()
        self.length = 0
        return _ESCAPED_BREAK.sub(" ", text) if "_x00" in text else text

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Another element begins."""

    def finish(self, name: str) -> None:
        """Another element ends."""
        if name == "si":
            self.found.append(self.taken())


class _Rows(_Texts):
    """Collects rows of cells into `ready`."""

    holders = frozenset({"v", "t"})

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.ready: list[tuple[int, list[str]]] = []
        self.line = 0
        self.cells: list[str] = []
        self.column = -1
        self.kind = "n"
        self.style = ""
        self.columns: dict[str, int] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A cell or a row begins."""
        if name == "c":
            place = attributes.get("r")
            if place:
                letters = place.rstrip("0123456789")
                index = self.columns.get(letters)
                self.column = self._index(letters) if index is None else index
            else:
                self.column += 1
            self.kind = attributes.get("t", "n")
            self.style = attributes.get("s", "")
            self.pieces.clear()
            self.length = 0
        elif name == "row":
            self.line = int(attributes.get("r", self.line + 1))
            self.cells = []
            self.column = -1

    def finish(self, name: str) -> None:
        """A cell or a row ends."""
        if name == "c":
            if self.pieces and self.column < MAX_COLUMNS:
                if self.column > len(self.cells):
                    self.cells.extend([""] * (self.column - len(self.cells)))
                self.cells.append(self._text(self.taken()))
        elif name == "row" and self.cells:
            self.ready.append((self.line, self.cells))

    def _index(self, letters: str) -> int:
        """The column that letters such as AB name, from 0."""
        index = 0
        for letter in letters:
            index = 26 * index + ord(letter) - 64
        self.columns[letters] = index - 1
        return index - 1

    def _text(self, value: str) -> str:
        if self.kind == "s":
            return self.book.texts[int(value)]
        if self.kind != "n":
            return value
        if self.style in self.book.date_styles:
            return _moment(float(value), self.book.epoch)
        return value if value.isdigit() else cell_text(float(value))


def _moment(serial: float, epoch: datetime) -> str:
    try:
        return cell_text(from_excel(serial, epoch))
    except (ValueError, OverflowError):
        return cell_text(serial)


def cell_text(value: Any) -> str:
    """Write a number or a moment as text: whole numbers without ".0", dates in ISO form."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
