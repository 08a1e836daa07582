"""Ways to break what is promised of refunds and payouts; see breaking."""

from collections.abc import Callable

from tests.factories.accounts import coordinator_of
from tests.factories.orders import Deal, today
from tests.factories.paying_till import PayingTill, to_send
from tests.factories.provider import serving
from tests.reports.breaking import changed, drop_constraint, told

from mungchi.accounts.models import Seat
from mungchi.payments import operations, stage
from mungchi.payments.models import Payout, Refund


def returned() -> Deal:
    """A campaign of which part of one payment went back."""
    deal = Deal().confirmed()
    stage.book_sales()
    refund = operations.refund_part(
        actor=deal.office, payment_id=deal.payments()[0].pk, amount=1000, why="파손"
    )
    operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    return deal


def paid_out() -> Deal:
    """A campaign whose supplier was paid."""
    deal = Deal().received()
    stage.book_sales()
    Seat.objects.filter(pk=deal.supplier.seat_id).update(role="owner")
    operations.name_account(
        actor=deal.supplier, bank_name="신한은행", bank_account="110-1", bank_holder="대한"
    )
    payout = operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    operations.approve_payout(actor=coordinator_of(deal.host), payout_id=payout.pk)
    operations.mark_paid_out(actor=deal.office, payout_id=payout.pk, sent_date=today(), note="")
    return deal


def moved_of_one_part(deal: Deal) -> None:
    """Let a refund give back delivery where none was paid, and less of the goods."""
    changed("UPDATE payments_refund SET delivery = delivery + 1, supply_value = supply_value - 1")


def whole_again(deal: Deal) -> None:
    """Say that nothing goes back of a payment of which something does."""
    payment = deal.payments()[0]
    changed("UPDATE payments_payment SET state = 'paid' WHERE id = %s", payment.pk)
    told(payment, "payment_kept", "partially_refunded", "paid")


def ticked_off_without_an_entry(deal: Deal) -> None:
    """Book what was sent under another refund's name."""
    refund = Refund.objects.get()
    changed("UPDATE payments_ledgerentry SET key = key || '7' WHERE kind = 'refunded'"
            " AND payment_id = %s", refund.payment_id)  # fmt: skip


def of_other_money(deal: Deal) -> None:
    """Give back dollars of won."""
    changed("UPDATE payments_refund SET currency = 'USD'")


def more_paid_out(deal: Deal) -> None:
    """Let a second payout go out, of nothing that is owed."""
    changed("INSERT INTO payments_payout (id, campaign_id, cooperative_id, supplier_id, number,"
            " state, way, currency, amount, goods, delivery, vat, deducted, earlier, fees,"
            " bank_name, bank_account, bank_holder, early, note, external_id, alone,"
            " requested_by_id, requested_at)"
            " SELECT gen_random_uuid(), campaign_id, cooperative_id, supplier_id, 2, 'requested',"
            " way, currency, 1, 1, 0, 0, 0, 0, 0, '', '', '', '', '', '', false, requested_by_id,"
            " requested_at FROM payments_payout WHERE campaign_id = %s",
            deal.campaign.pk)  # fmt: skip
    told(Payout.objects.get(number=2), "payout_requested", "", "requested")


def not_booked(deal: Deal) -> None:
    """Take the entry of a payout away."""
    changed("DELETE FROM payments_ledgerline WHERE entry_id IN (SELECT id FROM"
            " payments_ledgerentry WHERE campaign_id = %s AND kind = 'paid_out')",
            deal.campaign.pk)  # fmt: skip
    changed("DELETE FROM payments_ledgerentry WHERE campaign_id = %s AND kind = 'paid_out'",
            deal.campaign.pk)  # fmt: skip


def approved_by_one(deal: Deal) -> None:
    """Say that who prepared a payout approved it, though others were there."""
    drop_constraint("payments_payout", "nobody_approves_their_own_payout")
    changed("UPDATE payments_payout SET approved_by_id = requested_by_id"
            " WHERE campaign_id = %s", deal.campaign.pk)  # fmt: skip


def sent_by_provider() -> Deal:
    """A campaign whose supplier was paid by a provider."""
    with serving(PayingTill()) as till:
        deal, _ = to_send(till)
        operations.send_payouts()
    return deal


def out_of_the_bank(deal: Deal) -> None:
    """Say that what the provider sent left the office's bank."""
    changed("UPDATE payments_ledgerline SET account = 'bank' WHERE account = 'provider_clearing'"
            " AND entry_id IN (SELECT id FROM payments_ledgerentry WHERE campaign_id = %s"
            " AND kind = 'paid_out')", deal.campaign.pk)  # fmt: skip


def to_another_firm(deal: Deal) -> None:
    """Let the account be somebody else's."""
    changed("UPDATE payments_payee SET firm_id = %s WHERE firm_id = %s",
            deal.orders()[0].firm_id, deal.supplier.firm_id)  # fmt: skip


def never_answered(deal: Deal) -> None:
    """Let a payout be asked for, and nobody ask again."""
    with serving(PayingTill()) as till:
        to_send(till)
    changed("UPDATE payments_payout SET sent_at = now() - interval '1 day' WHERE state = 'sent'")


RETURN_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("no_more_goes_back_than_was_paid", returned, of_other_money),
    ("refunds_give_back_the_orders_parts", returned, moved_of_one_part),
    ("a_payments_state_follows_its_refunds", returned, whole_again),
    ("a_refund_is_booked_once", returned, ticked_off_without_an_entry),
    ("no_more_is_paid_out_than_is_owed", paid_out, more_paid_out),
    ("a_payout_is_booked_once", paid_out, not_booked),
    ("nobody_approves_their_own_payout", paid_out, approved_by_one),
    ("a_payout_leaves_by_the_way_it_went", sent_by_provider, out_of_the_bank),
    ("a_payout_goes_to_its_suppliers_account", sent_by_provider, to_another_firm),
    ("no_payout_hangs", paid_out, never_answered),
]
