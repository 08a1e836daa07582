"""The purchase history that the replay is judged by, and what must come out, computed apart.

`expected` shares no code with the product: it reads the file and applies the rule as it is written.
"""

import csv
import io
import os
import re
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
NAME = "online-retail-2010-12-to-2011-08.csv"
# Chen, Sain, Guo (2012): Online Retail, UCI Machine Learning Repository, CC BY 4.0.
RESULT = {
    "lines": 15614,
    "rejected": {"cancelled": 403, "no_firm": 1256, "not_goods": 73, "price": 19, "quantity": 9},
    "groups": 8034,
    "campaigns": 3468,
    "succeeded": 3468,
    "awarded_firms": 10956,
    "awarded_quantity": 146899,
    "paid_minor": 26188525,
    "pooled_minor": 25190177,
    "saved_percent": 3.81,
}


def real_file() -> Path:
    """Return the real file; skips the test, saying so, where there is none."""
    folder = os.environ.get("MUNGCHI_PURCHASES") or PROJECT.parent / "shared/data/purchases"
    path = Path(folder)
    path = path if path.is_file() else path / NAME
    if not path.exists():
        pytest.skip(f"the purchase history is not on this machine: {path}")
    return path


Kept = tuple[str, str, str, int, Decimal]


def expected(text: str) -> dict[str, Any]:
    """Return the figures that the replay of a file in this layout must give."""
    rejected: Counter[str] = Counter()
    kept: list[Kept] = []
    for row in csv.DictReader(io.StringIO(text)):
        line = _judged(row)
        if isinstance(line, str):
            rejected[line] += 1
        else:
            kept.append(line)
    groups: dict[tuple[str, str], dict[str, list[Kept]]] = defaultdict(lambda: defaultdict(list))
    for line in kept:
        groups[line[0], line[1]][line[2]].append(line)
    prices: dict[str, dict[Decimal, int]] = defaultdict(dict)
    for code, _, _, quantity, price in kept:
        prices[code][price] = min(quantity, prices[code].get(price, quantity))
    figures = {"succeeded": 0, "awarded_firms": 0, "awarded_quantity": 0, "paid_minor": 0,
               "pooled_minor": 0}  # fmt: skip
    campaigns = {key: firms for key, firms in groups.items() if len(firms) >= 2}
    for (item, _), firms in campaigns.items():
        _add(figures, _ladder(prices[item]), list(firms.values()))
    paid = figures["paid_minor"]
    saved = Decimal(100 * (paid - figures["pooled_minor"])) / paid if paid else Decimal(0)
    return {
        "lines": len(kept), "rejected": dict(rejected), "groups": len(groups),
        "campaigns": len(campaigns), **figures,
        "saved_percent": float(saved.quantize(Decimal("0.01"), ROUND_HALF_UP)),
    }  # fmt: skip


def _judged(row: dict[str, str]) -> Kept | str:
    code = row["StockCode"].strip().upper()
    if row["InvoiceNo"].startswith("C"):
        return "cancelled"
    if not re.match(r"\d{5}", code):
        return "not_goods"
    if int(row["Quantity"]) <= 0:
        return "quantity"
    if Decimal(row["UnitPrice"]) <= 0:
        return "price"
    if not row["CustomerID"]:
        return "no_firm"
    month = row["InvoiceDate"][:7]
    return code, month, row["CustomerID"], int(row["Quantity"]), Decimal(row["UnitPrice"])


def _ladder(smallest: dict[Decimal, int]) -> list[tuple[int, Decimal]]:
    tiers: list[tuple[int, Decimal]] = []
    for quantity, price in sorted((quantity, price) for price, quantity in smallest.items()):
        if all(price < other for _, other in tiers):
            tiers.append((quantity, price))
    return [(1, tiers[0][1]), *tiers[1:]]


def _add(
    figures: dict[str, int], tiers: list[tuple[int, Decimal]], firms: list[list[Kept]]
) -> None:
    for least, price in reversed(tiers):
        inside = [lines for lines in firms if max(line[4] for line in lines) >= price]
        quantities = [sum(line[3] for line in lines) for lines in inside]
        if len(inside) >= 2 and sum(quantities) >= least:
            figures["succeeded"] += 1
            figures["awarded_firms"] += len(inside)
            figures["awarded_quantity"] += sum(quantities)
            figures["paid_minor"] += sum(_pence(x[3] * x[4]) for lines in inside for x in lines)
            figures["pooled_minor"] += sum(_pence(quantity * price) for quantity in quantities)
            return


def _pence(amount: Decimal) -> int:
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
