"""A bank's statement: which column is what, and what a line of it says. Pure.

Banks write a title block above the headings, put what came in and what went out into two columns or
into one with a sign, and call the same thing by many names. Amounts become minor units here.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final

from mungchi.common.money import EXPONENTS, exponent
from mungchi.common.sheets.cells import clean_text
from mungchi.common.sheets.files import Row
from mungchi.common.sheets.headers import columns_by_name, plain_name
from mungchi.common.text import Text
from mungchi.demand.domain.values import parse_currency, parse_date, parse_number

FIELDS: Final[dict[str, Text]] = {
    "day": Text(ko="거래일(시)", en="Day (and time)"),
    "time": Text(ko="거래 시각", en="Time"),
    "credit": Text(ko="입금액", en="Money in"),
    "debit": Text(ko="출금액", en="Money out"),
    "amount": Text(ko="거래금액(입출금 한 열)", en="Amount (in and out in one column)"),
    "direction": Text(ko="입출금 구분", en="In or out"),
    "depositor": Text(ko="보낸 분", en="Depositor"),
    "text": Text(ko="적요·내용", en="Text"),
    "balance": Text(ko="거래 후 잔액", en="Balance"),
    "currency": Text(ko="통화", en="Currency"),
}
# Of these one is needed; the day always is.
ONE_OF: Final = ("credit", "amount")

# Names in the order of preference; written as `plain_name` leaves them.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "day": (
        "거래일시", "거래일자", "거래일", "거래일자시간", "거래날짜", "일시", "일자", "날짜",
        "입금일시", "입금일자", "입금일", "처리일시", "처리일자", "transactiondate", "date",
        "datetime", "bookingdate", "postingdate", "valuedate",
    ),
    "time": ("거래시간", "거래시각", "시간", "시각", "입금시간", "time", "transactiontime"),
    "credit": (
        "입금액", "입금금액", "맡기신금액", "받으신금액", "입금", "맡기신돈", "받은금액",
        "credit", "creditamount", "deposit", "deposits", "moneyin", "paidin", "amountin",
    ),
    "debit": (
        "출금액", "출금금액", "찾으신금액", "지급금액", "출금", "보내신금액", "찾으신돈", "지급액",
        "debit", "debitamount", "withdrawal", "withdrawals", "moneyout", "paidout", "amountout",
    ),
    "amount": ("거래금액", "금액", "입출금액", "transactionamount", "amount"),
    "direction": (
        "입출금구분", "입출구분", "입지구분", "구분", "거래유형", "거래종류", "inorout", "type",
        "direction",
    ),
    "depositor": (
        "보낸분", "보낸분받는분", "의뢰인수취인", "의뢰인", "입금자", "입금자명", "보낸사람",
        "거래자", "거래자명", "거래처", "상대예금주", "상대예금주명", "예금주명",
        "상대계좌예금주명", "송금인", "기재내용", "통장표시내용", "depositor", "sender", "payer",
        "counterparty", "name",
    ),
    "text": (
        "적요", "거래내용", "내용", "거래적요", "통장메모", "메모", "비고", "거래기록사항",
        "description", "details", "memo", "reference", "narrative", "text", "remarks",
    ),
    "balance": (
        "거래후잔액", "잔액", "거래후잔고", "남은금액", "잔고", "balance", "runningbalance",
    ),
    "currency": ("통화", "통화코드", "거래통화", "currency", "currencycode", "ccy"),
}  # fmt: skip

REASONS: Final[dict[str, Text]] = {
    "date": Text(
        ko="거래일을 읽을 수 없습니다. 합계나 안내 줄이면 그대로 두셔도 됩니다.",
        en="The day cannot be read. A line of totals or notes can be left as it is.",
    ),
    "ahead": Text(
        ko="거래일이 오늘보다 뒤입니다. 예약 이체라면 입금된 뒤에 다시 가져와 주십시오.",
        en="The day lies ahead. Bring a transfer that is planned in again once it has arrived.",
    ),
    "amount": Text(ko="금액을 읽을 수 없습니다.", en="The amount cannot be read."),
    "zero": Text(ko="입금액과 출금액이 모두 없습니다.", en="Nothing came in and nothing went out."),
    "negative": Text(
        ko="입금액이 0보다 작습니다. 은행의 정정 거래인지 확인해 주십시오.",
        en="What came in is below zero. Please see whether the bank corrected something.",
    ),
    "both": Text(
        ko="한 줄에 입금액과 출금액이 함께 있습니다. 열 지정을 확인해 주십시오.",
        en="Money came in and went out in one line. Please look at the columns chosen.",
    ),
    "too_large": Text(
        ko="다룰 수 있는 금액을 넘습니다. 파일의 금액을 확인해 주십시오.",
        en="The amount is larger than can be handled. Please look at it in the file.",
    ),
    "foreign": Text(
        ko="이 통장과 다른 통화입니다. 그 통화의 거래는 손으로 확인해 주십시오.",
        en="The currency is not this account's. Please confirm such a transfer by hand.",
    ),
    "taken": Text(
        ko="전에 가져온 파일에 있던 거래입니다. 두 번 가져오지 않습니다.",
        en="An earlier file brought this line in. It is not taken twice.",
    ),
}
# What becomes of a line. "outgoing" is kept as seen; "already" and "rejected" bring in nothing.
VERDICTS: Final[dict[str, Text]] = {
    "new": Text(ko="새 입금", en="new money in"),
    "old": Text(ko="오래된 입금", en="old money in"),
    "outgoing": Text(ko="출금(맞추지 않음)", en="money out, not matched"),
    "already": Text(ko="이미 있음", en="there already"),
    "rejected": Text(ko="읽지 못함", en="left out"),
}
TAKEN: Final = ("new", "old")
# Numbers beyond are not whole any more where JSON is read, and no bank account holds them.
TOO_LARGE: Final = 2**53
# Older lines are taken in and told apart: nobody waits for money that came so long ago.
OLD: Final = timedelta(days=180)
LONGEST: Final = {"depositor": 100, "text": 200}
_OUT: Final = frozenset({"출금", "지급", "출", "찾으신금액", "debit", "out", "withdrawal", "dr"})
_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*[:시]\s*([0-5]\d)(?:\s*[:분]\s*([0-5]\d))?")
_AFTERNOON = re.compile(r"오후|pm", re.IGNORECASE)
_PACKED_TIME = re.compile(r"([01]\d|2[0-3])([0-5]\d)([0-5]\d)?")
_PACKED_MOMENT = re.compile(r"\d{8}\s*([01]\d|2[0-3])([0-5]\d)([0-5]\d)?")
_NO_SIGN = re.compile(r"[\d\s.,()+\-−–△▲]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Money that came in: minor units, above zero. time and balance where the bank says them."""

    day: date
    time: time | None
    amount: int
    currency: str
    depositor: str
    text: str
    balance: int | None

    def digest(self, nth: int) -> str:
        """32 hexadecimal digits: equal for the same line in another file. nth: how often the same
        stood before it in its file; two equal lines are two transfers."""
        moment = self.time.isoformat(timespec="minutes") if self.time else ""
        left = "" if self.balance is None else str(self.balance)
        parts = (self.day.isoformat(), moment, str(self.amount), self.currency, self.depositor,
                 self.text, left, str(nth))  # fmt: skip
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def below_two_headings(headers: Sequence[str], lines: Sequence[Row]) -> tuple[list[str], list[Row]]:
    """Headings and lines, where cells of two rows were merged: a group above, its columns below."""
    known = {name for names in NAMES.values() for name in names}
    if not lines:
        return [*headers], [*lines]
    below = lines[0][1]
    named = [cell for cell in below if plain_name(cell) in known]
    if not named or any(letter.isdigit() for cell in below for letter in cell):
        return [*headers], [*lines]
    width = max(len(headers), len(below))
    upper = [*headers, *[""] * (width - len(headers))]
    lower = [*below, *[""] * (width - len(below))]
    return [low or up for up, low in zip(upper, lower, strict=True)], [*lines[1:]]


