"""Amounts between our minor units and Stripe's, and which amounts Stripe carries. Pure.

Stripe counts KRW and JPY without fraction digits and KWD with three, as we do, but takes amounts
in KWD only when the last digit is 0. Such an amount is refused here, not rounded: what is charged
must be what is owed, and the firm has another way to pay (decision 40).
"""

from typing import Final

from mungchi.common.money import UnknownCurrency, exponent
from mungchi.payments.providers.facts import ProviderRefused
from mungchi.payments.providers.interface import AmountRule, Capabilities

# Stripe's own count of fraction digits; what is not here cannot be paid by Stripe.
THEIRS: Final = {"KRW": 0, "JPY": 0, "USD": 2, "EUR": 2, "GBP": 2, "CNY": 2, "KWD": 3}
# A PaymentIntent's amount has at most eight digits.
LARGEST: Final = 99_999_999
# The smallest amounts that Stripe states; elsewhere it converts half a dollar and says no itself.
SMALLEST: Final = {"KRW": 100, "JPY": 50, "USD": 50, "EUR": 50, "GBP": 30}
STEPS: Final = {"KWD": 10}
# Stored value of a Korean wallet ends at two million won; a card behind it may carry more, but
# which of the two a firm chose is not told.
WALLET: Final = AmountRule(smallest=100, largest=2_000_000)

# Kinds of Korean method that can be saved for later; the other wallets pay on the spot alone.
SAVED: Final = frozenset({"kakao_pay", "naver_pay", "kr_card"})

CAPABILITIES: Final = Capabilities(
    save_method=True,
    charge_off_session=True,
    refund=True,
    partial_refund=True,
    payout=True,
    currencies=frozenset(THEIRS),
    largest_amount=LARGEST,
    by_currency={
        currency: AmountRule(smallest=SMALLEST.get(currency, 1), step=STEPS.get(currency, 1))
        for currency in THEIRS
    },
    by_kind={
        ("kakao_pay", "KRW"): WALLET,
        ("naver_pay", "KRW"): WALLET,
        ("payco", "KRW"): WALLET,
        ("samsung_pay", "KRW"): WALLET,
        ("kr_card", "KRW"): AmountRule(smallest=100),
    },
)


def to_stripe(amount: int, currency: str) -> int:
    """Return an amount in our minor units as Stripe counts it.

    Raises ProviderRefused("amount_not_carried") for one that Stripe cannot carry.
    """
    if not CAPABILITIES.carries(amount, currency):
        raise ProviderRefused("amount_not_carried", message=f"{amount} {currency}")
    return _scaled(amount, exponent(currency), THEIRS[currency])


def from_stripe(amount: int, currency: str) -> int:
    """Return an amount as Stripe counts it in our minor units; it may be below zero.

    Raises UnknownCurrency for a currency that we do not keep, ValueError for a fraction of one.
    """
    if currency not in THEIRS:
        raise UnknownCurrency(currency)
    return _scaled(amount, THEIRS[currency], exponent(currency))


def part_to_stripe(amount: int, currency: str) -> int:
    """As `to_stripe`, for a part of what was charged: smaller than a charge may be."""
    step = STEPS.get(currency, 1)
    if currency not in THEIRS or not 0 < amount <= LARGEST or amount % step:
        raise ProviderRefused("amount_not_carried", message=f"{amount} {currency}")
    return _scaled(amount, exponent(currency), THEIRS[currency])


def _scaled(amount: int, digits: int, wanted: int) -> int:
    up, down = 10 ** max(0, wanted - digits), 10 ** max(0, digits - wanted)
    scaled, rest = divmod(amount * int(up), int(down))
    if rest:
        raise ValueError(f"{amount} cannot be told with {wanted} fraction digits")
    return scaled
