"""Drawing pictures on the server: Korean and Latin letters, as PNG."""

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from mungchi.common.canvas import Box, Mark

FONTS: Final = Path(__file__).parent / "fonts"


@lru_cache(maxsize=32)
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "Pretendard-Bold.woff2" if bold else "Pretendard-Regular.woff2"
    # The simple layout: no shaping is needed, and it is the same wherever it is drawn.
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def measure(text: str, size: int, bold: bool) -> float:
    """How wide a text will be, in pixels (canvas.Measure)."""
    return _font(size, bold).getlength(text)


def png(size: tuple[int, int], background: str, marks: Sequence[Mark]) -> bytes:
    """Draw the marks, the first at the bottom."""
    image = Image.new("RGB", size, background)
    draw = ImageDraw.Draw(image)
    for mark in marks:
        if isinstance(mark, Box):
            if mark.width < 1 or mark.height < 1:
                continue
            corners = (mark.x, mark.y, mark.x + mark.width - 1, mark.y + mark.height - 1)
            draw.rounded_rectangle(corners, radius=mark.radius, fill=mark.fill)
        else:
            font = _font(mark.size, mark.bold)
            draw.text((mark.x, mark.y), mark.text, mark.fill, font, anchor=f"{mark.anchor}s")
    # Few colours: a palette makes it a third as large, and looks the same.
    small = image.quantize(colors=128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", compress_level=6)
    return out.getvalue()
