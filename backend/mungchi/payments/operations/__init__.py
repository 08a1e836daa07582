"""Everything that can happen to a payment or a bank line, one function an event."""

from mungchi.payments.operations.allotting import (
    Confirmed,
    Pair,
    allot_line,
    confirm_matches,
    undo_allotment,
)
from mungchi.payments.operations.asking import ask_for_payment, tell_account
from mungchi.payments.operations.bank_lines import move_line
from mungchi.payments.operations.bank_statements import (
    change_statement,
    discard_statement,
    take_statement,
    upload_statement,
)
from mungchi.payments.operations.confirming import confirm_transfer, undo_confirmation
from mungchi.payments.operations.money_accounts import name_account
from mungchi.payments.operations.paying_out import (
    approve_payout,
    blocks_payout,
    cancel_payout,
    mark_paid_out,
    payout_came_back,
    prepare_payout,
)
from mungchi.payments.operations.refunding import (
    cancel_refund,
    mark_refund_sent,
    refund_part,
    undo_refund_sent,
)
from mungchi.payments.operations.returning import mark_refunded, return_money
from mungchi.payments.operations.selling import book_sale
from mungchi.payments.operations.sending_refunds import refund_answered, send_refunds

__all__ = [
    "Confirmed",
    "Pair",
    "allot_line",
    "approve_payout",
    "ask_for_payment",
    "blocks_payout",
    "book_sale",
    "cancel_payout",
    "cancel_refund",
    "change_statement",
    "confirm_matches",
    "confirm_transfer",
    "discard_statement",
    "mark_paid_out",
    "mark_refund_sent",
    "mark_refunded",
    "move_line",
    "name_account",
    "payout_came_back",
    "prepare_payout",
    "refund_answered",
    "refund_part",
    "return_money",
    "send_refunds",
    "take_statement",
    "tell_account",
    "undo_allotment",
    "undo_confirmation",
    "undo_refund_sent",
    "upload_statement",
]
