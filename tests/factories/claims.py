"""Claims of a delivered campaign, answered and decided."""

import io
from datetime import timedelta

from PIL import Image
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.orders import Deal, today
from tests.payments.test_payouts import named

from mungchi.deliveries import operations, stage
from mungchi.deliveries.models import Claim
from mungchi.deliveries.operations import Terms
from mungchi.payments import operations as payments
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import LedgerLine, Payout
from mungchi.reports.invariants import breaches

REFUND, REPLACEMENT, NONE = "refund", "replacement", "none"


def delivered(*quantities: int, **about: object) -> Deal:
    """A campaign whose goods were received, with fees, and booked as sold."""
    deal = Deal(host=CooperativeFactory(host_fee_bp=250), **about).received(*quantities)
    payment_stage.book_sales()
    return deal


def opened(deal: Deal, quantity: int = 3, *, kind: str = "damaged", wish: str = REFUND,
           words: str = "모서리가 깨졌습니다.", at: int = 0, parts=None) -> Claim:  # fmt: skip
    order = deal.orders()[at]
    shipment = None if kind == "late" else order.shipments.filter(claim=None).get().pk
    return operations.open_claim(
        actor=deal.buyer(order), order_id=order.pk, shipment_id=shipment, kind=kind,
        quantity=quantity, wish=wish, words=words, parts=parts,
    )  # fmt: skip


def answer(deal: Deal, claim: Claim, remedy: str, quantity: int = 0, *, amount=None,
           words: str = "") -> Claim:  # fmt: skip
    return operations.answer_claim(
        actor=deal.supplier, claim_id=claim.pk, terms=Terms(remedy, quantity, amount), words=words
    )


def reply(deal: Deal, claim: Claim, *, agree: bool, words: str = "") -> Claim:
    return operations.reply_to_answer(
        actor=deal.buyer(claim.order), claim_id=claim.pk, agree=agree, words=words
    )


def decide(deal: Deal, claim: Claim, remedy: str, quantity: int = 0, *, amount=None,
           why: str = "사진으로 확인했습니다.", actor=None) -> Claim:  # fmt: skip
    return operations.decide_claim(
        actor=actor or deal.office, claim_id=claim.pk, terms=Terms(remedy, quantity, amount),
        why=why,
    )  # fmt: skip


def settled(claim: Claim) -> Claim:
    stage.settle_claims()
    claim.refresh_from_db()
    return claim


def whole_part(deal: Deal, at: int = 0) -> int:
    order = deal.orders()[at]
    return order.supply_value + order.delivery_share + order.vat


def balance(deal: Deal, account: str) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account=account)
    return sum(rows.values_list("amount", flat=True))


def in_order() -> list[str]:
    return [str(each) for each in breaches(grace=timedelta())]


def picture(kind: str = "JPEG", red: int = 180) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (red, 40, 40)).save(out, kind)
    out.seek(0)
    return out


def paid_out(deal: Deal, *, outstanding: int = 0) -> Payout:
    """Its supplier is paid."""
    named(deal)
    payout = payments.prepare_payout(
        actor=deal.office, campaign_id=deal.campaign.pk, outstanding=outstanding
    )
    payments.approve_payout(actor=coordinator_of(deal.host), payout_id=payout.pk)
    return payments.mark_paid_out(
        actor=deal.office, payout_id=payout.pk, sent_date=today(), note=""
    )
