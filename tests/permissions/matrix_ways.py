"""The table of how cooperatives are paid, methods that firms saved, and consents."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.orders import today
from tests.permissions import rows, rows_ways
from tests.permissions.line import (
    CAMPAIGN,
    FIRM,
    OF_FIRM,
    OF_FIRM_ALONE,
    OF_OFFICE,
    Line,
    named,
    why,
    with_body,
)
from tests.permissions.matrix_people import ALL_OF_THEM

from mungchi.accounts.domain.permissions import ANYONE


def _campaign(row: Any) -> Any:
    return row if isinstance(row, str) else row[0]


def _key(payment: Any) -> Any:
    return payment.pk


def _paper(world: Any, row: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")}


def _submitted(world: Any, row: Any) -> dict[str, Any]:
    return {"submitted_on": str(today())}


def _asked(world: Any, row: Any) -> dict[str, Any]:
    return {"due": str(today()), "why": "수령함"}


def _received(world: Any, row: Any) -> dict[str, Any]:
    return {"received_date": str(today())}


# Who sees a campaign and is not in it has nothing to agree to.
NOT_IN_IT = {
    **{("sibling", role): 409 for role in ("owner", "buyer")}, ("own", "supplier"): 409,
}  # fmt: skip

WAYS = [
    Line("GET", "payment-ways", "cooperative.read"),
    Line("POST", "payment-ways/key", "cooperative.account", body=rows_ways.entered),
    Line("POST", "payment-ways/check", "cooperative.account", body=rows_ways.named),
    Line("POST", "payment-ways/off", "cooperative.account", body=rows_ways.off),
    Line("POST", "key-changes/<uuid:pk>/confirm", "cooperative.account", rows_ways.waiting_key,
         OF_OFFICE),
    Line("POST", "key-changes/<uuid:pk>/decline", "cooperative.account", rows_ways.waiting_key,
         OF_OFFICE, why),
    Line("GET", "payment-methods", "methods.read"),
    Line("POST", "payment-methods", "methods.write", rows_ways.taking,
         {"own": FIRM, "sibling": FIRM}, named("cooperative"), at="body", ok=201),
    Line("POST", "payment-methods/<uuid:pk>", "methods.write", rows_ways.method, OF_FIRM_ALONE),
    Line("DELETE", "payment-methods/<uuid:pk>", "methods.write", rows_ways.method, OF_FIRM_ALONE),
    Line("GET", "consents", "consents.read", rows_ways.consent, OF_FIRM, at="list"),
    Line("GET", "campaigns/<uuid:pk>/payment-way", "methods.read", rows_ways.open_campaign,
         CAMPAIGN),
    Line("PUT", "campaigns/<uuid:pk>/payment-way", "methods.write", rows_ways.agreeing, CAMPAIGN,
         rows_ways.agreement, but=NOT_IN_IT, key=_campaign),
    Line("DELETE", "campaigns/<uuid:pk>/payment-way", "methods.write", rows_ways.agreeing,
         OF_FIRM_ALONE, key=_campaign),
    Line("GET", "payments/<uuid:pk>/on-line", "methods.read", rows.awaited, OF_FIRM_ALONE,
         key=_key),
    # It waits for a transfer: there is nothing to pay on line.
    Line("POST", "payments/<uuid:pk>/pay", "methods.write", rows.awaited, OF_FIRM_ALONE,
         rows_ways.paying, ok=409, key=_key),
    Line("POST", "payments/<uuid:pk>/sync", "methods.write", rows.awaited, OF_FIRM_ALONE,
         key=_key),
    Line("POST", "payments/<uuid:pk>/by-transfer", "methods.write", rows.awaited, OF_FIRM_ALONE,
         key=_key),
    # Nobody signs in; what is not signed is refused.
    Line("POST", "webhooks/stripe/<uuid:pk>", ANYONE, rows_ways.account, ALL_OF_THEM,
         ok=400),
    Line("GET", "provider-balance", "payments.read"),
    Line("GET", "provider-balance/report", "payments.read"),
    Line("POST", "provider-balance/read", "payments.write", ok=409),
    Line("GET", "balance-lines", "payments.read", rows_ways.movement, OF_OFFICE, at="list"),
    Line("GET", "bank-payouts", "payments.read", rows_ways.bank_payout, OF_OFFICE, at="list"),
    Line("POST", "bank-payouts/<uuid:pk>/arrived", "payments.write", rows_ways.bank_payout,
         OF_OFFICE, rows_ways.there),
    Line("POST", "bank-payouts/<uuid:pk>/undo-arrived", "payments.write", rows_ways.bank_payout,
         OF_OFFICE, why),
    Line("GET", "open-items", "payments.read", rows_ways.open_item, OF_OFFICE, at="list"),
    Line("POST", "open-items/<uuid:pk>/settle", "payments.write", rows_ways.open_item, OF_OFFICE,
         rows_ways.settling),
    Line("GET", "refused-events", "payments.read"),
    Line("GET", "disputes", "payments.read", rows_ways.dispute, OF_OFFICE, at="list", key=_key),
    Line("GET", "disputes/<uuid:pk>", "payments.read", rows_ways.dispute, OF_OFFICE, key=_key),
    Line("POST", "disputes/<uuid:pk>/notes", "payments.write", rows_ways.dispute, OF_OFFICE,
         with_body(text="확인함"), ok=201, key=_key),
    Line("POST", "disputes/<uuid:pk>/files", "payments.write", rows_ways.dispute, OF_OFFICE,
         _paper, ok=201, key=_key, multipart=True),
    Line("GET", "dispute-files/<uuid:pk>", "payments.read", rows_ways.kept, OF_OFFICE),
    Line("DELETE", "dispute-files/<uuid:pk>", "payments.write", rows_ways.kept, OF_OFFICE, ok=204),
    Line("POST", "disputes/<uuid:pk>/submitted", "payments.write", rows_ways.dispute, OF_OFFICE,
         _submitted, key=_key),
    Line("POST", "disputes/<uuid:pk>/accept", "payments.write", rows_ways.dispute, OF_OFFICE,
         with_body(confirmed=True, why="맞는 말"), key=_key),
    # Nothing was lost yet, so there is nothing to ask for again.
    Line("POST", "disputes/<uuid:pk>/ask-again", "payments.write", rows_ways.dispute, OF_OFFICE,
         _asked, ok=409, key=_key),
    Line("POST", "disputes/<uuid:pk>/paid-again", "payments.write", rows_ways.dispute, OF_OFFICE,
         _received, ok=409, key=_key),
    Line("POST", "disputes/<uuid:pk>/not-paid-again", "payments.write", rows_ways.dispute,
         OF_OFFICE, why, ok=409, key=_key),
    Line("POST", "disputes/<uuid:pk>/ask-no-more", "payments.write", rows_ways.dispute, OF_OFFICE,
         why, ok=409, key=_key),
    Line("GET", "disputes/<uuid:pk>/evidence", "payments.read", rows_ways.dispute, OF_OFFICE,
         key=_key),
    Line("GET", "disputes/<uuid:pk>/evidence-file", "payments.read", rows_ways.dispute, OF_OFFICE,
         key=_key),
    Line("GET", "payments/<uuid:pk>/disputes", "orders.read", rows_ways.dispute, OF_FIRM,
         key=lambda row: row.payment_id),
]  # fmt: skip
