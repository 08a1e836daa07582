"""A payment that was to be charged is to be paid by transfer instead."""

from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.common.history import set_state
from mungchi.payments.domain.states import PAYMENT
from mungchi.payments.models import Payment
from mungchi.payments.providers import BANK_TRANSFER


def to_transfer(payment: Payment, *, why: str, actor: Actor, at: datetime) -> None:
    """Let the (locked) payment wait for a transfer, with reference and account as usual.

    `why` is a code of payments.domain.charging.NOT_CHARGED, or "chosen" where the firm chose it.
    """
    payment.charge_at = None
    payment.instructions = dict(BANK_TRANSFER.instructions(payment.cooperative))
    payment.provider = BANK_TRANSFER.name
    set_state(
        payment, "awaiting_transfer", machine=PAYMENT, kind="payment_by_transfer", actor=actor,
        at=at, also=("charge_at", "instructions", "provider"), thread=payment.order.campaign_id,
        cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
        data={"amount": payment.amount, "currency": payment.currency, "reason": why},
    )  # fmt: skip
