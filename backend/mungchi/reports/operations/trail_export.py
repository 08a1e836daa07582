"""The whole history of a cooperative for a period as a file, for the auditor. Writes no row.

Read and written a piece at a time, so that memory does not grow with the number of rows.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any, Final

import xlsxwriter
from django.db.models import QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.errors import Invalid
from mungchi.common.models import Trail
from mungchi.common.text import Text
from mungchi.reports.domain.period import Period
from mungchi.reports.queries import trail
from mungchi.reports.queries.trail_rows import Told, home_of, tell

AT_ONCE: Final = 2000
# Below what a sheet of Excel holds, and what is made within half a minute or so.
MOST_ROWS: Final = 300_000
LONGEST_CELL: Final = 32_000
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class PeriodTooLong(Invalid):
    """More happened in the period than one file holds."""

    code = "period_too_long"
    field = "until"
    message = Text(
        ko="이 기간의 기록이 {most}건보다 많습니다. 기간을 나누어 받아 주십시오.",
        en="More than {most} things happened in this period. Please save it in parts.",
    )


def _changes(told: Told, language: str) -> str:
    return " · ".join(
        f"{line.label.say(language)}: {line.before.say(language) or '—'}"
        f" → {line.after.say(language) or '—'}"
        for line in told.lines
    )


COLUMNS: Final[Sequence[tuple[Text, int, Callable[[Told, str], Any]]]] = (
    (Text(ko="번호", en="Number"), 10, lambda told, language: told.row.id),
    (Text(ko="때", en="When"), 20, lambda told, language: told.local),
    (Text(ko="시간대", en="Zone"), 12, lambda told, language: told.zone.key),
    (Text(ko="누가", en="Who"), 18, lambda told, language: told.who.say(language)),
    (Text(ko="역할", en="Role"), 12, lambda told, language: told.role.say(language)),
    (Text(ko="무엇을", en="What"), 26, lambda told, language: told.said.say(language)),
    (Text(ko="기업", en="Firm"), 24,
     lambda told, language: told.firm.say(language) if told.firm else ""),
    (Text(ko="공동구매", en="Campaign"), 28, lambda told, language: told.campaign),
    (Text(ko="변경 내용", en="Before and after"), 60, _changes),
    (Text(ko="사유", en="Why"), 40, lambda told, language: told.row.why),
    (Text(ko="업무 밖에서 직접", en="Written from outside, by"), 24,
     lambda told, language: told.outside),
    (Text(ko="함께 쓰인 묶음", en="Written together"), 12,
     lambda told, language: told.row.act or ""),
    (Text(ko="대상 종류", en="Kind of thing"), 22, lambda told, language: told.row.subject_type),
    (Text(ko="대상 id", en="Id of it"), 38, lambda told, language: str(told.row.subject_id)),
    (Text(ko="요청 id", en="Request id"), 34, lambda told, language: told.row.request_id),
)  # fmt: skip


def trail_file(
    *, actor: Actor, cooperative: Cooperative, period: Period, form: str, language: str
) -> IO[bytes]:
    """Return the file, at its beginning: oldest first, one line a row of the trail.

    form: "xlsx" or "csv" (UTF-8 with a mark, as Excel likes it). Raises PeriodTooLong.
    """
    begin, end = period.instants(cooperative.timezone)
    pieces = _pieces(actor, _rows(actor, begin, end))
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - handed on; gone when closed
    try:
        (_write_xlsx if form == "xlsx" else _write_csv)(file, pieces, language)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _rows(actor: Actor, begin: datetime, end: datetime) -> QuerySet[Trail]:
    rows = trail.of_cooperative(actor, clock.now()).filter(at__gte=begin, at__lt=end)
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise PeriodTooLong(most=f"{MOST_ROWS:,}")
    return rows


def _pieces(actor: Actor, rows: QuerySet[Trail]) -> Iterator[list[Told]]:
    home, last = home_of(actor), 0
    while piece := list(rows.filter(id__gt=last).order_by("id")[:AT_ONCE]):
        last = piece[-1].id
        yield tell(piece, home)


def _write_csv(file: IO[bytes], pieces: Iterator[list[Told]], language: str) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    out = csv.writer(text)
    out.writerow([heading.say(language) for heading, _, _ in COLUMNS])
    for piece in pieces:
        out.writerows(
            [_harmless(value(told, language)) for _, _, value in COLUMNS] for told in piece
        )
    text.detach()


def _harmless(value: Any) -> Any:
    """What a spreadsheet would take for a formula gets a mark before it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _write_xlsx(file: IO[bytes], pieces: Iterator[list[Told]], language: str) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    heading = book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    page = book.add_worksheet(Text(ko="이력", en="History").say(language))
    page.freeze_panes(1, 0)
    for at, (name, width, _) in enumerate(COLUMNS):
        page.set_column(at, at, width)
        page.write_string(0, at, name.say(language), heading)
    row = 0
    for piece in pieces:
        for told in piece:
            row += 1
            for at, (_, _, value) in enumerate(COLUMNS):
                _write_cell(page, row, at, value(told, language), moment)
    page.autofilter(0, 0, max(row, 1), len(COLUMNS) - 1)
    book.close()


def _write_cell(page: Any, row: int, at: int, value: Any, moment: Any) -> None:
    if isinstance(value, datetime):
        page.write_datetime(row, at, value.replace(tzinfo=None), moment)
    elif isinstance(value, int):
        page.write_number(row, at, value)
    elif value != "":
        page.write_string(row, at, str(value)[:LONGEST_CELL])