def recognise_mapping(headers: Sequence[str]) -> dict[str, int | None]:
    """Return field -> column index, None where none fits."""
    mapping: dict[str, int | None] = dict.fromkeys(FIELDS)
    mapping |= columns_by_name(headers, NAMES)
    if mapping["credit"] is not None:
        # With two columns, one called 거래금액 or 구분 beside them says nothing more.
        mapping |= {"amount": None, "direction": None}
    return mapping


def headings_of(headers: Sequence[str]) -> str:
    """What tells a bank's form: a digest of the set of its headings."""
    names = sorted({name for header in headers if (name := plain_name(header))})
    return hashlib.blake2b("\x1f".join(names).encode(), digest_size=16).hexdigest()


def missing_fields(mapping: Mapping[str, int | None]) -> list[str]:
    """Fields without which no line can be taken."""
    absent = [] if mapping.get("day") is not None else ["day"]
    return absent + ([] if any(mapping.get(name) is not None for name in ONE_OF) else ["credit"])


def read(
    values: Sequence[str], mapping: Mapping[str, int | None], currency: str, order: str
) -> Line | str:
    """Return the money that came in, "outgoing", or the code of the first reason against a line.

    currency: the account's. order: how 3/4/2026 is read.
    """

    def cell(name: str) -> str:
        index = mapping.get(name)
        return clean_text(values[index]) if index is not None and index < len(values) else ""

    day = parse_date(cell("day"), order) or parse_date(cell("day")[:10], order)
    if day is None:
        return "date"
    amount = _moved(cell)
    if isinstance(amount, str):
        return amount
    stated = parse_currency(cell("currency")) or _sign(cell("credit") or cell("amount")) or currency
    if stated != currency:
        return "foreign"
    minor = _minor(amount, currency)
    if minor is None:
        return "amount"
    if minor >= TOO_LARGE:
        return "too_large"
    balance = parse_number(cell("balance"))
    left = None if balance is None else _minor(balance, currency)
    if left is not None and abs(left) >= TOO_LARGE:
        return "too_large"
    return Line(
        day, _time(cell("time")) or _time_behind(cell("day")), minor, currency,
        cell("depositor")[: LONGEST["depositor"]], cell("text")[: LONGEST["text"]], left,
    )  # fmt: skip


