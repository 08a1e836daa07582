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
from mungchi.payments.operations.lapsing import (
    extend_payment,
    extend_payments,
    lapse_early,
    lapse_payments,
    remind_of_payments,
)
from mungchi.payments.operations.returning import mark_refunded, return_money
from mungchi.payments.operations.selling import book_sale

__all__ = [
    "Confirmed",
    "Pair",
    "allot_line",
    "ask_for_payment",
    "book_sale",
    "change_statement",
    "confirm_matches",
    "confirm_transfer",
    "discard_statement",
    "extend_payment",
    "extend_payments",
    "lapse_early",
    "lapse_payments",
    "mark_refunded",
    "move_line",
    "remind_of_payments",
    "return_money",
    "take_statement",
    "tell_account",
    "undo_allotment",
    "undo_confirmation",
    "upload_statement",
]
