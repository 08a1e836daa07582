"""A market read from a JSON document, and a clearing written as one.

Every mistake becomes a `MarketError` that names the field. Nothing is guessed: unknown fields,
whole numbers written as text or with a decimal point, and repeated names are refused.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from mungchi.campaigns.domain.clearing import Clearing
from mungchi.campaigns.domain.market import (
    LARGEST,
    Commitment,
    Market,
    MarketError,
    Rule,
    Threshold,
    Tier,
)

# Decimal() alone would also take underscores, blanks and the digits of every script.
_PRICE = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?")

_MARKET = {"tiers", "pack", "capacity", "threshold", "rule", "commitments"}
_COMMITMENT = {"id", "quantity", "tolerance", "minimum", "limit", "silent"}


def read_market(text: str) -> Market:
    """Return the market that a JSON text describes, commitments being in order of arrival.

    Raises `MarketError` for anything that is not a market: its message names the field.
    """
    fields = _object("", _parse(text), _MARKET, {"tiers", "commitments"})
    return Market(
        tiers=tuple(_tier(f"tiers[{i}]", one) for i, one in enumerate(_list(fields, "tiers"))),
        commitments=_commitments(_list(fields, "commitments")),
        pack=_whole("pack", fields.get("pack", 1)),
        capacity=_optional_whole("capacity", fields.get("capacity")),
        threshold=_threshold(fields.get("threshold", {})),
        rule=_rule(fields.get("rule", Rule.UNIFORM.value)),
    )


def write_clearing(clearing: Clearing) -> dict[str, object]:
    """Return a clearing as plain values for JSON, prices as text in plain notation."""
    price = clearing.unit_price
    return {
        "outcome": clearing.outcome.value,
        "unit_price": None if price is None else f"{price:f}",
        "quantity": clearing.quantity,
        "awards": clearing.awards(),
        "verdicts": {one.commitment.key: one.kind.value for one in clearing.verdicts},
        "tiers": [
            {
                "min_quantity": row.min_quantity,
                "unit_price": f"{row.unit_price:f}",
                "demand": row.demand,
                "orderable": row.orderable,
                "carries": row.carries,
            }
            for row in clearing.tiers
        ],
    }


def _parse(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_constant=_no_constant,
            object_pairs_hook=_no_repeats,
        )
    except MarketError:
        raise
    except RecursionError:
        raise MarketError("", "is nested too deeply") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise MarketError("", f"is not valid JSON: {error.msg} ({where})") from None
    except ValueError:
        # The only other one json raises: an integer of more digits than Python converts.
        raise MarketError("", "holds a number with too many digits") from None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise MarketError("", f"holds a number out of range ({text[:40]})") from None


def _no_constant(name: str) -> NoReturn:
    raise MarketError("", f"holds {name}, which is not a number")


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MarketError(_shown(twice), "is given twice in one object")
    return fields


def _tier(field: str, value: object) -> Tier:
    names = {"min_quantity", "unit_price"}
    fields = _object(field, value, names, names)
    return Tier(
        min_quantity=_whole(f"{field}.min_quantity", fields["min_quantity"]),
        unit_price=_price(f"{field}.unit_price", fields["unit_price"]),
    )


def _threshold(value: object) -> Threshold:
    fields = _object("threshold", value, {"quantity", "firms"}, set())
    return Threshold(
        quantity=_whole("threshold.quantity", fields.get("quantity", 1)),
        firms=_whole("threshold.firms", fields.get("firms", 1)),
    )


def _rule(value: object) -> Rule:
    if not isinstance(value, str) or value not in list(Rule):
        raise MarketError("rule", f"must be one of {', '.join(Rule)}")
    return Rule(value)


def _commitments(values: list[object]) -> tuple[Commitment, ...]:
    return tuple(
        _commitment(f"commitments[{index}]", index, value) for index, value in enumerate(values)
    )


def _commitment(field: str, arrival: int, value: object) -> Commitment:
    fields = _object(field, value, _COMMITMENT, {"id", "quantity"})
    limit = fields.get("limit")
    return Commitment(
        key=_key(f"{field}.id", fields["id"]),
        arrival=arrival,
        quantity=_whole(f"{field}.quantity", fields["quantity"]),
        tolerance=_whole(f"{field}.tolerance", fields.get("tolerance", 0)),
        minimum=_whole(f"{field}.minimum", fields.get("minimum", 0)),
        limit=None if limit is None else _price(f"{field}.limit", limit),
        silent=_yes_or_no(f"{field}.silent", fields.get("silent", False)),
    )


def _key(field: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > LARGEST:
            raise MarketError(field, f"must be at most {LARGEST}")
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise MarketError(field, "must be text or a whole number")
    # Control characters and half characters would break a terminal or the output's encoding.
    if not value.isprintable():
        raise MarketError(field, "must hold printable characters only")
    return value


def _object(field: str, value: object, known: set[str], required: set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise MarketError(field, "must be an object" if field else "must be a JSON object")
    for name in value:
        if name not in known:
            raise MarketError(_inside(field, _shown(name)), "is not a known field")
    for name in sorted(required):
        if name not in value:
            raise MarketError(_inside(field, name), "is missing")
    return value


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    value = fields[name]
    if not isinstance(value, list):
        raise MarketError(name, "must be a list")
    return value


def _whole(field: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise MarketError(field, "must be a whole number")
    return value


def _yes_or_no(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise MarketError(field, "must be true or false")
    return value


def _optional_whole(field: str, value: object) -> int | None:
    return None if value is None else _whole(field, value)


def _price(field: str, value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        raise MarketError(field, "must be a decimal number, as text or as a number")
    if not _PRICE.fullmatch(value):
        raise MarketError(field, 'must be a decimal number such as "120" or "99.50"')
    return Decimal(value)


def _inside(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _shown(name: str) -> str:
    """Return a name from the input so that it is safe in a message."""
    return name[:60] if name.isprintable() else ascii(name)[:60]
