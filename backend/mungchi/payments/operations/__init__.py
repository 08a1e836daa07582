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
from mungchi.payments.operations.connecting import (
    check_connection,
    confirm_key,
    decline_key,
    enter_key,
    switch_off,
)
from mungchi.payments.operations.consenting import agree, pay_by_transfer
from mungchi.payments.operations.returning import mark_refunded, return_money
from mungchi.payments.operations.saving import (
    LET_GO_WITHIN,
    begin_saving,
    begun_before,
    finish_setup,
    forget_method,
    remove_method,
)
from mungchi.payments.operations.selling import book_sale

__all__ = [
    "LET_GO_WITHIN",
    "Confirmed",
    "Pair",
    "agree",
    "allot_line",
    "ask_for_payment",
    "begin_saving",
    "begun_before",
    "book_sale",
    "change_statement",
    "check_connection",
    "confirm_key",
    "confirm_matches",
    "confirm_transfer",
    "decline_key",
    "discard_statement",
    "enter_key",
    "finish_setup",
    "forget_method",
    "mark_refunded",
    "move_line",
    "pay_by_transfer",
    "remove_method",
    "return_money",
    "switch_off",
    "take_statement",
    "tell_account",
    "undo_allotment",
    "undo_confirmation",
    "upload_statement",
]
