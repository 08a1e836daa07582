"""How to make statements of the bank and what came of them for a side."""

from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.accounts import coordinator_of
from tests.factories.orders import today
from tests.factories.pretend import NAME
from tests.factories.statements import Moved, taken, wide_csv
from tests.permissions import rows, rows_ways
from tests.permissions.world import Side

from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.models import BankAllotment, FirmAccount, Payee, ProviderAccount


def _moved(side: Side, what: str) -> list[Moved]:
    # Two of a kind are two transfers, not one that was taken in already.
    return [Moved(today(), 7_777, f"{side.name} {what}", uuid4().hex)]


def statement(side: Side) -> UUID:
    """A file that is looked through."""
    return operations.upload_statement(
        actor=side.office, filename=f"{side.name}.csv", stream=wide_csv(_moved(side, "file"))
    ).pk


def bank_line(side: Side) -> UUID:
    """Money in suspense."""
    return taken(side.office, _moved(side, "line"))[0].pk


def allotment(side: Side) -> UUID:
    """A line that paid a payment, before the supplier was ordered from."""
    payment = rows.awaited(side)
    (line,) = taken(
        side.office, [Moved(today(), payment.amount, f"{side.name} paid", payment.reference)]
    )
    operations.allot_line(actor=side.office, line_id=line.pk, payment_id=payment.pk)
    return BankAllotment.objects.get(line=line).pk


def line_and_payment(side: Side) -> Any:
    """Money in suspense, and a payment that it could be for."""
    return bank_line(side), rows.awaited(side).pk


def uploading(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to upload a statement."""
    content = wide_csv([Moved(today(), 5_555, "upload")]).getvalue()
    return {"file": SimpleUploadedFile("s.csv", content, content_type="text/csv")}


def allotting(world: Any, both: Any) -> dict[str, Any]:
    """What is sent to allot a line."""
    return {"payment": both if isinstance(both, str) else both[1]}


def moving(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to set a line aside."""
    return {"to": "set_aside", "why": "조합비"}


def pairs(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to confirm what was previewed."""
    line, payment = world.row(line_and_payment, "own")
    return {"pairs": [{"line": str(line), "payment": str(payment)}]}


def _sold(side: Side) -> Any:
    """The supplier has taken the order, and the books know."""
    affair = rows.confirmed(side)
    operations.book_sale(campaign_id=affair.campaign.pk)
    return affair


def sold_payment(side: Side) -> UUID:
    """A payment of which part could be given back."""
    return _sold(side).payment.pk  # type: ignore[no-any-return]


def agreed_refund(side: Side) -> UUID:
    """So much of a payment that is to be sent back."""
    affair = _sold(side)
    return operations.refund_part(
        actor=side.office, payment_id=affair.payment.pk, amount=10, why="파손"
    ).pk


def sent_refund(side: Side) -> UUID:
    """So much of a payment that was sent back."""
    pk = agreed_refund(side)
    operations.mark_refund_sent(actor=side.office, refund_id=pk, note="이체")
    return pk


def account(side: Side) -> None:
    """Where the side's supplier takes money."""
    FirmAccount.objects.get_or_create(
        firm_id=side.supplier.firm_id,
        defaults={"bank_name": "신한", "bank_account": "110-1", "bank_holder": "공급",
                  "changed_at": clock.now()},
    )  # fmt: skip


def payable(side: Side) -> UUID:
    """A campaign whose supplier is owed money and has named an account."""
    affair = _sold(side)
    account(side)
    return affair.campaign.pk  # type: ignore[no-any-return]


def prepared_payout(side: Side) -> UUID:
    """A payout that another coordinator of the office has prepared."""
    other = coordinator_of(side.cooperative)
    return operations.prepare_payout(actor=other, campaign_id=payable(side), early="선급 계약").pk


def approved_payout(side: Side) -> UUID:
    """A payout that may be sent."""
    pk = prepared_payout(side)
    operations.approve_payout(actor=side.office, payout_id=pk)
    return pk


def place_to_connect(side: Side) -> UUID:
    """A cooperative that could pay its supplier by its provider."""
    payable(side)
    return rows_ways.taking(side)


def payee(side: Side) -> UUID:
    """A supplier's connected account that can be paid."""
    account = ProviderAccount.objects.get(cooperative=place_to_connect(side), provider=NAME)
    at = clock.now()
    row, _ = Payee.objects.get_or_create(
        account=account, firm_id=side.supplier.firm_id, platform_id=account.external_id,
        defaults={
            "cooperative": side.cooperative, "external_id": f"acct_{side.name}", "payable": True,
            "submitted": True, "currency": "KRW", "created_by_id": side.supplier.user_id,
            "created_at": at, "told_at": at, "asked_at": at,
        },
    )  # fmt: skip
    return row.pk


def approved_transfer(side: Side) -> UUID:
    """A payout that a provider may send."""
    payee(side)
    row = operations.prepare_payout(
        actor=coordinator_of(side.cooperative), campaign_id=payable(side), early="선급 계약",
        way=NAME,
    )  # fmt: skip
    operations.approve_payout(actor=side.office, payout_id=row.pk)
    return row.pk


def sent_payout(side: Side) -> UUID:
    """A payout that was sent."""
    pk = approved_payout(side)
    operations.mark_paid_out(actor=side.office, payout_id=pk, sent_date=today(), note="")
    return pk


def sending(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to record a payout's transfer."""
    return {"sent_date": today().isoformat(), "note": "이체"}
