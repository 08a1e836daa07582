"""The table of buying on terms: what is offered, limits, what is owed, monthly statements."""

from tests.permissions import rows_terms
from tests.permissions.line import CAMPAIGN, OF_FIRM, OF_OFFICE, Line, with_body
from tests.permissions.matrix_ways import NOT_IN_IT

TERMS = [
    Line("GET", "payment-terms", "terms.read"),
    Line("PUT", "payment-terms", "terms.write",
         body=with_body(offered=True, basis="month_end", days=10, default_limit=5_000_000,
                        grace_days=7, holds_payout=False)),
    Line("GET", "credit-lines", "terms.read", rows_terms.credit_row, OF_OFFICE, at="list"),
    Line("PUT", "firms/<uuid:pk>/credit-limit", "terms.write", rows_terms.creditor, OF_OFFICE,
         with_body(amount=2**40, why="오래 거래한 기업")),
    Line("PUT", "campaigns/<uuid:pk>/payment-terms", "methods.write", rows_terms.choosing,
         CAMPAIGN, rows_terms.chosen, but=NOT_IN_IT),
    Line("POST", "payments/<uuid:pk>/take-off", "terms.write", rows_terms.on_account, OF_OFFICE,
         with_body(amount=5, why="파손")),
    Line("GET", "monthly-statements", "statements.read", rows_terms.statement, OF_FIRM, at="list"),
    Line("GET", "monthly-statements/<uuid:pk>", "statements.read", rows_terms.statement, OF_FIRM),
    Line("POST", "bank-lines/<uuid:pk>/allot-statement", "payments.write",
         rows_terms.line_and_statement, OF_OFFICE, rows_terms.allotting,
         key=lambda both: both if isinstance(both, str) else both[0]),
]  # fmt: skip
