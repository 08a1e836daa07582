"""Statements as Korean banks write them: a title block, headings some lines below, money in and out
side by side, commas, CP949 or a workbook with merged cells."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from mungchi.accounts.access import Actor
from mungchi.payments import operations
from mungchi.payments.models import BankLine

HOLDER = "한빛협동조합"


@dataclass(frozen=True)
class Moved:
    """A line that a bank would print. amount: below zero went out."""

    day: date
    amount: int
    depositor: str = ""
    text: str = "인터넷"
    time: str = "10:11:12"
    balance: int | None = None


def _balances(lines: Sequence[Moved]) -> list[int]:
    left, found = 5_000_000, []
    for line in lines:
        left += line.amount
        found.append(line.balance if line.balance is not None else left)
    return found


def wide_csv(lines: Sequence[Moved], encoding: str = "cp949") -> io.BytesIO:
    """Title block of five lines, headings on line 6, money out first, a line of totals."""
    out = io.StringIO(newline="")
    write = csv.writer(out)
    write.writerows([
        ["예금거래내역 조회"], ["계좌번호", "110-222-333333", "예금종류", "보통예금"],
        ["예금주명", HOLDER], ["조회기간", "2026.11.01 ~ 2026.11.30", "통화", "KRW"], ["", ""],
    ])  # fmt: skip
    write.writerow(["거래일시", "적요", "보낸분/받는분", "송금메모", "출금액(원)", "입금액(원)",
                    "잔액(원)", "거래점"])  # fmt: skip
    for line, left in zip(lines, _balances(lines), strict=True):
        moment = f"{line.day:%Y.%m.%d} {line.time}"
        came = [f"{-line.amount:,}", ""] if line.amount < 0 else ["0", f"{line.amount:,}"]
        write.writerow([moment, line.text, line.depositor, "", *came, f"{left:,}", "세종로"])
    write.writerow(["합계", "", "", "", "0", f"{sum(each.amount for each in lines):,}", "", ""])
    return io.BytesIO(out.getvalue().encode(encoding))


def workbook(lines: Sequence[Moved]) -> io.BytesIO:
    """A workbook with merged cells (거래금액 above 찾으신금액 and 맡기신금액), dates as dates,
    numbers as numbers, the newest line first."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("거래내역")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.merge_range("A1:H1", "입출금 거래내역")
    page.merge_range("A2:D2", f"예금주: {HOLDER}")
    page.merge_range("E2:H2", "계좌번호: 123-456789-01-012")
    page.merge_range("A3:H3", "조회기간: 2026-11-01 ~ 2026-11-30")
    page.merge_range("A5:A6", "거래일자")
    page.merge_range("B5:B6", "거래시간")
    page.merge_range("C5:D5", "거래금액")
    page.write_string("C6", "찾으신금액")
    page.write_string("D6", "맡기신금액")
    page.merge_range("E5:E6", "거래후잔액")
    page.merge_range("F5:F6", "거래내용")
    page.merge_range("G5:G6", "의뢰인/수취인")
    page.merge_range("H5:H6", "거래점")
    rows = list(zip(lines, _balances(lines), strict=True))
    for at, (line, left) in enumerate(reversed(rows), start=6):
        page.write_datetime(at, 0, _moment(line.day), day)
        page.write_string(at, 1, line.time)
        page.write_number(at, 2, max(-line.amount, 0))
        page.write_number(at, 3, max(line.amount, 0))
        page.write_number(at, 4, left)
        page.write_string(at, 5, line.text)
        page.write_string(at, 6, line.depositor)
    book.close()
    return io.BytesIO(buffer.getvalue())


def one_column(lines: Sequence[Moved]) -> io.BytesIO:
    """A bank without branches: one amount with a sign, said to be in or out, UTF-8, tabs."""
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter="\t")
    write.writerows([
        ["성명", HOLDER], ["계좌", "3333-01-2345678"], [""],
        ["거래일시", "구분", "거래금액", "거래 후 잔액", "거래자명", "내용", "메모"],
    ])  # fmt: skip
    for line, left in zip(lines, _balances(lines), strict=True):
        moment = f"{line.day:%Y-%m-%d} {line.time}"
        kind = "출금" if line.amount < 0 else "입금"
        write.writerow([moment, kind, f"{line.amount:,}", f"{left:,}", line.depositor, line.text,
                        ""])  # fmt: skip
    return io.BytesIO(out.getvalue().encode("utf-8-sig"))


def _moment(day: date) -> Any:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - what a sheet holds


def taken(actor: Actor, lines: Sequence[Moved], layout: str = "wide_csv") -> list[BankLine]:
    """Let the office bring in a statement; the lines that came of it, in order of time."""
    row = operations.upload_statement(
        actor=actor, filename=f"{layout}.csv", stream=LAYOUTS[layout](lines)
    )
    operations.take_statement(actor=actor, statement_id=row.pk)
    return list(BankLine.objects.filter(statement=row).order_by("day", "time", "id"))


LAYOUTS = {"wide_csv": wide_csv, "workbook": workbook, "one_column": one_column}
