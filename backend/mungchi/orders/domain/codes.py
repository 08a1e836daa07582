"""Codes that people read to each other: order numbers and payment references. Pure.

The alphabet leaves out what looks alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) as far as it can, and all
vowels, so that no code spells a word. Its size is a prime: a check character weighted by place
then finds every single wrong character and every two that changed places.
"""

from typing import Final

ALPHABET: Final = "2346789CDFGHJKMPQRTVWXY"
BASE: Final = len(ALPHABET)
# Any factor without a divisor in common with BASE scatters neighbours without collisions.
_SCATTER: Final = 7_368_787


def code_of(number: int, length: int) -> str:
    """Return the code of a counter's value: different for every number >= 0.

    It has `length` characters for the first BASE**length numbers, one more for those after them.
    Neighbouring numbers give codes that do not look alike.
    """
    size = BASE**length
    while number >= size:
        number -= size
        length += 1
        size = BASE**length
    left = number * _SCATTER % size
    letters = []
    for _ in range(length):
        left, digit = divmod(left, BASE)
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))


def with_check(code: str) -> str:
    """Return `code` (at most BASE - 2 characters) with its check character behind it."""
    return code + ALPHABET[_weighted(code)]


def is_whole(code: str) -> bool:
    """Whether a code with a check character was read and written down right."""
    if len(code) < 2 or any(letter not in ALPHABET for letter in code):
        return False
    return with_check(code[:-1]) == code


def _weighted(code: str) -> int:
    # The check character itself has weight -1, so a change of places with it is found as well.
    return sum((at + 1) * ALPHABET.index(letter) for at, letter in enumerate(code)) % BASE
