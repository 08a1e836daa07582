"""How to make statements of the bank and what came of them for a side."""

from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.orders import today
from tests.factories.statements import Moved, taken, wide_csv
from tests.permissions import rows
from tests.permissions.world import Side

from mungchi.payments import operations
from mungchi.payments.models import BankAllotment


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
