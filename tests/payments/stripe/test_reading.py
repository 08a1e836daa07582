"""Answers of shapes that the simulator does not give: what is made of each."""

from typing import Any

import pytest

from mungchi.payments.providers.facts import ProviderAway, ProviderRefused
from mungchi.payments.providers.stripe import balance, reading
from mungchi.payments.providers.stripe.declines import RETRIABLE, may_be_retried

INTENT: dict[str, Any] = {
    "id": "pi_1", "object": "payment_intent", "amount": 5_000, "amount_received": 5_000,
    "currency": "krw", "status": "succeeded", "created": 1_790_000_000, "customer": "cus_1",
    "payment_method": "pm_1", "latest_charge": "ch_1", "metadata": {"payment": "1"},
}  # fmt: skip
FAILED = {
    "status": "requires_payment_method",
    "amount_received": 0,
    "last_payment_error": {"code": "card_declined", "decline_code": "insufficient_funds"},
}
MOVED: dict[str, Any] = {
    "id": "txn_1", "object": "balance_transaction", "amount": 100, "fee": 3, "net": 97,
    "currency": "krw", "type": "charge", "created": 1_790_000_000,
    "source": {"id": "ch_1", "object": "charge", "payment_intent": "pi_1"},
}  # fmt: skip
REFUND: dict[str, Any] = {
    "id": "re_1", "object": "refund", "amount": 100, "currency": "krw", "status": "pending",
    "payment_intent": "pi_1", "charge": "ch_1", "created": 1_790_000_000,
}  # fmt: skip
DISPUTE: dict[str, Any] = {
    "id": "dp_1", "object": "dispute", "amount": 100, "currency": "krw", "reason": "general",
    "status": "prevented", "payment_intent": "pi_1", "charge": "ch_1", "created": 1_790_000_000,
}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"id": None}, {"id": ""}, {"id": "p" * 256}, {"object": "charge"}, {"amount": "5000"},
        {"amount": 5_000.0}, {"amount": True}, {"amount": 2**53 + 1}, {"amount_received": 4_999},
        {"amount_received": None}, {"currency": "sgd"}, {"currency": None}, {"created": "today"},
        {"created": 10**15}, {"status": "requires_capture"}, {"status": None}, {"customer": 5},
        {"metadata": "payment"}, {"latest_charge": {"id": "ch_1"}},
        {"payment_method": {"id": "pm_1"}},
    ],
)  # fmt: skip
def test_a_charge_that_makes_no_sense_is_no_fact(changed: dict[str, Any]) -> None:
    assert reading.charge(INTENT).state == "succeeded"
    with pytest.raises(ProviderAway):
        reading.charge({**INTENT, **changed})


@pytest.mark.parametrize("missing", ["id", "object", "amount", "currency", "status", "created"])
def test_a_charge_without_a_part_is_no_fact(missing: str) -> None:
    with pytest.raises(ProviderAway):
        reading.charge({key: value for key, value in INTENT.items() if key != missing})


@pytest.mark.parametrize(
    ("changed", "state", "code", "retriable"),
    [
        ({"status": "processing", "amount_received": 0}, "processing", None, False),
        ({"status": "requires_confirmation", "amount_received": 0}, "requires_action", None, False),
        ({"status": "canceled", "amount_received": 0}, "cancelled", None, False),
        (FAILED, "declined", "insufficient_funds", True),
        ({**FAILED, "last_payment_error": {"code": "expired_card"}}, "declined", "expired_card",
         False),
        ({**FAILED, "last_payment_error": {"code": "authentication_required"}}, "requires_action",
         "authentication_required", False),
        ({**FAILED, "last_payment_error": None}, "declined", None, False),
        ({**FAILED, "last_payment_error": {"decline_code": "new_code"}}, "declined", "new_code",
         False),
        ({**FAILED, "last_payment_error": {"decline_code": "new_code",
                                           "advice_code": "try_again_later"}},
         "declined", "new_code", True),
        ({**FAILED, "last_payment_error": {"decline_code": "insufficient_funds",
                                           "advice_code": "do_not_try_again"}},
         "declined", "insufficient_funds", False),
    ],
)  # fmt: skip
def test_states(changed: dict[str, Any], state: str, code: str | None, retriable: bool) -> None:
    fact = reading.charge({**INTENT, **changed})
    assert (fact.state, fact.decline_code, fact.retriable) == (state, code, retriable)


def test_what_is_lost_for_good_is_not_tried_again() -> None:
    never = {"lost_card", "stolen_card", "expired_card", "pickup_card", "fraudulent",
             "authentication_required", "do_not_try_again", None}  # fmt: skip
    assert not never & RETRIABLE
    assert not any(may_be_retried(code) for code in never)


@pytest.mark.parametrize(
    ("kind", "told"),
    [("charge", "charge"), ("payment", "charge"), ("refund", "refund"),
     ("payment_refund", "refund"), ("refund_failure", "refund_failure"),
     ("transfer", "transfer"), ("stripe_fee", "fee"), ("payout", "payout"),
     ("payout_failure", "payout_failure"), ("adjustment", "other"), ("something", "other")],
)  # fmt: skip
def test_kinds_of_movements(kind: str, told: str) -> None:
    assert balance.movement({**MOVED, "type": kind}).kind == told


def test_a_movement_is_named_by_what_our_calls_know() -> None:
    assert balance.movement(MOVED).source_id == "pi_1"
    alone = {"id": "ch_1", "object": "charge", "payment_intent": None}
    assert balance.movement({**MOVED, "source": alone}).source_id == "ch_1"
    assert balance.movement({**MOVED, "source": None}).source_id is None
    assert balance.movement({**MOVED, "source": "po_1"}).source_id == "po_1"
    back = {"id": "trr_1", "object": "transfer_reversal", "transfer": "tr_1"}
    assert balance.movement({**MOVED, "source": back}).source_id == "tr_1"


