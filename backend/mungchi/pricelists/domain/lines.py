"""What the lines of a file of prices lead to, against the list that stands. Pure.

Lines of one offer (the same code, or without codes the same item) are read together: each says a
tier or several of it. An offer is taken whole or not at all, so that no ladder loses a step because
a cell cannot be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from mungchi.common.text import Text
from mungchi.demand.domain.values import clean_item_code
from mungchi.pricelists.domain.columns import ALL_WORDS, CLEARED, FIELDS, Said
from mungchi.pricelists.domain.terms import FAULTS, Terms, both_ways, differences, fault, percent

VERDICTS: Final[dict[str, Text]] = {
    "new": Text(ko="새로 올립니다", en="is new"),
    "up": Text(ko="단가가 오릅니다", en="rises in price"),
    "down": Text(ko="단가가 내립니다", en="falls in price"),
    "mixed": Text(
        ko="구간에 따라 오르기도 하고 내리기도 합니다",
        en="rises at some quantities, falls at others",
    ),
    "changed": Text(ko="조건이 바뀝니다", en="changes its terms"),
    "same": Text(ko="그대로입니다", en="stays as it is"),
    "part": Text(ko="앞줄과 한 제안입니다", en="belongs to a line above"),
    "rejected": Text(ko="제외합니다", en="is left out"),
}
WRITING: Final = ("new", "up", "down", "mixed", "changed")

REASONS: Final[dict[str, Text]] = {
    "price": Text(ko="단가를 읽을 수 없습니다.", en="The price cannot be read."),
    "quantity_cell": Text(
        ko="구간 수량은 1 이상의 정수로 적어 주십시오.",
        en="A tier's quantity is a whole number of at least 1.",
    ),
    "no_item": Text(
        ko="품목을 찾을 수 없습니다. 품목 코드나 품목명을 확인해 주십시오.",
        en="There is no such item. Please check its code or name.",
    ),
    "many_items": Text(
        ko="같은 이름의 품목이 여럿입니다. 품목 코드를 적어 주십시오.",
        en="Several items are called so. Please give the item's code.",
    ),
    "other_item": Text(
        ko="이 관리 코드는 다른 품목의 상시 제안입니다.", en="This code is of another item."
    ),
    "which": Text(
        ko="이 품목의 상시 제안이 여럿입니다. 관리 코드를 적어 주십시오.",
        en="There are several offers for this item. Please give your code.",
    ),
    "tier_twice": Text(
        ko="같은 수량의 단가가 두 가지입니다.", en="One quantity has two different prices."
    ),
    "differs": Text(
        ko="같은 제안의 다른 줄과 조건이 다릅니다.",
        en="It says otherwise than another line of the same offer.",
    ),
    "with_another": Text(
        ko="같은 제안의 다른 줄을 읽을 수 없어 함께 제외합니다.",
        en="Another line of the same offer cannot be taken.",
    ),
    "cooperative": Text(
        ko="대상 조합의 이름을 찾을 수 없습니다.", en="There is no cooperative of that name."
    ),
    "no_lead_time": Text(
        ko="납기가 없습니다. 열을 지정하거나 기본 납기를 정해 주십시오.",
        en="There is no lead time. Please choose its column or give one for all.",
    ),
    "no_last_day": Text(
        ko="종료일이 없습니다. 열을 지정하거나 기본 종료일을 정해 주십시오.",
        en="There is no last day. Please choose its column or give one for all.",
    ),
    **{
        f"cell_{name}": Text(
            ko=f"{FIELDS[name].ko}: 읽을 수 없는 값입니다.",
            en=f"{FIELDS[name].en}: the value cannot be read.",
        )
        for name in (
            "code", "pack_size", "minimum", "capacity", "capacity_per", "lead_time_days",
            "delivery_cost", "currency", "vat_included", "valid_from", "valid_until",
            "cooperatives", "note",
        )
    },
    **{f"terms_{name}": text for name, text in FAULTS.items()},
}  # fmt: skip
# Where the supplier may choose the item that is meant.
CHOOSABLE: Final = ("no_item", "many_items")
_AS_THEY_ARE: Final = ("price", "quantity_cell")


@dataclass(frozen=True, slots=True)
class Thing:
    """An item that the supplier sees. `of`: the cooperative whose own it is."""

    pk: str
    name: str
    code: str
    pack_size: int
    of: str | None


@dataclass(frozen=True, slots=True)
class Present:
    """A standing offer as it stands."""

    pk: str
    item: Thing
    terms: Terms


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a new offer gets where its lines do not say."""

    currency: str
    vat_included: bool = False
    lead_time_days: int | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already. Codes in upper case; cooperatives by name in either language."""

    by_code: Mapping[str, Sequence[Thing]]
    by_name: Mapping[str, Sequence[Thing]]
    present: Sequence[Present]
    cooperatives: Mapping[str, str]
    today: date
    # What the supplier chose for what lines call so.
    chosen: Mapping[str, Thing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An offer that the file asks for: `present` is what it changes; none: it is new. A new one
    without a code of its own has ""."""

    verdict: str
    item: Thing
    terms: Terms
    present: Present | None


