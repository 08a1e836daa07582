"""Whole answers, every part of which is told, and the facts that are made of them, part by part."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.payments.stripe.test_reading import DISPUTE, FAILED, INTENT, REFUND

from mungchi.payments.providers.facts import (
    AccountFact,
    ChargeFact,
    DisputeFact,
    PayoutFact,
    ProviderAway,
    RefundFact,
    SetupFact,
)
from mungchi.payments.providers.stripe import reading

# 1,790,000,000 seconds, and what a later second is.
MADE = datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
LATER = datetime(2026, 9, 21, 14, 13, 30, tzinfo=UTC)

ACCOUNT: dict[str, Any] = {
    "id": "acct_1", "object": "account", "country": "KR", "default_currency": "krw",
    "email": "office@hanbit.example", "charges_enabled": True, "payouts_enabled": True,
    "settings": {"dashboard": {"display_name": "한빛 협동조합"}},
}  # fmt: skip
BALANCE = {"object": "balance", "livemode": False}
METHODS: list[dict[str, Any]] = [
    {
        "id": "pmc_1", "active": True, "is_default": True,
        "card": {"available": True}, "kakao_pay": {"available": True},
        "naver_pay": {"available": False}, "link": {"available": "yes"}, "payco": {},
    },
    {"id": "pmc_2", "active": False, "is_default": True, "kr_card": {"available": True}},
    {"id": "pmc_3", "active": True, "is_default": False, "samsung_pay": {"available": True}},
    {"id": "pmc_4", "is_default": True, "affirm": {"available": True}},
]  # fmt: skip
SESSION: dict[str, Any] = {
    "id": "cs_1", "object": "checkout.session", "status": "complete", "url": "https://pay.example/1",
    "customer": {"id": "cus_1"}, "metadata": {"consent": 7},
    "setup_intent": {
        "id": "seti_1", "status": "succeeded",
        "payment_method": {
            "id": "pm_1", "type": "card",
            "card": {"brand": "visa", "last4": "4242", "exp_year": 2031, "exp_month": 4},
        },
    },
}  # fmt: skip
TRANSFER: dict[str, Any] = {
    "id": "tr_1", "object": "transfer", "amount": 900, "amount_reversed": 0, "currency": "krw",
    "destination": "acct_9", "created": 1_790_000_000, "metadata": {"payout": "5"},
}  # fmt: skip


def test_whose_account_it_is_and_what_it_takes() -> None:
    assert reading.account(ACCOUNT, BALANCE, METHODS) == AccountFact(
        account_id="acct_1", name="한빛 협동조합", country="KR", default_currency="KRW", live=False,
        charges_enabled=True, payouts_enabled=True, methods=frozenset({"card", "kakao_pay"}),
    )  # fmt: skip


def test_an_account_that_says_little_can_do_nothing() -> None:
    bare = {"id": "acct_1", "object": "account", "charges_enabled": "yes", "payouts_enabled": "yes"}
    assert reading.account(bare, {"livemode": True}, []) == AccountFact(
        account_id="acct_1", name="", country="", default_currency="", live=True,
        charges_enabled=False, payouts_enabled=False, methods=frozenset(),
    )  # fmt: skip
    assert not reading.account({**bare, "payouts_enabled": None}, BALANCE, []).payouts_enabled


def test_an_account_without_a_name_is_called_by_its_address() -> None:
    nameless = {**ACCOUNT, "settings": {"dashboard": {"display_name": None}}}
    assert reading.account(nameless, BALANCE, []).name == "office@hanbit.example"
    assert reading.account({**ACCOUNT, "settings": {}}, BALANCE, []).name == "office@hanbit.example"


@pytest.mark.parametrize(
    ("changed", "balance"),
    [({"object": "person"}, BALANCE), ({"id": None}, BALANCE), ({}, {}),
     ({"settings": "none"}, BALANCE)],
)  # fmt: skip
def test_an_account_that_makes_no_sense_is_no_fact(
    changed: dict[str, Any], balance: dict[str, Any]
) -> None:
    with pytest.raises(ProviderAway):
        reading.account({**ACCOUNT, **changed}, balance, METHODS)
    with pytest.raises(ProviderAway):
        reading.account({"id": "acct_1", "object": "account"}, BALANCE, [])


def test_a_saved_method_is_told_when_it_is_saved() -> None:
    assert reading.setup(SESSION) == SetupFact(
        session_id="cs_1", state="done", customer_id="cus_1", url=None, method_id="pm_1",
        kind="card", label="Visa •••• 4242", expires="2031-04", metadata={"consent": "7"},
    )  # fmt: skip


def begun(state: Any, url: str | None) -> SetupFact:
    return SetupFact("cs_1", state, "cus_1", url=url, metadata={"consent": "7"})


def test_until_then_only_the_way_to_it_is_told() -> None:
    """A session that is open, one that ended, and ones that are complete and not done yet."""
    url = "https://pay.example/1"
    assert reading.setup({**SESSION, "status": "open"}) == begun("pending", url)
    assert reading.setup({**SESSION, "status": "expired"}) == begun("expired", None)
    assert reading.setup({**SESSION, "setup_intent": "seti_1"}) == begun("pending", url)
    processing = {**SESSION["setup_intent"], "status": "processing"}
    assert reading.setup({**SESSION, "setup_intent": processing}) == begun("pending", url)
    complete = {key: value for key, value in SESSION.items() if key not in {"url", "setup_intent"}}
    assert reading.setup(complete) == begun("pending", None)


@pytest.mark.parametrize(
    "changed",
    [{"object": "checkout"}, {"id": ""}, {"customer": None}, {"setup_intent": {}},
     {"setup_intent": {"status": "succeeded", "payment_method": "pm_1"}}],
)  # fmt: skip
def test_a_session_that_makes_no_sense_is_no_fact(changed: dict[str, Any]) -> None:
    with pytest.raises(ProviderAway):
        reading.setup({**SESSION, **changed})
    with pytest.raises(ProviderAway):
        reading.setup({key: value for key, value in SESSION.items() if key != "status"})


@pytest.mark.parametrize(
    ("method", "expires"),
    [
        ({"type": "card", "card": {"exp_year": 2030, "exp_month": 12}}, "2030-12"),
        ({"type": "card", "card": {"exp_year": 987, "exp_month": 1}}, "0987-01"),
        ({"type": "card", "card": {"exp_year": None, "exp_month": 12}}, None),
        ({"type": "kakao_pay", "kakao_pay": {}}, None),
        ({"type": "kakao_pay"}, None),
    ],
)
def test_when_a_method_runs_out(method: dict[str, Any], expires: str | None) -> None:
    saved = {**SESSION["setup_intent"], "payment_method": {"id": "pm_1", **method}}
    assert reading.setup({**SESSION, "setup_intent": saved}).expires == expires


def test_a_charge_of_which_everything_came_along() -> None:
    data = {
        **INTENT,
        "customer": {"id": "cus_2"},
        "payment_method": {"id": "pm_2", "type": "card", "card": {"brand": "visa", "last4": "1"}},
        "latest_charge": {
            "id": "ch_1", "created": 1_790_000_010, "amount_refunded": 2_000, "currency": "krw",
            "disputed": True, "balance_transaction": {"id": "txn_1", "fee": 85, "currency": "usd"},
        },
        "metadata": {"payment": 12, "attempt": "3"},
    }  # fmt: skip
    assert reading.charge(data) == ChargeFact(
        id="pi_1", state="succeeded", amount=5_000, currency="KRW", at=LATER, customer_id="cus_2",
        method_id="pm_2", method_kind="card", method_label="Visa •••• 1", refunded=2_000,
        disputed=True, fee=85, fee_currency="USD", metadata={"payment": "12", "attempt": "3"},
    )  # fmt: skip


def test_a_charge_of_which_little_came_along() -> None:
    bare = {key: value for key, value in INTENT.items()
            if key not in {"customer", "payment_method", "latest_charge", "metadata"}}  # fmt: skip
    assert reading.charge(bare) == ChargeFact("pi_1", "succeeded", 5_000, "KRW", MADE)
    # Only ids came along: of the method nothing else is known, and neither of the last try.
    assert reading.charge(INTENT) == ChargeFact(
        "pi_1", "succeeded", 5_000, "KRW", MADE, "cus_1", "pm_1", metadata={"payment": "1"}
    )


def test_a_charge_that_waits_for_its_firm_says_where_to_go() -> None:
    waiting = {**INTENT, "status": "requires_action", "amount_received": 0}
    there = {"redirect_to_url": {"url": "https://bank.example"}}
    assert reading.charge({**waiting, "next_action": there}).next_url == "https://bank.example"
    assert reading.charge({**waiting, "next_action": {"type": "use_sdk"}}).next_url is None
    assert reading.charge(waiting).next_url is None


def test_a_declined_charge_names_the_method_that_was_declined() -> None:
    """The intent lets go of a method that failed; the error still holds it."""
    method = {"id": "pm_3", "type": "kr_card", "kr_card": {"brand": "hyundai", "last4": "77"}}
    error = {**FAILED["last_payment_error"], "payment_method": method}  # type: ignore[dict-item]
    fact = reading.charge({**INTENT, **FAILED, "payment_method": None, "last_payment_error": error})
    told = (fact.method_id, fact.method_kind, fact.method_label)
    assert told == ("pm_3", "kr_card", "Hyundai •••• 77")


@pytest.mark.parametrize("status", ["requires_action", "canceled"])
def test_why_is_told_of_what_waits_and_of_what_was_given_up(status: str) -> None:
    error = {"code": "authentication_not_handled", "advice_code": "try_again_later"}
    fact = reading.charge(
        {**INTENT, "status": status, "amount_received": 0, "last_payment_error": error}
    )
    assert (fact.decline_code, fact.retriable) == ("authentication_not_handled", False)


def test_an_old_error_is_not_told_of_what_went_well_since() -> None:
    for status in ["succeeded", "processing"]:
        error = {"code": "card_declined"}
        fact = reading.charge({**INTENT, "status": status, "last_payment_error": error})
        assert fact.decline_code is None


def test_a_fee_in_a_currency_that_is_not_kept_is_not_told() -> None:
    latest = {"created": 1, "currency": "krw", "amount_refunded": 0}
    told = {"fee": 3, "currency": "sgd"}
    fact = reading.charge({**INTENT, "latest_charge": {**latest, "balance_transaction": told}})
    assert (fact.fee, fact.fee_currency) == (None, None)
    with pytest.raises(ProviderAway):
        reading.charge({**INTENT, "latest_charge": {**latest, "balance_transaction": {}}})


def test_a_refund_part_by_part() -> None:
    data = {
        **REFUND, "status": "failed", "failure_reason": "expired_or_canceled_card",
        "payment_intent": {"id": "pi_5"}, "metadata": {"refund": "8"},
    }  # fmt: skip
    assert reading.refund(data) == RefundFact(
        id="re_1", charge_id="pi_5", state="failed", amount=100, currency="KRW", at=MADE,
        failure_reason="expired_or_canceled_card", metadata={"refund": "8"},
    )  # fmt: skip
    assert reading.refund(REFUND).failure_reason is None


@pytest.mark.parametrize("read", [reading.refund, reading.dispute])
def test_what_names_neither_intent_nor_charge_is_no_fact(read: Any) -> None:
    """Refused by name is only what was made elsewhere: of a charge, but of no intent."""
    data = REFUND if read is reading.refund else DISPUTE
    with pytest.raises(ProviderAway):
        read({**data, "payment_intent": None, "charge": None})
    for missing in ["id", "object", "amount", "currency", "status", "created"]:
        with pytest.raises(ProviderAway):
            read({key: value for key, value in data.items() if key != missing})


@pytest.mark.parametrize(
    ("back", "state"),
    [(0, "succeeded"), (1, "partly_reversed"), (899, "partly_reversed"), (900, "reversed")],
)
def test_a_payout_and_how_much_of_it_came_back(back: int, state: Any) -> None:
    pieces = [{"id": "trr_1", "amount": back, "created": 9}] if back else []
    told = {**TRANSFER, "amount_reversed": back, "reversals": {"data": pieces}}
    assert reading.payout(told) == PayoutFact(
        id="tr_1", state=state, destination="acct_9", amount=900, reversed=back, currency="KRW",
        at=MADE, metadata={"payout": "5"}, reversals=(back,) if back else (),
    )  # fmt: skip


def test_what_came_back_is_told_by_pieces_the_oldest_first_and_they_make_the_whole() -> None:
    pieces = [{"id": "trr_2", "amount": 200, "created": 9}, {"id": "trr_1", "amount": 100,
              "created": 8}]  # fmt: skip
    told = {**TRANSFER, "amount_reversed": 300, "reversals": {"data": pieces}}
    assert reading.payout(told).reversals == (100, 200)
    for wrong in (299, 301, 0):
        with pytest.raises(ProviderAway):
            reading.payout({**told, "amount_reversed": wrong})


@pytest.mark.parametrize(
    "missing", ["id", "object", "amount", "amount_reversed", "currency", "destination", "created"]
)
def test_a_payout_without_a_part_is_no_fact(missing: str) -> None:
    with pytest.raises(ProviderAway):
        reading.payout({key: value for key, value in TRANSFER.items() if key != missing})


def movement(amount: int, fee: int = 0, currency: str = "krw") -> dict[str, Any]:
    return {"id": "txn_1", "amount": amount, "fee": fee, "currency": currency}


def disputed(*movements: dict[str, Any], amount: int = 1_000) -> DisputeFact:
    return reading.dispute({**DISPUTE, "amount": amount, "balance_transactions": list(movements)})


def test_a_dispute_part_by_part() -> None:
    data = {
        **DISPUTE, "amount": 1_000, "status": "needs_response", "reason": "fraudulent",
        "payment_intent": {"id": "pi_5"}, "evidence_details": {"due_by": 1_790_000_010},
        "balance_transactions": [movement(-1_000, 15)],
    }  # fmt: skip
    assert reading.dispute(data) == DisputeFact(
        id="dp_1", charge_id="pi_5", state="needs_response", amount=1_000, currency="KRW",
        reason="fraudulent", inquiry=False, due_by=LATER, at=MADE, taken=1_000, fee=15,
        fee_currency="KRW",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("movements", "told"),
    [
        ([], (0, None, None)),
        ([movement(-1_000, 15)], (1_000, 15, "KRW")),
        ([movement(-400)], (400, 0, "KRW")),
        ([movement(-1_000, 15), movement(1_000, -15)], (0, 0, "KRW")),
        ([movement(-1_000, 15), movement(1_000, 0)], (0, 15, "KRW")),
        ([movement(-1_000, 15), movement(600)], (400, 15, "KRW")),
        # More came back than went: nothing is gone, and nothing is kept.
        ([movement(-1_000), movement(1_001, -1)], (0, 0, "KRW")),
    ],
)
def test_what_a_dispute_took(movements: list[Any], told: tuple[int, int, str]) -> None:
    fact = disputed(*movements)
    assert (fact.taken, fact.fee, fact.fee_currency) == told


def test_what_takes_more_than_it_is_over_is_no_fact() -> None:
    with pytest.raises(ProviderAway, match=r"ValueError more was taken than the dispute is over$"):
        disputed(movement(-1_001))


@pytest.mark.parametrize(
    ("movements", "told"),
    [
        # In another currency all of it is gone, or nothing: amounts differ by the rates.
        ([movement(-80, 20, "usd")], (1_000, 20, "USD")),
        ([movement(-80, 20, "usd"), movement(81, 0, "usd")], (0, 20, "USD")),
        ([movement(-80, 20, "usd"), movement(81, 0, "usd"), movement(-79, 5, "usd")],
         (1_000, 25, "USD")),
        # A line that only carries a fee moves nothing.
        ([movement(-80, 0, "usd"), movement(0, 20, "usd")], (1_000, 20, "USD")),
        ([movement(0, 20, "usd")], (0, 20, "USD")),
        ([movement(-1, 0, "usd")], (1_000, 0, "USD")),
        ([movement(-1, 0, "usd"), movement(1, 0, "usd")], (0, 0, "USD")),
        # What is kept cannot be told: in a currency that is not ours, or in two.
        ([movement(-80, 20, "sgd")], (1_000, None, None)),
        ([movement(-80, 20, "usd"), movement(1_000, 15)], (0, None, None)),
        ([movement(-80, 20, "usd"), movement(-1_000, 15)], (1_000, None, None)),
    ],
)  # fmt: skip
def test_what_a_dispute_took_of_an_account_in_another_currency(
    movements: list[Any], told: tuple[int, int | None, str | None]
) -> None:
    fact = disputed(*movements)
    assert (fact.taken, fact.fee, fact.fee_currency) == told


def test_an_account_that_settles_in_every_currency_is_read_in_each() -> None:
    """One currency is told even where it is all that is kept: 100 yen of a dispute in yen."""
    fact = reading.dispute(
        {**DISPUTE, "currency": "jpy", "balance_transactions": [movement(-100, 3, "jpy")]}
    )
    assert (fact.taken, fact.fee, fact.fee_currency) == (100, 3, "JPY")


@pytest.mark.parametrize("name", ["r", "r" * 255])
def test_any_text_that_can_be_kept_is_a_name(name: str) -> None:
    assert reading.refund({**REFUND, "id": name}).id == name


@pytest.mark.parametrize("name", ["", "r" * 256, "re_\0", 5, None])
def test_what_cannot_be_kept_is_no_name(name: object) -> None:
    with pytest.raises(ProviderAway, match="ValueError no text"):
        reading.refund({**REFUND, "id": name})


def test_the_largest_whole_number_is_read_and_one_more_is_not() -> None:
    assert reading.refund({**REFUND, "amount": 2**53}).amount == 2**53
    for wrong in [2**53 + 1, -(2**53) - 1, True, "100", 1.0]:
        with pytest.raises(ProviderAway, match="ValueError no whole number"):
            reading.refund({**REFUND, "amount": wrong})


def test_it_is_said_what_makes_no_sense() -> None:
    with pytest.raises(ProviderAway, match="expected refund, got 'charge'"):
        reading.refund({**REFUND, "object": "charge"})
    with pytest.raises(ProviderAway, match="the answer makes no sense: KeyError 'amount'"):
        reading.refund({key: value for key, value in REFUND.items() if key != "amount"})
    with pytest.raises(ProviderAway, match="a state that is not ours: 'requires_capture'"):
        reading.charge({**INTENT, "status": "requires_capture"})
    with pytest.raises(ProviderAway, match=r"ValueError succeeded, but with another amount$"):
        reading.charge({**INTENT, "amount_received": 4_999})


def test_whatever_goes_wrong_in_reading_is_an_answer_that_makes_no_sense() -> None:
    def read(data: dict[str, int], *, key: str) -> int:
        return data[key]

    assert reading.strict(read)({"amount": 5}, key="amount") == 5
    with pytest.raises(ProviderAway, match=r"^the answer makes no sense: KeyError 'fee'$"):
        reading.strict(read)({"amount": 5}, key="fee")
