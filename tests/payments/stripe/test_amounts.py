"""Which amounts go to Stripe, and as which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.common.money import EXPONENTS, UnknownCurrency
from mungchi.payments.providers import BANK_TRANSFER, STRIPE
from mungchi.payments.providers.facts import ProviderRefused
from mungchi.payments.providers.stripe.amounts import (
    LARGEST,
    THEIRS,
    _scaled,
    from_stripe,
    part_to_stripe,
    to_stripe,
)

CURRENCIES = st.sampled_from(sorted(EXPONENTS))


@given(CURRENCIES, st.integers(1, 2 * LARGEST))
def test_what_is_carried_comes_back_as_it_was(currency: str, amount: int) -> None:
    if STRIPE.capabilities.carries(amount, currency):
        assert from_stripe(to_stripe(amount, currency), currency) == amount
    else:
        with pytest.raises(ProviderRefused) as refused:
            to_stripe(amount, currency)
        assert refused.value.code == "amount_not_carried"
        assert refused.value.message == f"{amount} {currency}"


@pytest.mark.parametrize(
    ("amount", "currency", "carried"),
    [
        (99, "KRW", False), (100, "KRW", True), (99_999_999, "KRW", True),
        (100_000_000, "KRW", False), (2**53, "KRW", False), (2**63, "USD", False),
        (0, "JPY", False), (-100, "KRW", False), (49, "USD", False), (50, "USD", True),
        (12_340, "KWD", True), (12_345, "KWD", False), (1_000, "AUD", False),
        (49, "JPY", False), (50, "JPY", True), (49, "EUR", False), (50, "EUR", True),
        (29, "GBP", False), (30, "GBP", True), (1, "CNY", True), (10, "KWD", True),
    ],
)  # fmt: skip
def test_the_edges_of_what_is_carried(amount: int, currency: str, carried: bool) -> None:
    assert STRIPE.capabilities.carries(amount, currency) is carried


@pytest.mark.parametrize(
    ("amount", "currency", "kind", "carried"),
    [
        (2_000_000, "KRW", "kakao_pay", True), (2_000_001, "KRW", "kakao_pay", False),
        (2_000_001, "KRW", "naver_pay", False), (2_000_001, "KRW", "kr_card", True),
        (100, "KRW", "kr_card", True), (99, "KRW", "kr_card", False),
        (100, "KRW", "payco", True), (2_000_001, "KRW", "card", True),
        (1_000, "USD", "kakao_pay", False),
        (1_000, "USD", "card", True),
    ],
)  # fmt: skip
def test_a_wallet_carries_less(amount: int, currency: str, kind: str, carried: bool) -> None:
    assert STRIPE.capabilities.carries(amount, currency, kind) is carried


def test_a_bank_transfer_knows_no_kinds() -> None:
    assert BANK_TRANSFER.capabilities.carries(2**60, "KRW", "card")


@pytest.mark.parametrize(
    ("amount", "carried"),
    [(0, False), (-1, False), (1, True), (99, True), (99_999_999, True), (100_000_000, False)],
)
def test_a_part_may_be_smaller_than_a_charge(amount: int, carried: bool) -> None:
    if carried:
        assert part_to_stripe(amount, "KRW") == amount
    else:
        with pytest.raises(ProviderRefused) as refused:
            part_to_stripe(amount, "KRW")
        assert refused.value.code == "amount_not_carried"
        assert refused.value.message == f"{amount} KRW"


def test_a_part_in_kwd_ends_in_0() -> None:
    assert part_to_stripe(10, "KWD") == 10
    with pytest.raises(ProviderRefused):
        part_to_stripe(11, "KWD")


@pytest.mark.parametrize("currency", ["SGD", "krw", ""])
def test_no_other_currency_is_read(currency: str) -> None:
    with pytest.raises(UnknownCurrency, match=f"^{currency}$"):
        from_stripe(1, currency)


@pytest.mark.parametrize(
    ("amount", "digits", "wanted", "scaled"), [(5, 0, 2, 500), (500, 2, 0, 5), (-70, 1, 0, -7)]
)
def test_digits_are_moved_exactly(amount: int, digits: int, wanted: int, scaled: int) -> None:
    assert _scaled(amount, digits, wanted) == scaled


def test_a_fraction_is_not_rounded_away() -> None:
    with pytest.raises(ValueError, match="fraction digits"):
        _scaled(501, 2, 0)


def test_every_currency_that_is_kept_is_carried() -> None:
    """A currency that joins ours must be looked up at Stripe; so far it counts each as we do."""
    assert THEIRS == EXPONENTS


def test_what_stripe_can_do() -> None:
    able = STRIPE.capabilities
    assert able.save_method
    assert able.charge_off_session
    assert able.refund
    assert able.partial_refund
    assert able.payout
