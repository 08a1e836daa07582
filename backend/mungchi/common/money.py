"""Money: integers in the currency's minor unit, rounded here and nowhere else. Pure.

A unit price is a rate, not money: an exact Decimal in major units, VAT excluded, with at most
PRICE_DECIMALS fraction digits. It becomes money when it is multiplied by a quantity.
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from mungchi.common.text import Text

PRICE_DECIMALS = 6
MAX_QUANTITY = 10**9
MAX_UNIT_PRICE = Decimal(10) ** 11
# Wide enough for MAX_QUANTITY * MAX_UNIT_PRICE with all fraction digits; never rounds silently.
_EXACT = Context(prec=60)

# Fraction digits by ISO 4217.
EXPONENTS = {"KRW": 0, "JPY": 0, "USD": 2, "EUR": 2, "GBP": 2, "CNY": 2, "KWD": 3}
# Written before the number, except that Korean writes won behind it.
SYMBOLS = {"KRW": "₩", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥", "KWD": "KD"}

BASIS_POINTS = 10_000


class UnknownCurrency(ValueError):
    """The currency is not one this installation can account in."""


def exponent(currency: str) -> int:
    """Return the number of fraction digits of `currency`; raise UnknownCurrency."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


def to_minor(amount: Decimal, currency: str, rounding: str = ROUND_HALF_UP) -> int:
    """Round an amount in major units to minor units (half up unless told otherwise)."""
    scaled = _EXACT.scaleb(amount, exponent(currency))
    return int(scaled.quantize(Decimal(1), rounding=rounding, context=_EXACT))


def from_minor(minor: int, currency: str) -> Decimal:
    """Return minor units as an exact Decimal in major units."""
    return _EXACT.scaleb(Decimal(minor), -exponent(currency))


def supply_value(quantity: int, unit_price: Decimal, currency: str) -> int:
    """Quantity times unit price in minor units, VAT excluded, rounded half up once a line."""
    return to_minor(_EXACT.multiply(Decimal(quantity), unit_price), currency)


def vat_on(value: int, rate_bp: int) -> int:
    """VAT in minor units on a supply value, rounded down per line (the Korean custom)."""
    return _part_of(value, rate_bp)


def _part_of(value: int, rate_bp: int) -> int:
    exact = _EXACT.divide(Decimal(value * rate_bp), Decimal(BASIS_POINTS))
    return int(exact.quantize(Decimal(1), rounding=ROUND_DOWN, context=_EXACT))


def price_without_vat(price: Decimal, rate_bp: int) -> Decimal:
    """A unit price that was named with VAT in it, without: rounded half up to PRICE_DECIMALS."""
    exact = _EXACT.divide(
        _EXACT.multiply(price, Decimal(BASIS_POINTS)), Decimal(BASIS_POINTS + rate_bp)
    )
    return exact.quantize(
        Decimal(1).scaleb(-PRICE_DECIMALS), rounding=ROUND_HALF_UP, context=_EXACT
    )


def value_without_vat(amount: int, rate_bp: int) -> int:
    """An amount in minor units that was named with VAT in it, without: rounded half up."""
    exact = _EXACT.divide(Decimal(amount * BASIS_POINTS), Decimal(BASIS_POINTS + rate_bp))
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP, context=_EXACT))


@dataclass(frozen=True, slots=True)
class LineTotal:
    """One document line: supply value, VAT and their sum, all in minor units."""

    supply_value: int
    vat: int

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.supply_value + self.vat


def line_total(quantity: int, unit_price: Decimal, currency: str, vat_rate_bp: int) -> LineTotal:
    """Return what `quantity` at `unit_price` comes to; `vat_rate_bp` is 0 when none is due."""
    value = supply_value(quantity, unit_price, currency)
    return LineTotal(supply_value=value, vat=vat_on(value, vat_rate_bp))


@dataclass(frozen=True, slots=True)
class Fees:
    """What cooperatives ask for one order: the host's share, the partner's, and VAT on the two.

    Minor units. Each share is a line of its own: rounded down by itself, as is the VAT on it.
    """

    host: int
    partner: int
    host_vat: int
    partner_vat: int

    @property
    def vat(self) -> int:
        """VAT on both shares."""
        return self.host_vat + self.partner_vat

    @property
    def value(self) -> int:
        """Both shares, VAT excluded."""
        return self.host + self.partner

    @property
    def total(self) -> int:
        """Both shares with VAT."""
        return self.value + self.vat


def fee_on(value: int, rate_bp: int) -> int:
    """A fee in minor units on a supply value, rounded down: never above the rate that was told."""
    return _part_of(value, rate_bp)


def fees_on(value: int, *, host_bp: int, partner_bp: int, vat_rate_bp: int) -> Fees:
    """Return the fees on one order's supply value, at rates in basis points."""
    host, partner = fee_on(value, host_bp), fee_on(value, partner_bp)
    return Fees(host, partner, vat_on(host, vat_rate_bp), vat_on(partner, vat_rate_bp))


def split(amount: int, weights: list[int]) -> list[int]:
    """Share `amount` (minor units, >= 0) by `weights` so that the shares sum to it exactly.

    Largest remainder; ties go to the earlier weight. All-zero weights raise ValueError.
    """
    whole = sum(weights)
    if amount < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("a split needs an amount >= 0 and weights >= 0 that are not all 0")
    shares = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    left = amount - sum(shares)
    for index in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:left]:
        shares[index] += 1
    return shares


def shown_price(exact: Fraction, digits: int = PRICE_DECIMALS) -> Decimal:
    """An exact price a unit, such as one with its share of a delivery, rounded half up to be shown:
    what is compared is the exact one."""
    ratio = _EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return ratio.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_EXACT)


def plain(price: Decimal) -> str:
    """Write a unit price without exponent and without trailing zeros after the point."""
    text = format(price, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def price_label(price: Decimal, currency: str) -> Text:
    """Write a unit price for people: grouped, at least the currency's digits, with its sign."""
    digits = plain(price)
    fraction = len(digits.partition(".")[2])
    return _with_symbol(f"{price:,.{max(fraction, exponent(currency))}f}", currency)


def amount_label(minor: int, currency: str) -> Text:
    """Write an amount in minor units for people: grouped, with the currency's sign."""
    return _with_symbol(f"{from_minor(minor, currency):,.{exponent(currency)}f}", currency)


def _with_symbol(number: str, currency: str) -> Text:
    before = f"{SYMBOLS[currency]}{number}"
    return Text(ko=f"{number}원" if currency == "KRW" else before, en=before)
