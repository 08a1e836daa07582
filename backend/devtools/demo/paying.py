"""What follows on a delivery: a refund that was agreed on, and the supplier is paid."""

from datetime import timedelta

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.orders.models import Order
from mungchi.payments import operations as payments
from mungchi.payments.models import FirmAccount

# As written on passbooks; nobody's by intention.
BANKS = (
    ("신한은행", "110-482-{:06d}"),
    ("국민은행", "0457-01-04-{:06d}"),
    ("기업은행", "279-{:06d}-04-011"),
)
# What was delivered so long ago is paid for; the office of later ones has it before it.
PAID_AFTER = timedelta(days=14)


def accounts_named(suppliers: list[Actor]) -> None:
    """Every supplier but the last says where it takes money."""
    for index, supplier in enumerate(suppliers[:-1]):
        bank, number = BANKS[index % len(BANKS)]
        if not FirmAccount.objects.filter(firm_id=supplier.firm_id).exists():
            payments.name_account(
                actor=supplier, bank_name=bank, bank_account=number.format(104_729 * (index + 3)),
                bank_holder=Firm.objects.get(pk=supplier.firm_id).name,
            )  # fmt: skip


def settled(office: Actor, campaign: Campaign, received: timedelta) -> None:
    """One firm gets something back; and where the goods came `received` ago or before, the supplier
    is paid, by an office in which nobody else could approve it."""
    order = Order.objects.filter(campaign=campaign).order_by("number").first()
    if order is None or FirmAccount.objects.filter(firm_id=order.supplier_id).count() == 0:
        return
    with clock.shifted(received + timedelta(hours=4)):
        refund = payments.refund_part(
            actor=office, payment_id=order.payment.pk, amount=order.total // 40 + 1,
            why="일부 포장 파손",
        )  # fmt: skip
        if -received < PAID_AFTER:
            return
        payments.mark_refund_sent(actor=office, refund_id=refund.pk, note="인터넷뱅킹 이체")
    with clock.shifted(received + timedelta(days=2)):
        payout = payments.prepare_payout(actor=office, campaign_id=campaign.pk)
        payments.approve_payout(actor=office, payout_id=payout.pk, typed=payout.supplier.name)
        payments.mark_paid_out(
            actor=office,
            payout_id=payout.pk,
            sent_date=clock.now().astimezone(campaign.host.timezone).date(),
            note="기업뱅킹 이체",
        )
