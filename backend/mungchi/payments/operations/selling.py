"""The supplier has taken the order: members' money becomes the supplier's and the fees."""

from uuid import UUID

from django.db import transaction

from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.operations.booking import Booking, Books, book, book_all


def book_sale(*, campaign_id: UUID) -> int:
    """Book what every firm paid as owed to the supplier, what the cooperative itself pays of the
    order, and the fees as earned; how many.

    Where the supplier confirmed less, what that comes to less goes back first: what is sold is what
    is confirmed. Again, or from two workers at once: the second finds nothing to book.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if queries.less_to_settle(campaign_id):
            return 0
        sold = queries.paid_and_not_booked_as_sold(campaign)
        own = queries.unbooked_subsidy(campaign)
        if not sold and own is None:
            return 0
        at = clock.now()
        day = at.astimezone(campaign.host.timezone).date()
        books = Books(campaign.host_id, campaign.pk, campaign.currency, day, at)
        if own is not None:
            book(books, Booking("subsidised", None, None,
                                ledger.subsidised(own.subsidy, own.supplier_id),
                                about=campaign.pk))  # fmt: skip
        return int(own is not None) + book_all(
            books,
            (
                Booking(
                    "ordered", payment.pk, payment.firm_id,
                    ledger.ordered(queries.sale_of(payment.order), payment.firm_id,
                                   payment.order.supplier_id, payment.order.cooperative_id),
                )
                for payment in sold
            ),
        )  # fmt: skip