@pytest.mark.parametrize(
    "changed",
    [{"net": 98}, {"fee": None}, {"amount": None}, {"object": "charge"}, {"type": None}, {"id": 5}],
)
def test_a_movement_that_does_not_add_up_is_no_fact(changed: dict[str, Any]) -> None:
    with pytest.raises(ProviderAway):
        balance.movement({**MOVED, **changed})


def test_what_belongs_to_no_intent_of_ours_is_refused_by_name() -> None:
    for read, data in [(reading.refund, REFUND), (reading.dispute, DISPUTE)]:
        assert read(data).charge_id == "pi_1"
        with pytest.raises(ProviderRefused) as refused:
            read({**data, "payment_intent": None})
        assert refused.value.code == "not_found"
        assert refused.value.message == "of no PaymentIntent"


@pytest.mark.parametrize(
    ("status", "state"),
    [("pending", "pending"), ("requires_action", "requires_action"), ("succeeded", "succeeded"),
     ("failed", "failed"), ("canceled", "cancelled")],
)  # fmt: skip
def test_states_of_a_refund(status: str, state: str) -> None:
    assert reading.refund({**REFUND, "status": status}).state == state


@pytest.mark.parametrize(
    ("status", "state", "inquiry"),
    [("needs_response", "needs_response", False), ("under_review", "under_review", False),
     ("won", "won", False), ("lost", "lost", False), ("prevented", "closed", False),
     ("warning_needs_response", "needs_response", True), ("warning_closed", "closed", True),
     ("appeal_under_review", "under_review", False)],
)  # fmt: skip
def test_states_of_a_dispute(status: str, state: str, inquiry: bool) -> None:
    fact = reading.dispute({**DISPUTE, "status": status})
    assert (fact.state, fact.inquiry, fact.due_by) == (state, inquiry, None)
    with pytest.raises(ProviderAway):
        reading.dispute({**DISPUTE, "status": "something"})


@pytest.mark.parametrize(
    ("method", "label"),
    [
        ({"type": "card", "card": {"brand": "visa", "last4": "4242"}}, "Visa •••• 4242"),
        ({"type": "card", "card": {"brand": "x", "display_brand": "american_express"}},
         "American Express"),
        ({"type": "kakao_pay", "kakao_pay": {}}, "Kakao Pay"),
        ({"type": "naver_pay"}, "Naver Pay"),
        ({"type": "payco"}, "PAYCO"),
        ({"type": "kr_card", "kr_card": {"brand": "kakaobank", "last4": None}}, "Kakaobank"),
        ({"type": "some_pay", "some_pay": None}, "Some Pay"),
    ],
)  # fmt: skip
def test_what_a_method_is_called(method: dict[str, Any], label: str) -> None:
    assert reading.method_label(method) == label


TRANSFER = {
    "id": "tr_1", "object": "transfer", "amount": 500, "amount_reversed": 300, "currency": "krw",
    "destination": "acct_1", "created": 1_790_000_000, "metadata": {"payout": "1"},
    "reversals": {"object": "list", "has_more": False, "data": [
        {"id": "trr_2", "amount": 200, "created": 1_790_000_200},
        {"id": "trr_1", "amount": 100, "created": 1_790_000_100},
    ]},
}  # fmt: skip


def test_what_was_taken_back_of_a_transfer_is_told_piece_by_piece() -> None:
    fact = reading.payout(TRANSFER)
    assert (fact.state, fact.reversed, fact.reversals) == ("partly_reversed", 300, (100, 200))


@pytest.mark.parametrize(
    "changed",
    [
        {"amount_reversed": 200},
        {"reversals": {"data": []}},
        {"reversals": {"data": [{"id": "trr_1", "amount": -300, "created": 1}]}},
        {"reversals": {"data": [{"id": "trr_1", "amount": "300", "created": 1}]}},
        {"object": "payout"},
        {"destination": None},
    ],
)
def test_a_transfer_that_does_not_add_up_is_no_fact(changed: dict[str, Any]) -> None:
    with pytest.raises(ProviderAway):
        reading.payout({**TRANSFER, **changed})


PAYEE: dict[str, Any] = {
    "id": "acct_1", "object": "account", "capabilities": {"transfers": "active"},
    "payouts_enabled": True, "details_submitted": True, "default_currency": "krw",
    "country": "KR", "metadata": {},
    "requirements": {"currently_due": ["external_account"], "past_due": ["external_account"],
                     "disabled_reason": None},
}  # fmt: skip


def test_a_connected_account_is_payable_only_when_money_goes_on_to_its_bank() -> None:
    fact = reading.payee(PAYEE)
    assert (fact.payable, fact.currency, fact.due) == (True, "KRW", ("external_account",))
    for changed in (
        {"payouts_enabled": False},
        {"capabilities": {"transfers": "pending"}},
        {"capabilities": {}},
        {"default_currency": None},
    ):
        assert not reading.payee({**PAYEE, **changed}).payable
    for changed in ({"object": "person"}, {"payouts_enabled": ...}, {"id": ""}):
        told = {key: value for key, value in {**PAYEE, **changed}.items() if value is not ...}
        with pytest.raises(ProviderAway):
            reading.payee(told)


@pytest.mark.parametrize(
    "told",
    [
        {"object": "account_link", "url": "javascript:alert(1)"},
        {"object": "account_link", "url": None},
        {"object": "login_link", "url": "https://a.b"},
    ],
)
def test_a_link_that_leads_nowhere_is_none(told: dict[str, Any]) -> None:
    with pytest.raises(ProviderAway):
        reading.link(told)