@dataclass(frozen=True, slots=True)
class Judged:
    """line -> (verdict, reason, what was found); the offers to write; those the file leaves out."""

    lines: Mapping[int, tuple[str, str, dict[str, Any]]]
    wanted: Sequence[Wanted]
    missing: Sequence[Present]


@dataclass
class _Group:
    item: Thing
    present: Present | None
    code: str
    lines: list[tuple[int, Said]] = field(default_factory=list)


def judge(
    lines: Sequence[tuple[int, Said]], known: Known, defaults: Defaults, mapped: Sequence[str]
) -> Judged:
    """Judge a file as a whole. `mapped`: fields that have a column."""
    by_code = {one.terms.code: one for one in known.present}
    by_item: dict[str, list[Present]] = {}
    for one in known.present:
        by_item.setdefault(one.item.pk, []).append(one)
    groups: dict[tuple[str, str], _Group] = {}
    verdicts: dict[int, tuple[str, str, dict[str, Any]]] = {}
    named: set[str] = set()
    for line, said in lines:
        found = _place(said, known, by_code, by_item)
        if isinstance(found, str):
            asks = {"called": called(said)} if found in CHOOSABLE else {}
            verdicts[line] = ("rejected", found, asks)
            # What the file names is not left out of it, though nothing comes of the line.
            named |= {p.pk for p in _meant(said, known, by_code, by_item)}
            continue
        item, present, code = found
        key = ("code", code) if code else ("item", item.pk)
        group = groups.setdefault(key, _Group(item, present, code))
        group.lines.append((line, said))
        if group.item.pk != item.pk:
            group.lines[-1] = (line, replace(said, fault="other_item"))
    wanted = []
    for group in groups.values():
        if group.present is not None:
            named.add(group.present.pk)
        result = _judge_group(group, known, defaults, mapped)
        if isinstance(result, Wanted):
            wanted.append(result)
        verdicts |= _said_of(group, result)
    missing = [one for one in known.present if one.pk not in named]
    return Judged(verdicts, [one for one in wanted if one.verdict in WRITING], missing)


def _meant(
    said: Said,
    known: Known,
    by_code: Mapping[str, Present],
    by_item: Mapping[str, Sequence[Present]],
) -> list[Present]:
    own = by_code.get(said.code)
    things = _items(said, known)
    return [*([own] if own else []), *(p for thing in things for p in by_item.get(thing.pk, ()))]


def called(said: Said) -> str:
    """What a line calls its item; "" where it does not."""
    return f"{said.item_code} {said.item_name}".strip()


def _items(said: Said, known: Known) -> Sequence[Thing]:
    if (chosen := known.chosen.get(called(said))) is not None:
        return [chosen]
    found = known.by_code.get(clean_item_code(said.item_code), ()) if said.item_code else ()
    return found or (known.by_name.get(said.item_name, ()) if said.item_name else ())


def _place(
    said: Said,
    known: Known,
    by_code: Mapping[str, Present],
    by_item: Mapping[str, Sequence[Present]],
) -> tuple[Thing, Present | None, str] | str:
    """The item, the offer that stands, and the code; or the reason against it."""
    things = _items(said, known)
    own = by_code.get(said.code) if said.code else None
    if own is not None:
        # The supplier's own code says which offer it is, also where the item is called otherwise,
        # but not where it is called as another item is.
        if not things or any(thing.pk == own.item.pk for thing in things):
            return own.item, own, said.code
        return "other_item"
    if not things:
        return "no_item"
    if len(things) > 1:
        return "many_items"
    item = things[0]
    if said.code:
        return item, None, said.code
    there = by_item.get(item.pk, ())
    if len(there) > 1:
        return "which"
    return (item, there[0], there[0].terms.code) if there else (item, None, "")


