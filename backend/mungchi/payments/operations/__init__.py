"""Everything that can happen to a payment or a bank line, one function an event."""

from mungchi.payments.operations.allotting import (
    Confirmed,
    Pair,
    allot_line,
    allot_statement,
    confirm_matches,
    undo_allotment,
)
from mungchi.payments.operations.answers import apply_fact, write_answer
from mungchi.payments.operations.applying_events import begin_events, write_event
from mungchi.payments.operations.arriving import note_arrival, undo_arrival
from mungchi.payments.operations.asking import ask_for_payment, tell_account
from mungchi.payments.operations.at_providers import CHARGES, EVENTS, LOOK_UPS
from mungchi.payments.operations.bank_lines import move_line
from mungchi.payments.operations.bank_statements import (
    change_statement,
    discard_statement,
    take_statement,
    upload_statement,
)
from mungchi.payments.operations.calling import Asking, call_all
from mungchi.payments.operations.charging import ask_again, begin_charges, give_up, look_at
from mungchi.payments.operations.confirming import confirm_transfer, undo_confirmation
from mungchi.payments.operations.connecting import (
    check_connection,
    confirm_key,
    decline_key,
    enter_key,
    switch_off,
)
from mungchi.payments.operations.consenting import agree, pay_by_transfer
from mungchi.payments.operations.crediting import take_off
from mungchi.payments.operations.dispute_asking import (
    ask_firm_again,
    ask_no_more,
    was_not_paid_again,
    was_paid_again,
)
from mungchi.payments.operations.dispute_work import (
    accept_dispute,
    add_dispute_file,
    mark_submitted,
    note_dispute,
    remind_of_dispute,
    remove_dispute_file,
)
from mungchi.payments.operations.disputes import apply_dispute
from mungchi.payments.operations.events import EventRefused, receive_event, refuse_oversized
from mungchi.payments.operations.fixing import (
    TO_FIX,
    Fixed,
    choose_transfer,
    pay_on_line,
    sync_payment,
)
from mungchi.payments.operations.lapsing import (
    extend_payment,
    extend_payments,
    lapse_early,
    lapse_payments,
    remind_of_payments,
)
from mungchi.payments.operations.money_accounts import name_account
from mungchi.payments.operations.monthly import make_statements
from mungchi.payments.operations.owing_back import (
    debt_offset,
    debt_repaid,
    undo_debt_settled,
)
from mungchi.payments.operations.payees import (
    apply_payee,
    connect_payee,
    look_at_payee,
    watch_payees,
)
from mungchi.payments.operations.paying_out import (
    BLOCKS,
    approve_payout,
    blocks_payout,
    cancel_payout,
    mark_paid_out,
    payout_came_back,
    prepare_payout,
)
from mungchi.payments.operations.polling import begin_polls, take_poll
from mungchi.payments.operations.reading_balances import (
    begin_reading,
    go_on_reading,
    read_now,
)
from mungchi.payments.operations.refunding import (
    cancel_refund,
    mark_refund_sent,
    refund_part,
    undo_refund_sent,
)
from mungchi.payments.operations.refunding_claims import refund_claim, worth_of
from mungchi.payments.operations.returning import mark_refunded, return_money
from mungchi.payments.operations.returning_less import return_less
from mungchi.payments.operations.saving import (
    LET_GO_WITHIN,
    begin_saving,
    begun_before,
    finish_setup,
    forget_method,
    remove_method,
)
from mungchi.payments.operations.selling import book_sale
from mungchi.payments.operations.sending_payouts import (
    payout_answered,
    send_payout,
    send_payouts,
)
from mungchi.payments.operations.sending_refunds import refund_answered, send_refunds
from mungchi.payments.operations.settling import CannotBeTakenIn, settle_item
from mungchi.payments.operations.summing import sum_up_charging
from mungchi.payments.operations.taking_on_account import remind_of_accounts
from mungchi.payments.operations.terms import choose_terms, set_limit, set_terms

__all__ = [
    "BLOCKS",
    "CHARGES",
    "EVENTS",
    "LET_GO_WITHIN",
    "LOOK_UPS",
    "TO_FIX",
    "Asking",
    "CannotBeTakenIn",
    "Confirmed",
    "EventRefused",
    "Fixed",
    "Pair",
    "accept_dispute",
    "add_dispute_file",
    "agree",
    "allot_line",
    "allot_statement",
    "apply_dispute",
    "apply_fact",
    "apply_payee",
    "approve_payout",
    "ask_again",
    "ask_firm_again",
    "ask_for_payment",
    "ask_no_more",
    "begin_charges",
    "begin_events",
    "begin_polls",
    "begin_reading",
    "begin_saving",
    "begun_before",
    "blocks_payout",
    "book_sale",
    "call_all",
    "cancel_payout",
    "cancel_refund",
    "change_statement",
    "check_connection",
    "choose_terms",
    "choose_transfer",
    "confirm_key",
    "confirm_matches",
    "confirm_transfer",
    "connect_payee",
    "debt_offset",
    "debt_repaid",
    "decline_key",
    "discard_statement",
    "enter_key",
    "extend_payment",
    "extend_payments",
    "finish_setup",
    "forget_method",
    "give_up",
    "go_on_reading",
    "lapse_early",
    "lapse_payments",
    "look_at",
    "look_at_payee",
    "make_statements",
    "mark_paid_out",
    "mark_refund_sent",
    "mark_refunded",
    "mark_submitted",
    "move_line",
    "name_account",
    "note_arrival",
    "note_dispute",
    "pay_by_transfer",
    "pay_on_line",
    "payout_answered",
    "payout_came_back",
    "prepare_payout",
    "read_now",
    "receive_event",
    "refund_answered",
    "refund_claim",
    "refund_part",
    "refuse_oversized",
    "remind_of_accounts",
    "remind_of_dispute",
    "remind_of_payments",
    "remove_dispute_file",
    "remove_method",
    "return_less",
    "return_money",
    "send_payout",
    "send_payouts",
    "send_refunds",
    "set_limit",
    "set_terms",
    "settle_item",
    "sum_up_charging",
    "switch_off",
    "sync_payment",
    "take_off",
    "take_poll",
    "take_statement",
    "tell_account",
    "undo_allotment",
    "undo_arrival",
    "undo_confirmation",
    "undo_debt_settled",
    "undo_refund_sent",
    "upload_statement",
    "was_not_paid_again",
    "was_paid_again",
    "watch_payees",
    "worth_of",
    "write_answer",
    "write_event",
]
