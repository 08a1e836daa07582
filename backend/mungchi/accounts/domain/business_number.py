"""Korean business registration numbers: three digits of tax office, two of kind, four of serial,
and a check digit. Pure.

The form comes from the OECD's note on Korean taxpayer numbers (and stdnum.kr.brn, which knows the
form only); the check digit is the published rule of the tax service: weights 1 3 7 1 3 7 1 3 5,
the ninth digit's product also counting its tens, and the digit that fills the sum up to ten.
"""

from stdnum.exceptions import ValidationError
from stdnum.kr import brn

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def check_digit(body: str) -> str:
    """Return the tenth digit for the first nine."""
    digits = [int(one) for one in body[:9]]
    total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    total += digits[8] * 5 // 10
    return str(-total % 10)


def parse(text: str) -> str | None:
    """Return the ten digits of a valid number, written with or without hyphens; else None."""
    try:
        number = str(brn.validate(text))
    except ValidationError:
        return None
    return number if number.isascii() and number[9] == check_digit(number) else None