def _judge_group(
    group: _Group, known: Known, defaults: Defaults, mapped: Sequence[str]
) -> Wanted | str:
    if any(said.fault for _, said in group.lines):
        return "with_another" if len(group.lines) > 1 else group.lines[0][1].fault
    tiers: dict[int, Decimal] = {}
    said: dict[str, Any] = {}
    for _, one in group.lines:
        for least, price in one.tiers:
            if tiers.setdefault(least, price) != price:
                return "tier_twice"
        for name, value in one.terms.items():
            if said.setdefault(name, value) != value:
                return "differs"
    for name, nothing in CLEARED.items():
        if name in mapped:
            said.setdefault(name, nothing)
    terms = _terms(group, tuple(sorted(tiers.items())), said, known, defaults)
    if isinstance(terms, str):
        return terms
    before = group.present.terms if group.present else None
    if before is not None and before.as_json() == terms.as_json():
        return Wanted("same", group.item, terms, group.present)
    # What is over already may stand in a file, as long as it says nothing new.
    if found := fault(terms, today=known.today, item_of=group.item.of):
        return f"terms_{found[1]}"
    if before is None:
        return Wanted("new", group.item, terms, None)
    was, now = before.as_json()["tiers"], terms.as_json()["tiers"]
    if both_ways(was, now):
        return Wanted("mixed", group.item, terms, group.present)
    moved = percent(was, now)
    verdict = "up" if moved and moved > 0 else "down" if moved and moved < 0 else "changed"
    return Wanted(verdict, group.item, terms, group.present)


def _terms(
    group: _Group,
    tiers: tuple[tuple[int, Decimal], ...],
    said: dict[str, Any],
    known: Known,
    defaults: Defaults,
) -> Terms | str:
    audience = _audience(group, said.pop("cooperatives", None), known)
    if isinstance(audience, str):
        return audience
    if group.present is not None:
        return replace(group.present.terms, tiers=tiers, **said, **audience)
    lead, last = said.pop("lead_time_days", None), said.pop("valid_until", None)
    lead = defaults.lead_time_days if lead is None else lead
    last = defaults.valid_until if last is None else last
    if lead is None:
        return "no_lead_time"
    if last is None:
        return "no_last_day"
    base = {
        "pack_size": group.item.pack_size, "minimum": 1, "capacity": None, "capacity_per": "order",
        "delivery_cost": 0, "currency": defaults.currency, "vat_included": defaults.vat_included,
        "valid_from": known.today, "note": "",
    }  # fmt: skip
    return Terms(
        tiers=tiers, lead_time_days=lead, valid_until=last, code=group.code,
        **{**base, **said, **audience},
    )  # fmt: skip


def _audience(group: _Group, names: Sequence[str] | None, known: Known) -> dict[str, Any] | str:
    """For whom: what the line names; else, of what stands, what it is for; else all who can."""
    if names is None and group.present is not None:
        return {}
    if not names or {name.replace(" ", "").lower() for name in names} <= ALL_WORDS:
        of = group.item.of
        return {"for_all": of is None, "cooperatives": () if of is None else (of,)}
    keys = {known.cooperatives.get(name) for name in names}
    if None in keys:
        return "cooperative"
    return {"for_all": False, "cooperatives": tuple(sorted(key for key in keys if key))}


def _said_of(group: _Group, result: Wanted | str) -> dict[int, tuple[str, str, dict[str, Any]]]:
    if isinstance(result, str):
        return {line: ("rejected", _reason(said.fault or result), {}) for line, said in group.lines}
    first, *others = [line for line, _ in group.lines]
    found: dict[str, Any] = {
        "item": result.item.name, "code": result.terms.code,
        "tiers": result.terms.as_json()["tiers"],
    }  # fmt: skip
    if result.present is not None and result.verdict != "same":
        was, now = result.present.terms.as_json(), result.terms.as_json()
        moved = percent(was["tiers"], now["tiers"])
        found |= {
            "standing_offer": result.present.pk,
            "before": was["tiers"],
            "percent": None if moved is None else str(moved),
            "moves": [str(one) for one in both_ways(was["tiers"], now["tiers"]) or ()],
            "terms": [change.term for change in differences(was, now)],
        }
    return {
        first: (result.verdict, "", found),
        **{line: ("part", "", {"line": first}) for line in others},
    }


def _reason(code: str) -> str:
    return code if code in REASONS else f"cell_{code}"
