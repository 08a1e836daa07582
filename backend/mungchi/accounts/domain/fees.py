"""How much a cooperative may ask. Pure."""

from typing import Final

# Basis points on supply value, for each share by itself: 1000 is 10 %.
MOST_FEE_BP: Final = 1000
