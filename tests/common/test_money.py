"""Money: whole minor units, rounded in one place, and nothing lost."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.common import money
from mungchi.common.money import (
    EXPONENTS,
    MAX_QUANTITY,
    MAX_UNIT_PRICE,
    amount_label,
    fee_on,
    fees_on,
    from_minor,
    line_total,
    plain,
    price_label,
    price_without_vat,
    shown_price,
    split,
    supply_value,
    to_minor,
    value_without_vat,
    vat_on,
)
from mungchi.common.text import Text

CURRENCIES = st.sampled_from(sorted(EXPONENTS))
PRICES = st.decimals(min_value=Decimal("0.000001"), max_value=MAX_UNIT_PRICE, places=6)
QUANTITIES = st.integers(1, MAX_QUANTITY)


@pytest.mark.parametrize(
    ("quantity", "price", "currency", "value"),
    [
        (1, "1250", "KRW", 1250),
        (100, "1250", "KRW", 125_000),  # never times a hundred
        (1, "0.5", "KRW", 1),  # half up
        (1, "0.499999", "KRW", 0),
        (3, "33.333333", "KRW", 100),
        (1, "1.005", "USD", 101),  # exact: as a float this is below the half
        (1, "2.675", "USD", 268),
        (1, "1.0005", "KWD", 1001),
        (1, "1.5", "JPY", 2),
        (7, "0.001", "EUR", 1),
        (MAX_QUANTITY, "100000000000", "KRW", 10**20),
        (MAX_QUANTITY, "99999999999.999999", "KWD", 99_999_999_999_999_999_000_000),
    ],
)
def test_supply_value(quantity: int, price: str, currency: str, value: int) -> None:
    assert supply_value(quantity, Decimal(price), currency) == value


@given(QUANTITIES, PRICES, CURRENCIES)
def test_supply_value_is_the_exact_product_rounded_half_up(
    quantity: int, price: Decimal, currency: str
) -> None:
    exact = Fraction(price) * quantity * 10 ** EXPONENTS[currency]
    value = supply_value(quantity, price, currency)
    assert type(value) is int
    assert Fraction(-1, 2) < value - exact <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "rate", "vat"),
    [(1000, 1000, 100), (1009, 1000, 100), (9, 1000, 0), (10, 1000, 1), (12_345, 0, 0),
     (99_999_999_999_999_999_999, 1000, 9_999_999_999_999_999_999)],
)  # fmt: skip
def test_vat_is_rounded_down(value: int, rate: int, vat: int) -> None:
    assert vat_on(value, rate) == vat


@given(QUANTITIES, PRICES, CURRENCIES, st.integers(0, 10_000))
def test_a_line_is_the_sum_of_its_parts(
    quantity: int, price: Decimal, currency: str, rate: int
) -> None:
    line = line_total(quantity, price, currency, rate)
    assert line.total == line.supply_value + line.vat
    assert 0 <= line.vat <= line.supply_value
    assert line.vat == line.supply_value * rate // 10_000


@given(
    st.integers(0, 10**20), st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 10_000)
)  # fmt: skip
def test_fees_are_each_rounded_down_by_themselves_and_sum_exactly(
    value: int, host_bp: int, partner_bp: int, vat_bp: int
) -> None:
    fees = fees_on(value, host_bp=host_bp, partner_bp=partner_bp, vat_rate_bp=vat_bp)
    assert (fees.host, fees.partner) == (value * host_bp // 10_000, value * partner_bp // 10_000)
    assert fees.host == fee_on(value, host_bp)
    assert fees.vat == fees.host * vat_bp // 10_000 + fees.partner * vat_bp // 10_000
    assert fees.partner_vat == fees.partner * vat_bp // 10_000
    assert fees.total == fees.value + fees.vat == fees.host + fees.partner + fees.vat
    # Never above the rates that were told.
    assert Fraction(fees.value) <= Fraction(value * (host_bp + partner_bp), 10_000)


@given(st.integers(0, 10**20), st.lists(st.integers(0, 10**9), min_size=1).filter(any))
def test_shares_sum_to_the_whole_and_none_is_a_unit_off(amount: int, weights: list[int]) -> None:
    shares = split(amount, weights)
    assert sum(shares) == amount
    whole = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        assert type(share) is int
        assert abs(share - Fraction(amount * weight, whole)) < 1
        assert weight or share == 0


@given(st.integers(0, 10**9), st.lists(st.integers(1, 50), min_size=2, max_size=9))
def test_equal_weights_differ_by_one_at_most_and_the_earlier_gets_it(
    amount: int, weights: list[int]
) -> None:
    shares = split(amount, weights)
    for weight in set(weights):
        same = [s for s, w in zip(shares, weights, strict=True) if w == weight]
        assert max(same) - min(same) <= 1
        assert same == sorted(same, reverse=True)


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (5, []), (5, [0, 0]), (5, [2, -1])])
def test_what_cannot_be_split(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"split|empty"):
        split(amount, weights)


@given(st.integers(-(10**22), 10**22), CURRENCIES)
def test_there_and_back(minor: int, currency: str) -> None:
    assert to_minor(from_minor(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("price", "rate", "without"),
    [("1100", 1000, "1000"), ("1000", 1000, "909.090909"), ("5", 0, "5"),
     ("0.000001", 1000, "0.000001"), ("100000000000", 1000, "90909090909.090909"),
     ("1.5", 20_000, "0.5"), ("0.000003", 10_000, "0.000002")],
)  # fmt: skip
def test_a_price_that_was_named_with_vat(price: str, rate: int, without: str) -> None:
    found = price_without_vat(Decimal(price), rate)
    assert found == Decimal(without)
    assert found.as_tuple().exponent == -money.PRICE_DECIMALS


@pytest.mark.parametrize(
    ("amount", "rate", "without"),
    [(1100, 1000, 1000), (1000, 1000, 909), (1001, 1000, 910), (3, 10_000, 2), (7, 0, 7),
     (11 * 10**21, 1000, 10**22)],
)  # fmt: skip
def test_an_amount_that_was_named_with_vat(amount: int, rate: int, without: int) -> None:
    found = value_without_vat(amount, rate)
    assert found == without
    assert type(found) is int


@pytest.mark.parametrize(
    ("exact", "digits", "shown"),
    [(Fraction(1, 3), 6, "0.333333"), (Fraction(2, 3), 6, "0.666667"), (Fraction(5, 2), 0, "3"),
     (Fraction(10**22 + 1, 2), 1, "5000000000000000000000.5"), (Fraction(1, 2 * 10**6), 6,
     "0.000001")],
)  # fmt: skip
def test_an_exact_price_is_shown_rounded_half_up(exact: Fraction, digits: int, shown: str) -> None:
    assert str(shown_price(exact, digits)) == shown
    assert shown_price(exact) == shown_price(exact, money.PRICE_DECIMALS)


def test_amounts_as_wide_as_they_come_stay_exact() -> None:
    widest = MAX_UNIT_PRICE * MAX_QUANTITY + Decimal("0.0000000001")
    assert to_minor(widest, "KWD") == 10**23
    assert to_minor(Decimal("-0.5"), "KRW") == -1
    assert to_minor(Decimal("0.99"), "KRW", ROUND_DOWN) == 0
    assert vat_on(10**26 + 9, 1000) == 10**25
    assert vat_on(10**55 + 10, 1000) == 10**54 + 1
    with pytest.raises(money.UnknownCurrency, match="XAU"):
        money.exponent("XAU")


def test_a_split_says_what_it_cannot_do() -> None:
    with pytest.raises(ValueError, match=r"^a split needs an amount >= 0 and weights"):
        split(-1, [1])
    with pytest.raises(ValueError, match=r"^a split needs an amount >= 0 and weights"):
        split(5, [0, 0])
    assert split(0, [1, 2]) == [0, 0]
    assert split(10, [0, 1, 1, 1]) == [0, 4, 3, 3]


def test_a_float_does_not_pass_for_money() -> None:
    with pytest.raises((TypeError, AttributeError)):
        supply_value(1, 1250.5, "KRW")  # type: ignore[arg-type]
    with pytest.raises(money.UnknownCurrency):
        supply_value(1, Decimal(1), "XAU")


@pytest.mark.parametrize(
    ("price", "currency", "label"),
    [("1250", "KRW", "1,250원"), ("1250.500000", "KRW", "1,250.5원"), ("3", "USD", "$3.00"),
     ("3.125", "USD", "$3.125"), ("1E+3", "KRW", "1,000원"), ("0.000001", "KWD", "KD0.000001")],
)  # fmt: skip
def test_a_price_for_people(price: str, currency: str, label: str) -> None:
    assert price_label(Decimal(price), currency).say("ko") == label


def test_an_amount_for_people() -> None:
    assert amount_label(1_234_567, "KRW") == Text(ko="1,234,567원", en="₩1,234,567")
    assert amount_label(1_234_567, "USD").say("en") == "$12,345.67"
    assert amount_label(-5, "KWD").say("en") == "KD-0.005"


@pytest.mark.parametrize(
    ("price", "written"),
    [
        ("1250.000000", "1250"),
        ("1E+3", "1000"),
        ("0.100", "0.1"),
        ("10", "10"),
        ("1250.500", "1250.5"),
        ("100.000", "100"),
        ("0", "0"),
    ],
)
def test_a_price_is_written_plainly(price: str, written: str) -> None:
    assert plain(Decimal(price)) == written
