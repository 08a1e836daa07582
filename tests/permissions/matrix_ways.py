"""The table of how cooperatives are paid, methods that firms saved, and consents."""

from typing import Any

from tests.permissions import rows_ways
from tests.permissions.line import (
    CAMPAIGN,
    FIRM,
    OF_FIRM,
    OF_FIRM_ALONE,
    OF_OFFICE,
    Line,
    named,
    why,
)


def _campaign(row: Any) -> Any:
    return row if isinstance(row, str) else row[0]


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
]  # fmt: skip