def _moved(cell: Callable[[str], str]) -> Decimal | str:
    """What came in, in major units; else "outgoing" or the reason against it."""
    credit = _number(cell("credit"))
    debit = _number(cell("debit"))
    if credit is None or debit is None:
        return "amount"
    if credit and debit:
        return "both"
    if credit:
        return credit if credit > 0 else "negative"
    if debit:
        return "outgoing"
    both = _number(cell("amount"))
    if both is None:
        return "amount"
    if not both:
        return "zero"
    out = both < 0 or plain_name(cell("direction")) in _OUT
    return "outgoing" if out else both


def _number(text: str) -> Decimal | None:
    """A number; zero where nothing or a dash stands, None where it cannot be read."""
    return Decimal(0) if text in {"", "-", "–"} else parse_number(text)


def _minor(amount: Decimal, currency: str) -> int | None:
    """In minor units; None for a fraction of one."""
    scaled = amount.scaleb(exponent(currency))
    return int(scaled) if scaled == scaled.to_integral_value() else None


def _sign(text: str) -> str:
    """The currency that stands beside an amount, "" where none does."""
    word = _NO_SIGN.sub("", text)
    meant = parse_currency(word) if word else ""
    return meant if meant in EXPONENTS else ""


def _time(text: str) -> time | None:
    if match := _TIME.search(text):
        hour = int(match[1])
        if _AFTERNOON.search(text) and hour < 12:
            hour += 12
        return time(hour, int(match[2]), int(match[3] or 0))
    if match := _PACKED_TIME.fullmatch(text):
        return _clock(match)
    return None


def _clock(match: re.Match[str]) -> time:
    hour, minute, second = (int(part or 0) for part in match.groups())
    return time(hour, minute, second)


def _time_behind(text: str) -> time | None:
    """The time behind a day: "2026.11.27 14:03:22", "20261127140322"."""
    if match := _PACKED_MOMENT.fullmatch(text):
        return _clock(match)
    # A moment at midnight is how a day without a time looks in a workbook.
    found = _time(text)
    return None if found == time(0) else found


def statement_currency(cells: Sequence[str], currency: str) -> str:
    """The currency of an account: what most of its lines state, else the cooperative's."""
    stated = [known for cell in cells if (known := parse_currency(cell)) in EXPONENTS]
    return max(sorted(set(stated)), key=stated.count) if stated else currency


def verdict(line: Line, today: date, *, taken: bool) -> tuple[str, str]:
    """What becomes of money that came in, and the reason when that is nothing."""
    if line.day > today:
        return "rejected", "ahead"
    if taken:
        return "already", "taken"
    return ("old" if line.day < today - OLD else "new"), ""


def outcome(verdict: str, reason: str) -> Text:
    """What becomes of a line; the reason when that is nothing."""
    return REASONS[reason] if reason else VERDICTS[verdict]
