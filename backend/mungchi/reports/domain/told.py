"""How a kept value is read: labels, and values in words. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from mungchi.accounts.domain import kept as accounts
from mungchi.campaigns.domain import kept as campaigns
from mungchi.catalog.domain import kept as catalog
from mungchi.common.days import last_day
from mungchi.common.kept import Figure, Kept
from mungchi.common.money import amount_label, price_label
from mungchi.common.text import Text
from mungchi.deliveries.domain import kept as deliveries
from mungchi.demand.domain import kept as demand
from mungchi.orders.domain import kept as orders
from mungchi.outreach.domain import kept as outreach
from mungchi.payments.domain import kept as payments
from mungchi.pricelists.domain import kept as pricelists

KEPT: Final[dict[str, Kept]] = {
    **accounts.KEPT, **catalog.KEPT, **demand.KEPT, **campaigns.KEPT, **orders.KEPT,
    **payments.KEPT, **deliveries.KEPT, **outreach.KEPT, **pricelists.KEPT,
}  # fmt: skip

OPS: Final = {
    "made": Text(ko="만듦", en="made"),
    "changed": Text(ko="변경", en="changed"),
    "gone": Text(ko="삭제", en="taken away"),
}
YES, NO = Text(ko="예", en="yes"), Text(ko="아니요", en="no")
NOTHING = Text(ko="", en="")
HIDDEN = Text(ko="(볼 수 없음)", en="(not to be seen)")
Call = Callable[[str, object], Text | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One column that differs, in words; "" where there was, or is, nothing."""

    field: str
    label: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """What values are read with: the currency and zone of the row, and what ids are called."""

    currency: str
    zone: ZoneInfo
    call: Call


def lines_of(
    subject_type: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    reading: Reading,
) -> list[Line]:
    """The columns in the order in which they are told, each with both values in words."""
    kept = KEPT.get(subject_type)
    if kept is None:
        return []
    was, now = before or {}, after or {}
    lines = [
        Line(name, figure.label, _words(figure, was.get(name), reading),
             _words(figure, now.get(name), reading))
        for name, figure in kept.figures.items()
        if name in was or name in now
    ]  # fmt: skip
    return [line for line in lines if line.before != line.after]


def _words(figure: Figure, value: Any, reading: Reading) -> Text:
    if value is None or value == "":
        return NOTHING
    if figure.how == "code":
        return figure.words.get(value, _same(value))
    if figure.how == "yes":
        return YES if value else NO
    if figure.how in READ:
        return READ[figure.how](value, reading)
    if figure.how == "text":
        return _same(value)
    return reading.call(figure.how, value) or HIDDEN


def _same(value: object) -> Text:
    return Text(ko=str(value), en=str(value))


def _moment(value: str, reading: Reading) -> Text:
    return _same(f"{datetime.fromisoformat(value).astimezone(reading.zone):%Y-%m-%d %H:%M}")


def _until(value: str, reading: Reading) -> Text:
    """What is over at a midnight lasted until the day before."""
    at = datetime.fromisoformat(value)
    if at.astimezone(reading.zone).time() == time():
        return _same(last_day(at, reading.zone.key))
    return _moment(value, reading)


def _account(value: Mapping[str, Any], reading: Reading) -> Text:
    parts = [str(value[part]) for part in ("bank", "account", "holder") if value.get(part)]
    return _same(" ".join(parts)) if parts else Text(ko="아직 없음", en="none yet")


def _variants(value: list[Mapping[str, Any]], name: str) -> str:
    said = [(one[name] or one["name"], one.get("quantity")) for one in value]
    return ", ".join(word if many is None else f"{word} {many:,}" for word, many in said)


READ: Final[dict[str, Callable[[Any, Reading], Text]]] = {
    "number": lambda value, reading: _same(f"{value:,}"),
    "money": lambda value, reading: amount_label(int(value), reading.currency),
    "price": lambda value, reading: price_label(Decimal(value).normalize(), reading.currency),
    "rate": lambda value, reading: _same(f"{Decimal(value) / 100:.2f} %"),
    "day": lambda value, reading: _same(date.fromisoformat(value)),
    "moment": _moment,
    "until": _until,
    "list": lambda value, reading: _same(", ".join(value)),
    "account": _account,
    "figures": lambda value, reading: _same(" / ".join(f"{Decimal(str(one)).normalize():,f}"
                                                       for one in value)),
    "place": lambda value, reading: _same(value + 1),
    "variants": lambda value, reading: Text(
        ko=_variants(value, "name"), en=_variants(value, "name_en")
    ),
}  # fmt: skip
