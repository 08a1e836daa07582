"""Where a firm's goods go. Pure."""

from typing import Final

from mungchi.common.sheets.cells import clean_text
from mungchi.common.text import Text

# As long as the address of a firm may be.
LONGEST_PLACE: Final = 200
OWN_ADDRESS: Final = Text(ko="기업 주소", en="the firm's address")


def written(place: str) -> str:
    """A place as it is kept: on one line, without control characters. "": the firm's address."""
    return clean_text(place)


def place_of(deliver_to: str, address: str) -> str:
    """Where goods go: to the place that was named, else to the firm's address."""
    return deliver_to or address
