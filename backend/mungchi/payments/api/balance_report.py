"""The comparison of a provider's balance with the books as a spreadsheet for people."""

from datetime import timedelta
from typing import Any, Final

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import office_of
from mungchi.common import clock
from mungchi.common.listing import Column, Moment, Sheet, workbook
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.payments.domain.movements import MOVEMENTS
from mungchi.payments.domain.open_items import KINDS, OUTCOMES
from mungchi.payments.domain.states import BANK_PAYOUT_LABELS
from mungchi.payments.queries import balance as queries
from mungchi.payments.queries.differences import Difference, differences_of

# Movements of so many days are in it; the list of movements exports any.
DAYS: Final = 92
MOST: Final = 50_000

CURRENCY: Final = Text(ko="통화", en="Currency")
PROVIDER: Final = Text(ko="결제대행사", en="Provider")
BOOKS: Final = Text(ko="장부", en="Books")
DIFFERENCE: Final = Text(ko="차이", en="Difference")
YES: Final = Text(ko="예", en="yes")
NO: Final = Text(ko="아니요", en="no")

LINE_COLUMNS: Final = [
    Moment(Text(ko="일시", en="At"), lambda b: b.at, zone=lambda b: b.cooperative.zone),
    Column(Text(ko="내용", en="What"), lambda b: MOVEMENTS[b.kind], 22),
    Column(Text(ko="금액", en="Amount"), lambda b: from_minor(b.amount, b.currency)),
    Column(Text(ko="수수료", en="Fee"), lambda b: from_minor(b.fee, b.currency)),
    Column(Text(ko="잔액 변동", en="Net"), lambda b: from_minor(b.net, b.currency)),
    Column(CURRENCY, lambda b: b.currency, 8),
    Column(Text(ko="원래 금액", en="Of the source"),
           lambda b: _major(b.source_amount, b.source_currency)),
    Column(Text(ko="원래 통화", en="Its currency"), lambda b: b.source_currency, 10),
    Column(Text(ko="환율", en="Rate"), lambda b: b.rate, 12),
    Column(Text(ko="장부와 일치", en="In the books"),
           lambda b: YES if b.ties.all() else NO, 12),
    Column(Text(ko="무엇의", en="Of what"), lambda b: b.source_id, 30),
    Column(Text(ko="결제대행사 번호", en="Provider's id"), lambda b: b.external_id, 30),
]  # fmt: skip


def _major(amount: int | None, currency: str) -> object:
    return from_minor(amount, currency) if amount is not None and currency else None


SUMS: Final = [
    Column(CURRENCY, lambda s: s["currency"], 10),
    Column(PROVIDER, lambda s: from_minor(s["provider"], s["currency"])),
    Column(BOOKS, lambda s: from_minor(s["books"], s["currency"])),
    Column(DIFFERENCE, lambda s: from_minor(s["provider"] - s["books"], s["currency"])),
    Column(Text(ko="정리할 항목", en="Open items"), lambda s: s["open"], 12),
]


def _said(row: Difference) -> object:
    if row.item is None:
        return None
    return OUTCOMES[row.item.outcome] if row.item.outcome else KINDS[row.item.kind]


def _differences(zone: str) -> list[Column]:
    return [
        Moment(Text(ko="일시", en="At"), lambda d: d.at, zone=lambda _: zone),
        Column(Text(ko="내용", en="What"), lambda d: d.words, 24),
        Column(Text(ko="공동구매", en="Campaign"), lambda d: d.campaign and d.campaign.title, 28),
        Column(PROVIDER, lambda d: from_minor(d.provider, d.currency)),
        Column(BOOKS, lambda d: from_minor(d.books, d.currency)),
        Column(DIFFERENCE, lambda d: from_minor(d.difference, d.currency)),
        Column(CURRENCY, lambda d: d.currency, 8),
        Column(Text(ko="항목", en="Item"), _said, 26),
        Column(Text(ko="사유", en="Reason"), lambda d: d.item.why if d.item else None, 40),
        Column(Text(ko="결제대행사 번호", en="Provider's id"), lambda d: d.name, 30),
    ]


READINGS: Final = [
    Moment(Text(ko="맞춰 본 때", en="Compared"), lambda r: r.ended_at,
           zone=lambda r: r.cooperative.zone),
    Column(Text(ko="새 거래", en="New movements"), lambda r: r.lines, 12),
    Column(Text(ko="새 항목", en="Items opened"), lambda r: r.opened, 12),
    Column(Text(ko="저절로 맞은 항목", en="Agreed by themselves"), lambda r: r.closed, 18),
    Column(Text(ko="통화별 차이", en="Difference by currency"),
           lambda r: ", ".join(_difference(each) for each in r.sums), 40),
]  # fmt: skip


def _difference(each: dict[str, Any]) -> str:
    amount = from_minor(each["provider"] - each["books"], each["currency"])
    return f"{each['currency']} {amount:,}"


PAYOUTS: Final = [
    Moment(Text(ko="보낸 때", en="Sent"), lambda p: p.sent_at, zone=lambda p: p.cooperative.zone),
    Column(Text(ko="입금 예정일", en="Expected"), lambda p: p.arrives_on, 12),
    Column(Text(ko="금액", en="Amount"), lambda p: from_minor(p.amount, p.currency)),
    Column(CURRENCY, lambda p: p.currency, 8),
    Column(Text(ko="상태", en="State"), lambda p: BANK_PAYOUT_LABELS[p.state], 14),
    Column(Text(ko="입금일", en="Arrived"), lambda p: p.arrived_on, 12),
    Column(Text(ko="결제대행사 번호", en="Provider's id"), lambda p: p.external_id, 30),
]


def report_of(actor: Actor) -> bytes:
    """The report (.xlsx) of the office: sums, what makes the difference, comparisons, payouts, and
    movements of the last DAYS."""
    since = clock.now() - timedelta(days=DAYS)
    own = actor.cooperative_id
    lines = queries.balance_lines_visible_to(actor).filter(at__gte=since).order_by("at", "id")
    readings = queries.readings_visible_to(actor).filter(ended_at__isnull=False).order_by("-id")
    payouts = queries.bank_payouts_visible_to(actor).filter(sent_at__gte=since)
    return workbook([
        Sheet(Text(ko="잔액", en="Balance"), SUMS, queries.sums_of(own) if own else []),
        Sheet(DIFFERENCE, _differences(office_of(actor).zone), differences_of(own) if own else []),
        Sheet(Text(ko="맞춰 본 기록", en="Comparisons"), READINGS, readings[:DAYS]),
        Sheet(Text(ko="통장으로 온 정산금", en="At the bank"), PAYOUTS,
              payouts.order_by("sent_at")),
        Sheet(Text(ko="거래 내역", en="Movements"), LINE_COLUMNS,
              lines.prefetch_related("ties")[:MOST]),
    ])  # fmt: skip
