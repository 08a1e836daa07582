"""The picture that is shared: 1200 × 630, the ladder as stairs going down with the price. Pure."""

from datetime import datetime
from typing import Final

from mungchi.campaigns.domain import share_words as words
from mungchi.campaigns.domain.share import Glimpse
from mungchi.catalog.domain.units import counted
from mungchi.common.canvas import Box, Mark, Measure, Words, fitted, lines
from mungchi.common.money import price_label
from mungchi.common.text import BRAND

WIDTH: Final = 1200
HEIGHT: Final = 630
# Another number when the same facts are drawn in another way: so that no old picture is handed out.
VERSION: Final = 1

GROUND: Final = "#ffffff"
# The colours of the screens in daylight (frontend/src/styles/tokens.css).
_INK, _QUIET, _LINE, _SUNKEN = "#1b211f", "#59615d", "#e2e3dc", "#f0f1ec"
_BRAND, _BRAND_SOFT, _STEP = "#0d6450", "#e2f1ea", "#b7dccd"
_NEXT, _NEXT_SOFT, _NEXT_FILL, _NEXT_PALE = "#a84607", "#fdeedf", "#d9722a", "#efc4a4"
_MARGIN: Final = 64
_ROOM: Final = WIDTH - 2 * _MARGIN
# The stairs: where they stand, how high the highest is, how low the lowest, and how many are drawn.
_FLOOR, _TALL, _LOW, _MOST = 480, 150, 50, 6
# So much higher where the title has one line only.
_TALLER: Final = 44


def card(shared: Glimpse, language: str, at: datetime, measure: Measure) -> list[Mark]:
    """Everything that is drawn, the first at the bottom."""
    title = lines(shared.title, 54, _ROOM, 2, measure, bold=True)
    tall = _TALL if len(title) > 1 else _TALL + _TALLER
    return [
        *_head(shared, title, language, at, measure),
        *_stairs(shared, tall, language, measure),
        *_foot(shared, language, at, measure),
    ]


def _head(
    shared: Glimpse, title: list[str], language: str, at: datetime, measure: Measure
) -> list[Mark]:
    state = words.state_of(shared, at).say(language)
    marks: list[Mark] = [
        Box(0, 0, WIDTH, 12, _BRAND),
        Words(_MARGIN, 78, BRAND.say(language), 34, _BRAND, bold=True),
    ]
    width = int(measure(state, 28, True)) + 40
    marks += [
        Box(WIDTH - _MARGIN - width, 42, width, 48, _BRAND_SOFT, 24),
        Words(WIDTH - _MARGIN - 20, 76, state, 28, _BRAND, bold=True, anchor="r"),
    ]
    y = 152
    for line in title:
        marks.append(Words(_MARGIN, y, line, 54, _INK, bold=True))
        y += 66
    about = f"{shared.host.say(language)} · {shared.item.say(language)}"
    about = fitted(about, 28, _ROOM, measure)
    marks.append(Words(_MARGIN, y - 14, about, 28, _QUIET))
    return marks


def _shown(shared: Glimpse) -> list[int]:
    """Which tiers are drawn: all, or those around the present and the next one."""
    count = len(shared.tiers)
    if count <= _MOST:
        return list(range(count))
    about = shared.next_tier if shared.next_tier is not None else shared.current or 0
    first = max(0, min(about - 2, count - _MOST))
    return list(range(first, first + _MOST))


def _stairs(shared: Glimpse, tall: int, language: str, measure: Measure) -> list[Mark]:
    tiers = _shown(shared)
    prices = [shared.tiers[index][1] for index in tiers]
    top, spread = max(prices), max(prices) - min(prices)
    gap = 8
    width = (_ROOM - gap * (len(tiers) - 1)) // len(tiers)
    size = 30 if len(tiers) <= 4 else 24
    marks: list[Mark] = []
    for place, index in enumerate(tiers):
        quantity, price = shared.tiers[index]
        x = _MARGIN + place * (width + gap)
        fall = (top - price) / spread if spread else 0
        height = round(tall - (tall - _LOW) * float(fall))
        y = _FLOOR - height
        tread, fill, ink, bold = _colours(index, shared.current, shared.next_tier)
        said = price_label(price, shared.currency)
        if index == shared.current and shared.settled_price is None:
            said = words.NOW.format(price=said)
        filled = shared.percent(index) or 0
        marks += [
            Box(x, y, width, height, _SUNKEN, 4),
            Box(x, y, width * filled // 100, height, fill, 4),
            Box(x, y, width, 6, tread, 3),
            Words(x + 2, y - 14, fitted(said.say(language), size, width, measure, bold=bold),
                  size, ink, bold=bold),
            Words(x + 2, _FLOOR + 32, fitted(
                words.FROM.format(quantity=counted(quantity, shared.unit)).say(language), 22,
                width, measure), 22, _QUIET),
        ]  # fmt: skip
    return marks


def _colours(index: int, current: int | None, following: int | None) -> tuple[str, str, str, bool]:
    """Of tread, filling and price, and whether the price is bold."""
    if index == current:
        return _BRAND, _BRAND, _BRAND, True
    if current is not None and index < current:
        return _BRAND, _STEP, _QUIET, False
    if index == following:
        return _NEXT_FILL, _NEXT_PALE, _NEXT, True
    return _LINE, _STEP, _INK, False


def _foot(shared: Glimpse, language: str, at: datetime, measure: Measure) -> list[Mark]:
    said = words.ahead_of(shared, at).say(language)
    deadline = words.deadline_of(shared, at).say(language)
    ahead = shared.next_tier is not None
    back, ink = (_NEXT_SOFT, _NEXT) if ahead else (_BRAND_SOFT, _BRAND)
    size = next((one for one in (34, 30, 26) if measure(said, one, True) <= _ROOM - 48), 26)
    return [
        Box(_MARGIN, 526, _ROOM, 58, back, 12),
        Words(_MARGIN + 24, 567, fitted(said, size, _ROOM - 48, measure, bold=True), size, ink,
              bold=True),
        Words(_MARGIN, 616, fitted(deadline, 24, _ROOM, measure), 24, _QUIET),
    ]  # fmt: skip
