"""Which payment a line of the bank's statement is for. Pure.

The code that a firm writes on its transfer says it surely: its check character is wrong when it was
read wrongly, and a wrong code is no payment's. Together with the exact amount that is certain.
Everything else is a suggestion with its reason, and a person says yes.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Final, Literal
from uuid import UUID

from mungchi.common.text import Text
from mungchi.orders.domain.codes import ALPHABET, is_whole

Why = Literal[
    "reference", "reference_hand", "depositor_hand", "reference_part", "reference_over", "again",
    "several", "reference_old", "name", "name_hand", "amount", "paid", "gone",
]  # fmt: skip
# The surest first. Those of CERTAIN are confirmed together on one press.
REASONS: Final[dict[Why, Text]] = {
    "reference": Text(ko="입금 코드와 금액이 일치합니다", en="Reference and amount are the same"),
    "reference_hand": Text(
        ko="손으로 확인한 입금과 코드·금액이 일치합니다",
        en="Reference and amount of a transfer confirmed by hand",
    ),
    "depositor_hand": Text(
        ko="손으로 확인한 입금과 입금자·금액·날짜가 일치합니다",
        en="Depositor, amount and day of a transfer confirmed by hand",
    ),
    "reference_part": Text(
        ko="입금 코드가 일치하고, 남은 금액의 일부입니다",
        en="The reference is the same; part of what is missing",
    ),
    "reference_over": Text(
        ko="입금 코드가 일치하고, 남은 금액보다 많습니다. 남는 돈은 가수금에 둡니다",
        en="The reference is the same; more than is missing. The rest stays in suspense",
    ),
    "again": Text(
        ko="입금 코드가 같은 입금이 먼저 있습니다. 두 번 보낸 돈인지 확인해 주십시오",
        en="Another line with this reference comes first. Please see whether it was sent twice",
    ),
    "several": Text(
        ko="여러 청구의 입금 코드가 적혀 있습니다",
        en="References of several payments are written on it",
    ),
    "reference_old": Text(
        ko="입금 코드가 일치하지만, 청구하기 전의 입금입니다",
        en="The reference is the same, but the money came before it was asked for",
    ),
    "name": Text(
        ko="보낸 분이 이 기업이고 금액이 일치합니다",
        en="The depositor is this firm, and the amount is the same",
    ),
    "name_hand": Text(
        ko="손으로 확인한 이 기업의 입금과 금액이 일치합니다",
        en="The amount of this firm's transfer that was confirmed by hand",
    ),
    "amount": Text(ko="금액이 같은 청구가 이것뿐입니다", en="No other payment is over this amount"),
    "paid": Text(
        ko="이미 입금이 끝난 청구의 코드입니다. 두 번 보낸 돈일 수 있습니다",
        en="The reference of a payment that is paid already; it may have been sent twice",
    ),
    "gone": Text(
        ko="더 받을 것이 없는 청구의 코드입니다(취소·환불)",
        en="The reference of a payment that was cancelled or returned",
    ),
}
CERTAIN: Final[frozenset[Why]] = frozenset({"reference", "reference_hand", "depositor_hand"})
_RANK: Final = {why: at for at, why in enumerate(REASONS)}
REFERENCE: Final = 8
# A transfer that was confirmed by hand is looked for this many days around the day that was said.
DAYS_AROUND: Final = 3
_SHORTEST_NAME: Final = 2
_FORMS: Final = re.compile(
    r"주식회사|유한회사|유한책임회사|합자회사|합명회사|협동조합|\((?:주|유|합|사|재)\)|㈜|㈔"
)
_BETWEEN: Final = re.compile(r"[\s\-‐-―−_./·,:;*#()\[\]]+")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A line of a statement of which `open` (minor units) is not allotted. `old`: it was taken in
    long after its day."""

    pk: UUID
    day: date
    time: time | None
    open: int
    currency: str
    depositor: str
    text: str
    old: bool = False


@dataclass(frozen=True, slots=True)
class Bill:
    """A payment that a line can be for. `missing`: what is awaited, or (`by_hand`) what was
    confirmed by hand and no line is tied to yet. names: the firm, who represents it, earlier
    depositors. depositor, received: what was said when it was confirmed by hand."""

    pk: UUID
    reference: str
    missing: int
    currency: str
    asked: date
    names: frozenset[str] = field(default_factory=frozenset)
    by_hand: bool = False
    depositor: str = ""
    received: date | None = None
    # Nothing can be allotted to it any more, and why.
    closed: Literal["", "paid", "gone"] = ""
    # A month's statement of what was bought on terms: the money is for what is open of it.
    monthly: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A line, the payment (or the month's statement) that it may be for, and how much of it."""

    line: UUID
    payment: UUID
    amount: int
    why: Why
    monthly: bool = False

    @property
    def certain(self) -> bool:
        """Whether nobody has to look."""
        return self.why in CERTAIN


def references_in(*texts: str) -> set[str]:
    """All that could be a payment's reference in what a bank prints: anywhere, in any case, with
    dashes and blanks, full-width too. A code whose check character is wrong is none."""
    found: set[str] = set()
    for text in texts:
        plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text).upper())
        for run in re.findall(f"[{ALPHABET}]+", plain):
            windows = (run[at : at + REFERENCE] for at in range(len(run) - REFERENCE + 1))
            found.update(window for window in windows if is_whole(window))
    return found


