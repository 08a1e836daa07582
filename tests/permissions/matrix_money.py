"""The table of payments and of the books that they write: the office's that collects."""

from typing import Any
from uuid import UUID

from tests.factories.orders import today
from tests.permissions import rows, rows_money
from tests.permissions import rows_lapses as lapses
from tests.permissions.line import OF_OFFICE, OF_SUPPLIER, Line, why, with_body
from tests.permissions.world import Side, World

from mungchi.payments.models import LedgerEntry, Payment


def _confirmation(world: World, payment: Any) -> dict[str, Any]:
    amount = payment.amount if isinstance(payment, Payment) else 1
    return {"amount": amount, "depositor": "홍길동", "received_date": today().isoformat()}


def _entry(side: Side) -> UUID:
    """The first entry of a payment that is waited for."""
    entries = LedgerEntry.objects.filter(payment=rows.awaited(side))
    return entries.values_list("pk", flat=True)[0]


def _asked(side: Side) -> UUID:
    """A campaign whose money is waited for."""
    return rows.awaited(side).order.campaign_id  # type: ignore[no-any-return]


def _debtor(side: Side) -> UUID:
    """A firm that owes money."""
    return rows.awaited(side).firm_id  # type: ignore[no-any-return]


MONEY = [
    Line("GET", "payments", "payments.read", rows.awaited, OF_OFFICE, at="list",
         key=lambda payment: payment.pk),
    Line("GET", "payments/<uuid:pk>", "payments.read", rows.paid, OF_OFFICE),
    Line("POST", "payments/<uuid:pk>/confirm", "payments.write", rows.awaited, OF_OFFICE,
         _confirmation, key=lambda payment: payment.pk),
    Line("POST", "payments/<uuid:pk>/undo-confirm", "payments.write", rows.paid, OF_OFFICE, why),
    Line("POST", "payments/<uuid:pk>/refund-sent", "payments.write", rows.refund, OF_OFFICE, why),
    Line("POST", "payments/<uuid:pk>/refunds", "payments.write", rows_money.sold_payment, OF_OFFICE,
         with_body(amount=10, why="파손"), ok=201),
    Line("GET", "refunds", "payments.read", rows_money.agreed_refund, OF_OFFICE, at="list"),
    Line("POST", "refunds/<uuid:pk>/sent", "payments.write", rows_money.agreed_refund, OF_OFFICE,
         why),
    Line("POST", "refunds/<uuid:pk>/undo-sent", "payments.write", rows_money.sent_refund, OF_OFFICE,
         why),
    Line("POST", "refunds/<uuid:pk>/cancel", "payments.write", rows_money.agreed_refund, OF_OFFICE,
         why),
    Line("GET", "payouts", "payouts.read", rows_money.prepared_payout, OF_SUPPLIER, at="list"),
    Line("GET", "payouts/totals", "payouts.read"),
    Line("GET", "payouts/<uuid:pk>", "payouts.read", rows_money.prepared_payout, OF_SUPPLIER),
    Line("POST", "payouts/<uuid:pk>/approve", "payouts.approve", rows_money.prepared_payout,
         OF_OFFICE, with_body(typed="")),
    Line("POST", "payouts/<uuid:pk>/sent", "payouts.write", rows_money.approved_payout, OF_OFFICE,
         rows_money.sending),
    Line("POST", "payouts/<uuid:pk>/transfer", "payouts.write", rows_money.approved_transfer,
         OF_OFFICE),
    Line("GET", "payees", "payouts.read"),
    Line("POST", "payees/<uuid:pk>/look", "payouts.read", rows_money.payee, OF_SUPPLIER),
    Line("POST", "cooperatives/<uuid:pk>/payee", "firm.account", rows_money.place_to_connect,
         {"own": ("supplier",), "sibling": ("supplier",)}),
    Line("POST", "payouts/<uuid:pk>/cancel", "payouts.write", rows_money.prepared_payout, OF_OFFICE,
         why),
    Line("POST", "payouts/<uuid:pk>/reverse", "payouts.write", rows_money.sent_payout, OF_OFFICE,
         why),
    Line("GET", "campaigns/<uuid:pk>/payout", "payments.read", rows_money.payable, OF_OFFICE),
    Line("POST", "campaigns/<uuid:pk>/payout", "payouts.write", rows_money.payable, OF_OFFICE,
         with_body(early="선급 계약"), ok=201),
    Line("GET", "firm/money-account", "firm.read"),
    Line("PUT", "firm/money-account", "firm.account",
         body=with_body(bank_name="신한", bank_account="110-2", bank_holder="대표")),
    Line("POST", "payments/<uuid:pk>/extend", "payments.write", rows.awaited, OF_OFFICE,
         lapses.more_time, key=lambda payment: getattr(payment, "pk", payment)),
    Line("POST", "payments/<uuid:pk>/lapse", "payments.write", lapses.late, OF_OFFICE, why),
    Line("POST", "campaigns/<uuid:pk>/extend-payments", "payments.write", _asked, OF_OFFICE,
         lapses.more_time),
    Line("GET", "campaigns/<uuid:pk>/payments-outlook", "payments.read", _asked, OF_OFFICE),
    Line("GET", "members/<uuid:pk>/lapses", "members.read", rows.membership, OF_OFFICE),
    Line("GET", "bank-statements", "payments.read", rows_money.statement, OF_OFFICE, at="list"),
    Line("POST", "bank-statements", "payments.write", body=rows_money.uploading, ok=201,
         multipart=True),
    Line("GET", "bank-statements/<uuid:pk>", "payments.read", rows_money.statement, OF_OFFICE),
    Line("PATCH", "bank-statements/<uuid:pk>", "payments.write", rows_money.statement, OF_OFFICE,
         with_body(mapping={"balance": None})),
    Line("DELETE", "bank-statements/<uuid:pk>", "payments.write", rows_money.statement,
         OF_OFFICE, ok=204),
    Line("POST", "bank-statements/<uuid:pk>/start", "payments.write", rows_money.statement,
         OF_OFFICE),
    Line("GET", "bank-statements/<uuid:pk>/lines", "payments.read", rows_money.statement,
         OF_OFFICE),
    Line("GET", "bank-lines", "payments.read", rows_money.bank_line, OF_OFFICE, at="list"),
    Line("POST", "bank-lines/<uuid:pk>/allot", "payments.write", rows_money.line_and_payment,
         OF_OFFICE, rows_money.allotting,
         key=lambda both: both if isinstance(both, str) else both[0]),
    Line("POST", "bank-lines/<uuid:pk>/move", "payments.write", rows_money.bank_line, OF_OFFICE,
         rows_money.moving),
    Line("POST", "bank-allotments/<uuid:pk>/undo", "payments.write", rows_money.allotment,
         OF_OFFICE, why),
    Line("GET", "bank-matches", "payments.read"),
    Line("POST", "bank-matches/confirm", "payments.write", body=rows_money.pairs),
    Line("GET", "bank-returns", "payments.read"),
    Line("GET", "ledger/entries", "payments.read", _entry, OF_OFFICE, at="list"),
    Line("GET", "ledger/balances", "payments.read"),
    Line("GET", "campaigns/<uuid:pk>/money", "payments.read", _asked, OF_OFFICE),
    Line("GET", "firms/<uuid:pk>/account", "payments.read", _debtor, OF_OFFICE),
    Line("GET", "account", "firm.read"),
]  # fmt: skip
