"""Everything that can happen to a payment or a bank line, one function an event."""

from mungchi.payments.operations.allotting import (
    Confirmed,
    Pair,
    allot_line,
    confirm_matches,
    undo_allotment,
)
from mungchi.payments.operations.answers import apply_fact, write_answer
from mungchi.payments.operations.asking import ask_for_payment, tell_account
from mungchi.payments.operations.bank_lines import move_line
from mungchi.payments.operations.bank_statements import (
    change_statement,
    discard_statement,
    take_statement,
    upload_statement,
)
from mungchi.payments.operations.calling import call_all
from mungchi.payments.operations.charging import ask_again, begin_charges, give_up, look_at
from mungchi.payments.operations.confirming import confirm_transfer, undo_confirmation
from mungchi.payments.operations.fixing import (
    Fixed,
    choose_transfer,
    pay_on_line,
    sync_payment,
)
from mungchi.payments.operations.open_items import settle_item
from mungchi.payments.operations.returning import mark_refunded, return_money
from mungchi.payments.operations.selling import book_sale
from mungchi.payments.operations.summing import sum_up_charging

__all__ = [
    "Confirmed",
    "Fixed",
    "Pair",
    "allot_line",
    "apply_fact",
    "ask_again",
    "ask_for_payment",
    "begin_charges",
    "book_sale",
    "call_all",
    "change_statement",
    "choose_transfer",
    "confirm_matches",
    "confirm_transfer",
    "discard_statement",
    "give_up",
    "look_at",
    "mark_refunded",
    "move_line",
    "pay_on_line",
    "return_money",
    "settle_item",
    "sum_up_charging",
    "sync_payment",
    "take_statement",
    "tell_account",
    "undo_allotment",
    "undo_confirmation",
    "upload_statement",
    "write_answer",
]
