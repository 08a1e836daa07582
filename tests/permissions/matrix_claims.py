"""The table of claims, of their photographs, and of what suppliers owe back."""

from tests.permissions import rows_claims as claims
from tests.permissions.line import (
    OF_BOTH,
    OF_FIRM_ALONE,
    OF_OFFICE,
    OF_SUPPLIER,
    OF_SUPPLIER_ALONE,
    Line,
    why,
    with_body,
)

REFUND = with_body(remedy="refund", quantity=2, words="")
DECISION = with_body(remedy="refund", quantity=2, why="사진으로 확인")

CLAIMS = [
    Line("GET", "claims", "claims.read", claims.opened, OF_BOTH, at="list"),
    Line("POST", "claims", "claims.write", claims.arrived, OF_FIRM_ALONE, claims.claiming,
         at="body", ok=201),
    Line("GET", "orders/<uuid:pk>/claimable", "claims.write", claims.arrived, OF_FIRM_ALONE),
    Line("GET", "claims/<uuid:pk>", "claims.read", claims.opened, OF_BOTH),
    Line("POST", "claims/<uuid:pk>/answer", "claims.write", claims.opened, OF_SUPPLIER_ALONE,
         REFUND),
    Line("POST", "claims/<uuid:pk>/reply", "claims.write", claims.offered, OF_FIRM_ALONE,
         with_body(agree=True, words="")),
    Line("POST", "claims/<uuid:pk>/decide", "claims.decide", claims.disputed, OF_OFFICE, DECISION),
    Line("POST", "claims/<uuid:pk>/refund-instead", "claims.decide", claims.replacing, OF_OFFICE,
         why),
    Line("POST", "claims/<uuid:pk>/withdraw", "claims.write", claims.opened, OF_FIRM_ALONE,
         with_body(words="찾았습니다")),
    Line("POST", "claims/<uuid:pk>/words", "claims.discuss", claims.opened, OF_BOTH,
         with_body(words="더 있습니다")),
    Line("POST", "claims/<uuid:pk>/replacement", "shipments.write", claims.replacing,
         OF_SUPPLIER_ALONE, claims.parcel, ok=201),
    Line("POST", "claims/<uuid:pk>/photos", "claims.write", claims.opened, OF_FIRM_ALONE,
         claims.uploading, ok=201, multipart=True),
    Line("GET", "claim-photos/<uuid:pk>", "claims.read", claims.photo, OF_BOTH),
    Line("GET", "claim-rules", "cooperative.read"),
    Line("PUT", "claim-rules", "cooperative.write",
         body=with_body(claim_days=10, answer_days=4)),
    Line("GET", "supplier-debts", "payouts.read", claims.debt, OF_SUPPLIER, at="list"),
    Line("POST", "supplier-debts/<uuid:pk>/repaid", "payouts.write", claims.debt, OF_OFFICE,
         claims.repaying),
    Line("POST", "supplier-debts/<uuid:pk>/offset", "payouts.write", claims.debt_and_payable,
         OF_OFFICE, claims.taking_off,
         key=lambda both: both if isinstance(both, str) else both[0]),
    Line("POST", "supplier-debts/<uuid:pk>/undo", "payouts.write", claims.repaid_debt, OF_OFFICE,
         why),
]  # fmt: skip
