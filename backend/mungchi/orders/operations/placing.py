"""From a clearing to orders, all of a campaign at once; and their end when it fails."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from psycopg.types.json import Jsonb as Json

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.places import place_of
from mungchi.campaigns.domain.variants import worth
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.common import clock
from mungchi.common.bulk import copy_rows, next_numbers
from mungchi.common.history import record, set_state
from mungchi.common.ids import uuid7
from mungchi.common.money import split, vat_on
from mungchi.orders import queries
from mungchi.orders.domain.codes import code_of
from mungchi.orders.domain.states import CONFIRMED_LESS, LESS_OPEN, PURCHASE_ORDER
from mungchi.orders.models import ConfirmedLess, Order, PurchaseOrder
from mungchi.orders.operations.parts import order_parts

FIELDS = (
    "id", "number", "campaign_id", "clearing_line_id", "cooperative_id", "host_id", "firm_id",
    "supplier_id", "item_id", "state", "quantity", "unit_price", "currency", "vat_rate_bp",
    "supply_value", "delivery_share", "vat", "host_fee_bp", "partner_fee_bp", "fee_vat_rate_bp",
    "host_fee", "partner_fee", "fee_vat", "partner_fee_vat", "total", "created_at", "parts",
    "deliver_to",
)  # fmt: skip


def place_orders(*, campaign_id: UUID) -> int:
    """Make an order of every awarded line of a campaign's last clearing; return how many.

    Amounts are frozen here: supply value rounded half up and VAT rounded down on each line, at the
    rate frozen on the campaign; by variant the supply value is the sum of its lines. The offer's
    delivery cost is shared by quantity, to the last unit. So is where the goods go: to the place
    that the firm named, or else to its address as it is now.
    The cooperatives' fees are on the supply value, at the rates that each firm committed to.
    Again, or from two workers at once: the second finds nothing to do, because it waits for the
    campaign's lock. The number of queries does not depend on n.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        run = queries.latest_run(campaign)
        if campaign.state != "settling" or run is None or run.outcome != "succeeded":
            return 0
        lines = list(
            queries.awarded_without_order(run).values_list(
                "id",
                "firm_id",
                "cooperative_id",
                "commitment__partner_fee_bp",
                "awarded",
                "awarded_parts",
                "commitment__deliver_to",
                "firm__address",
            )
        )
        if not lines:
            return 0
        at = clock.now()
        made = copy_rows(Order, FIELDS, _orders(campaign, run, lines, at))
        totals = queries.totals_of(campaign.pk)
        record(
            campaign,
            kind="orders_placed",
            actor=SYSTEM,
            at=at,
            thread=campaign.pk,
            cooperative_id=campaign.host_id,
            data={"orders": made, "quantity": totals.quantity, "total": totals.total,
                  "fees": totals.fees, "run": str(run.pk)},
        )  # fmt: skip
        return made


# A clearing line: (id, firm, cooperative, its fee in basis points, awarded quantity, by variant,
# the place that the firm named, its address).
Line = tuple[int, UUID, UUID, int, int, list[int], str, str]


def _orders(
    campaign: Campaign, run: ClearingRun, lines: list[Line], at: datetime
) -> Iterator[tuple[Any, ...]]:
    """One row of FIELDS for each line."""
    price = run.unit_price
    assert price is not None  # noqa: S101 - a clearing that succeeded has a price
    supplier_id, rate = run.offer.supplier_id, campaign.vat_rate_bp
    shares = split(run.offer.delivery_cost, [line[4] for line in lines])
    prefix = _number_prefix(campaign, at)
    width = max(4, len(str(len(lines))))
    for index, (line, share) in enumerate(zip(lines, shares, strict=True), start=1):
        line_id, firm_id, cooperative_id, partner_bp, awarded, asked, named, address = line
        parts = order_parts(campaign, run, asked)
        value = worth(awarded, price, campaign.currency, asked, run.offer.differences)
        vat = vat_on(value, rate) + vat_on(share, rate)
        fees = campaigns.fees_if(campaign, value, partner_bp)
        yield (
            uuid7(), f"{prefix}-{index:0{width}d}", campaign.pk, line_id, cooperative_id,
            campaign.host_id, firm_id, supplier_id, campaign.item_id, "awaiting_payment",
            awarded, price, campaign.currency, rate,
            value, share, vat, campaign.host_fee_bp, partner_bp,
            campaign.fee_vat_rate_bp, fees.host, fees.partner, fees.vat,
            fees.partner_vat,
            value + share + vat + fees.total, at, Json(parts), place_of(named, address),
        )  # fmt: skip


def _number_prefix(campaign: Campaign, at: datetime) -> str:
    """The day in the host's zone and a code of the batch, from a counter: 20261123-7F3K."""
    (batch,) = next_numbers("orders_batch", 1)
    return f"{at.astimezone(campaign.host.timezone):%Y%m%d}-{code_of(batch, 4)}"


def cancel_orders(*, campaign_id: UUID) -> int:
    """Cancel what stands of a failed campaign: its orders, and a purchase order not answered.

    Money that was paid goes back: payments pulls that from the campaign's state. Again: nothing.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if campaign.state != "failed":
            return 0
        at = clock.now()
        rows = Order.objects.filter(campaign=campaign, state__in=["awaiting_payment", "paid"])
        counts: Counter[str] = Counter(
            dict(rows.order_by().values_list("state").annotate(n=Count("id")))
        )
        cancelled = rows.update(state="cancelled")
        if cancelled:
            record(
                campaign,
                kind="orders_cancelled",
                actor=SYSTEM,
                at=at,
                thread=campaign.pk,
                cooperative_id=campaign.host_id,
                data={"unpaid": counts["awaiting_payment"], "paid": counts["paid"]},
            )
        return cancelled + _end_less(campaign, at) + _call_off_purchase_order(campaign, at)


def _end_less(campaign: Campaign, at: datetime) -> int:
    """The campaign failed: what its supplier confirmed less, and was not carried out, has ended."""
    row = ConfirmedLess.objects.filter(campaign=campaign, state__in=LESS_OPEN).first()
    if row is None:
        return 0
    why = queries.why_failed(campaign)
    # What was accepted keeps the word of who accepted it.
    row.reason, row.decided_at = row.reason or why, row.decided_at or at
    set_state(
        row, "ended", machine=CONFIRMED_LESS, kind="less_ended", actor=SYSTEM, at=at,
        also=("reason", "decided_at"), why=why, thread=campaign.pk,
        cooperative_id=row.cooperative_id, firm_id=row.supplier_id,
    )  # fmt: skip
    return 1


def _call_off_purchase_order(campaign: Campaign, at: datetime) -> int:
    row = PurchaseOrder.objects.filter(campaign=campaign, state="issued").first()
    if row is None:
        return 0
    row = queries.locked_purchase_order(row.pk)
    set_state(
        row, "cancelled", machine=PURCHASE_ORDER, kind="purchase_order_cancelled", actor=SYSTEM,
        at=at, thread=campaign.pk, cooperative_id=row.cooperative_id, firm_id=row.supplier_id,
    )  # fmt: skip
    return 1
