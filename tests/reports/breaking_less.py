"""Ways to break what is promised where a supplier confirms less; see breaking."""

from collections.abc import Callable

from tests.factories.less import less
from tests.factories.orders import Deal
from tests.reports.breaking import OF_CAMPAIGN, changed, update

from mungchi.campaigns.models import ClearingLine


def confirmed_less() -> Deal:
    """Of 120 the supplier confirmed 90."""
    return less(Deal().ordered(30, 40, 50), 90)


def shared_otherwise(deal: Deal) -> None:
    """Say that one firm got a unit that another one has."""
    rows = ClearingLine.objects.filter(run__campaign=deal.campaign, run__reason="less")
    first, second, _ = rows.order_by("arrival")
    for row, many in ((first, -1), (second, 1)):
        changed("UPDATE campaigns_clearingline SET awarded = awarded + %s WHERE id = %s",
                many, row.pk)  # fmt: skip


def given_back_for_another_reason(deal: Deal) -> None:
    """Say of what goes back, an hour after the supplier's yes, that it was agreed on."""
    changed("UPDATE payments_refund SET cause = 'agreed'")
    changed("UPDATE orders_purchaseorder SET confirmed_at = confirmed_at - interval '1 hour'")


LESS_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("what_is_confirmed_is_shared_out", confirmed_less,
     update("orders_confirmedless", "quantity = quantity - 1", OF_CAMPAIGN)),
    ("an_order_is_what_was_confirmed", confirmed_less, shared_otherwise),
    ("what_is_less_goes_back", confirmed_less, given_back_for_another_reason),
]  # fmt: skip