def plain_party(name: str) -> str:
    """A name as it is compared: without the form of the company, blanks and marks."""
    text = unicodedata.normalize("NFKC", _FORMS.sub("", name)).lower()
    return "".join(letter for letter in _FORMS.sub("", text) if letter.isalnum())


def same_party(printed: str, names: Iterable[str]) -> bool:
    """Whether what a bank prints names one of `names` (plain). Banks cut long names short."""
    if len(printed) < _SHORTEST_NAME:
        return False
    return any(
        printed == name or (len(printed) >= 4 and name.startswith(printed))
        for name in names
        if len(name) >= _SHORTEST_NAME
    )


def match(lines: Sequence[Arrived], bills: Sequence[Bill]) -> dict[UUID, list[Match]]:
    """Return line -> the payments it may be for, the surest first; lines with none are left out.

    A certain one stands alone. No line is certain for two payments, no payment for two lines: of
    two that would do, the earlier is, and the other is told to have come again. The order in which
    lines and bills are given means nothing.
    """
    in_time = sorted(lines, key=lambda line: (line.day, line.time or time(0), line.pk))
    index = _Index(bills)
    used: set[UUID] = set()
    found: dict[UUID, list[Match]] = {}
    for line in in_time:
        matches = _of_line(line, index)
        sure = {each.payment for each in matches if each.certain}
        fresh = sure - used
        if len(sure) == 1 and fresh:
            used |= fresh
            found[line.pk] = [each for each in matches if each.payment in fresh and each.certain]
            continue
        instead: Why = "several" if len(sure) > 1 else "again"
        doubtful = [replace(each, why=instead) if each.certain else each for each in matches]
        if doubtful:
            found[line.pk] = doubtful
    return found


class _Index:
    """Bills by what they are looked up by."""

    def __init__(self, bills: Sequence[Bill]) -> None:
        self.by_reference = {bill.reference: bill for bill in bills}
        self.by_amount: dict[tuple[str, int], list[Bill]] = defaultdict(list)
        for bill in sorted(bills, key=lambda bill: bill.pk):
            if bill.closed:
                continue
            self.by_amount[bill.currency, bill.missing].append(bill)


def _of_line(line: Arrived, index: _Index) -> list[Match]:
    whys: dict[UUID, tuple[Why, Bill]] = {}
    for reference in sorted(references_in(line.depositor, line.text)):
        bill = index.by_reference.get(reference)
        if bill is not None and bill.currency == line.currency:
            whys[bill.pk] = (_by_reference(line, bill), bill)
    if not whys:
        whys = _by_amount(line, index.by_amount.get((line.currency, line.open), []))
    matches = [
        Match(line.pk, bill.pk, 0 if bill.closed else min(line.open, bill.missing), why,
              bill.monthly)
        for why, bill in whys.values()
    ]  # fmt: skip
    return sorted(matches, key=lambda each: (_RANK[each.why], each.payment))


def _by_reference(line: Arrived, bill: Bill) -> Why:
    if bill.closed:
        return bill.closed
    if line.old or (line.day < bill.asked and not bill.by_hand):
        return "reference_old"
    if line.open == bill.missing:
        return "reference_hand" if bill.by_hand else "reference"
    return "reference_part" if line.open < bill.missing else "reference_over"


def _by_amount(line: Arrived, same: Sequence[Bill]) -> dict[UUID, tuple[Why, Bill]]:
    """Whom the depositor's name and the exact amount mean; only where they mean one."""
    printed = plain_party(line.depositor)
    fitting = [bill for bill in same if bill.by_hand or line.day >= bill.asked]
    told = [
        bill
        for bill in fitting
        if bill.by_hand and bill.received is not None and printed
        and printed == plain_party(bill.depositor)
        and abs((line.day - bill.received).days) <= DAYS_AROUND
    ]  # fmt: skip
    if len(told) == 1 and not line.old:
        return {told[0].pk: ("depositor_hand", told[0])}
    named = [bill for bill in fitting if same_party(printed, bill.names)]
    if len(named) == 1:
        return {named[0].pk: ("name_hand" if named[0].by_hand else "name", named[0])}
    awaited = [bill for bill in fitting if not bill.by_hand]
    if not named and len(awaited) == 1 and not line.old:
        return {awaited[0].pk: ("amount", awaited[0])}
    return {}
