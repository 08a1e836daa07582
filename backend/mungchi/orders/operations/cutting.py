"""Orders and purchase order follow a clearing on what the supplier confirmed.

Called in the transaction in which that is stored. What had been ordered stays in the row beside
what is confirmed (`ordered`); the columns say what counts, so that whatever is sent, owed and added
up afterwards is over that. Money that goes back is pulled by payments.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from psycopg.types.json import Jsonb as Json

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun
from mungchi.campaigns.queries import LessEffect
from mungchi.common.history import event, record_all
from mungchi.common.models import History
from mungchi.orders import queries
from mungchi.orders.domain.less import AMOUNTS, Amounts
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.orders.operations.parts import parts_ordered

OF_PURCHASE = (
    "quantity", "parts", "supply_value", "price_difference", "delivery_cost", "vat", "total",
    "subsidy",
)  # fmt: skip


def cut_orders(campaign: Campaign, effect: LessEffect, *, at: datetime, why: str) -> int:
    """Let every order of which less is left say so; cancel those of which nothing is. How many.

    Firms whose quantity stays hear nothing. A constant number of queries.
    """
    orders = queries.orders_by_commitment(campaign.pk)
    less: list[tuple[Order, Amounts]] = []
    gone: list[Order] = []
    for line in effect.lines:
        got = effect.of(line)
        if got == line.awarded:
            continue
        order = orders[line.commitment_id]
        if got:
            less.append((order, queries.reduced(campaign, order, got, effect.parts_of(line))))
        else:
            gone.append(order)
    _write(less)
    _cancel(gone)
    record_all([*_told_less(less, at, why), *_told_gone(gone, at, why)])
    return len(less) + len(gone)


def _write(less: Sequence[tuple[Order, Amounts]]) -> None:
    if not less:
        return
    numbers = ("quantity", *AMOUNTS)
    columns = [[getattr(amounts, name) for _, amounts in less] for name in numbers]
    with connection.cursor() as cursor:
        cursor.execute(
            CUT,
            [
                [order.pk for order, _ in less],
                [Json(order.as_ordered) for order, _ in less],
                [Json(amounts.parts) for _, amounts in less],
                *columns,
            ],
        )


_SET = ", ".join(f"{name} = v.{name}" for name in ("quantity", *AMOUNTS))
_OF = ", ".join(("id", "ordered", "parts", "quantity", *AMOUNTS))
_ARRAYS = ", ".join(["%s::uuid[]", "%s::jsonb[]", "%s::jsonb[]", *["%s::bigint[]"] * 9])
CUT = f"""
UPDATE orders_order o SET ordered = v.ordered, parts = v.parts, {_SET}
FROM unnest({_ARRAYS}) AS v ({_OF}) WHERE o.id = v.id
"""  # noqa: S608 - of the constants above


def _cancel(gone: Sequence[Order]) -> None:
    if not gone:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_order o SET ordered = v.ordered, state = 'cancelled'"
            " FROM unnest(%s::uuid[], %s::jsonb[]) AS v (id, ordered) WHERE o.id = v.id",
            [[order.pk for order in gone], [Json(order.as_ordered) for order in gone]],
        )


def _told_less(less: Iterable[tuple[Order, Amounts]], at: datetime, why: str) -> Iterable[History]:
    for order, now in less:
        yield event(
            order, kind="order_reduced", actor=SYSTEM, at=at, why=why, thread=order.campaign_id,
            cooperative_id=order.host_id, firm_id=order.firm_id,
            data={"before": order.quantity, "quantity": now.quantity, "was": order.total,
                  "total": now.total, "currency": order.currency},
        )  # fmt: skip


def _told_gone(gone: Iterable[Order], at: datetime, why: str) -> Iterable[History]:
    for order in gone:
        yield event(
            order, kind="order_left_out", actor=SYSTEM, at=at, why=why,
            moved=(order.state, "cancelled"), thread=order.campaign_id,
            cooperative_id=order.host_id, firm_id=order.firm_id,
            data={"before": order.quantity, "was": order.total, "currency": order.currency},
        )  # fmt: skip


def cut_purchase_order(
    row: PurchaseOrder, campaign: Campaign, run: ClearingRun, effect: LessEffect
) -> None:
    """Let the (locked) purchase order be over what is confirmed: the sums of the orders' again.

    What the cooperative pays of it for lapsed firms' delivery stays; the difference by which it
    holds the price is for the units that come. Saving it is the caller's.
    """
    sums = queries.totals_of(campaign.pk)
    assert sums.quantity == run.quantity  # noqa: S101 - orders follow the clearing
    row.ordered = {name: getattr(row, name) for name in OF_PURCHASE}
    difference, its_vat = held_difference(campaign, row, effect)
    share, share_vat = queries.delivery_left(campaign.pk)
    own = difference + its_vat + share + share_vat
    row.quantity, row.parts = sums.quantity, parts_ordered(campaign, run)
    row.supply_value, row.price_difference = sums.supply_value, difference
    row.delivery_cost, row.subsidy = sums.delivery_share + share, own
    row.vat = sums.vat + its_vat + share_vat
    row.total = sums.owed_to_supplier + own


def held_difference(campaign: Campaign, row: PurchaseOrder, effect: LessEffect) -> tuple[int, int]:
    """What the cooperative pays above the firms' price for what is left, and the VAT on it: as much
    a unit as it had decided to, and never more in all."""
    hold = campaigns.standing_hold(row.clearing_run)
    if hold is None or not hold.difference:
        return 0, 0
    before = campaigns.rest_of(campaign, row.clearing_run, effect.lines)
    found = campaigns.difference_of(campaign, before, _as_left(effect))
    if found is None:
        return hold.difference, hold.difference_vat
    return min(found.value, hold.difference), min(found.vat, hold.difference_vat)


def _as_left(effect: LessEffect) -> list[ClearingLine]:
    """The lines with what is left of them; not to be saved."""
    return [
        ClearingLine(awarded=got, awarded_parts=effect.parts_of(line))
        for line in effect.lines
        if (got := effect.of(line))
    ]
