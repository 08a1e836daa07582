"""How to make claims, their photographs, and what suppliers owe back for a side."""

import io
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.factories.accounts import coordinator_of
from tests.factories.orders import today
from tests.permissions import rows, rows_money
from tests.permissions.world import Side

from mungchi.deliveries import operations, stage
from mungchi.deliveries.models import Claim, Shipment
from mungchi.deliveries.operations import Terms
from mungchi.payments import operations as payments
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import SupplierDebt


def _arrived(side: Side) -> Shipment:
    affair: Any = rows.Affair(side).shipped()
    payment_stage.book_sales()
    operations.receive_shipment(
        actor=side.firm, shipment_id=affair.shipment.pk, quantity=affair.shipment.quantity, note=""
    )
    return affair.shipment  # type: ignore[no-any-return]


def arrived(side: Side) -> UUID:
    """An order about which the side's firm could claim."""
    return _arrived(side).order_id


def _open(side: Side, wish: str = "refund") -> Claim:
    shipment = _arrived(side)
    return operations.open_claim(
        actor=side.firm, order_id=shipment.order_id, shipment_id=shipment.pk, kind="damaged",
        quantity=2, wish=wish, words=f"{side.name} 파손",
    )  # fmt: skip


def opened(side: Side) -> UUID:
    """A claim that waits for the supplier."""
    return _open(side).pk


def offered(side: Side) -> UUID:
    """One that waits for the firm."""
    claim = _open(side)
    operations.answer_claim(
        actor=side.supplier, claim_id=claim.pk, terms=Terms("none"), words="아닙니다"
    )
    return claim.pk


def disputed(side: Side) -> UUID:
    """One that waits for the office."""
    pk = offered(side)
    operations.reply_to_answer(actor=side.firm, claim_id=pk, agree=False, words="맞습니다")
    return pk


def replacing(side: Side) -> UUID:
    """One whose replacement is to be sent."""
    claim = _open(side, "replacement")
    operations.answer_claim(
        actor=side.supplier, claim_id=claim.pk, terms=Terms("replacement", 2), words=""
    )
    return claim.pk


def photo(side: Side) -> UUID:
    """A photograph with a claim."""
    content = io.BytesIO(_picture())
    return operations.add_photo(actor=side.firm, claim_id=opened(side), stream=content).pk


def debt(side: Side) -> UUID:
    """What a supplier owes back: it was paid before a claim was accepted."""
    shipment = _arrived(side)
    campaign = shipment.order.campaign
    rows_money.account(side)
    payout = payments.prepare_payout(
        actor=coordinator_of(side.cooperative), campaign_id=campaign.pk, early="선급 계약"
    )
    payments.approve_payout(actor=side.office, payout_id=payout.pk)
    payments.mark_paid_out(actor=side.office, payout_id=payout.pk, sent_date=today(), note="")
    claim = operations.open_claim(
        actor=side.firm, order_id=shipment.order_id, shipment_id=shipment.pk, kind="damaged",
        quantity=2, wish="refund", words="파손",
    )  # fmt: skip
    operations.answer_claim(
        actor=side.supplier, claim_id=claim.pk, terms=Terms("refund", 2), words=""
    )
    stage.settle_claims()
    return SupplierDebt.objects.get(campaign=campaign).pk


def repaid_debt(side: Side) -> UUID:
    """The same, paid back."""
    pk = debt(side)
    payments.debt_repaid(actor=side.office, debt_id=pk, received_date=today(), note="")
    return pk


def debt_and_payable(side: Side) -> Any:
    """The same, and a campaign whose supplier is owed more than that."""
    return debt(side), rows_money.payable(side)


def claiming(world: Any, order: Any) -> dict[str, Any]:
    """What is sent to claim about an order."""
    shipment = Shipment.objects.filter(order_id=order).first()
    return {"order": order, "shipment": shipment and str(shipment.pk), "kind": "damaged",
            "quantity": 1, "wish": "refund", "words": "깨졌습니다."}  # fmt: skip


def parcel(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to send a replacement."""
    return {"quantity": 1, "carrier": "한빛택배", "tracking_number": "",
            "shipped_date": today().isoformat()}  # fmt: skip


def repaying(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to record that money came back."""
    return {"received_date": today().isoformat(), "note": "이체"}


def taking_off(world: Any, both: Any) -> dict[str, Any]:
    """What is sent to take a debt off what a supplier is owed."""
    return {"campaign": both if isinstance(both, str) else both[1], "note": ""}


def uploading(world: Any, row: Any) -> dict[str, Any]:
    """A photograph."""
    return {"file": SimpleUploadedFile("p.png", _picture(), content_type="image/png")}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (180, 40, 40)).save(out, "PNG")
    return out.getvalue()
