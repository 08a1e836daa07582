"""Pictures that the server draws: letters that are there, and files that are what they say."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devtools.places import FRONTEND
from mungchi.common.canvas import Box, Words, fitted, lines
from mungchi.common.drawing import FONTS, _font, measure, png


def width(text: str, size: int, bold: bool) -> float:
    return float(len(text) * size)


@pytest.mark.parametrize("bold", [False, True])
def test_every_korean_syllable_has_a_shape_of_its_own(bold: bool) -> None:
    font = _font(20, bold)
    nothing = bytes(font.getmask("ก"))
    missing = [chr(code) for code in range(ord("가"), ord("힣") + 1)
               if bytes(font.getmask(chr(code))) == nothing]  # fmt: skip
    assert not missing
    # What is not in the font looks like nothing of it: so would a missing syllable.
    assert bytes(font.getmask("ข")) == nothing


def test_the_fonts_are_those_of_the_screens() -> None:
    package = FRONTEND / "node_modules" / "pretendard" / "dist"
    if not package.exists():
        pytest.skip("the frontend is not installed here")
    for name in ("Pretendard-Regular.woff2", "Pretendard-Bold.woff2"):
        there = (package / "web" / "static" / "woff2" / name).read_bytes()
        ours = (FONTS / name).read_bytes()
        assert hashlib.sha256(ours).digest() == hashlib.sha256(there).digest()
    assert (FONTS / "LICENSE.txt").read_text() == (package / "LICENSE.txt").read_text()


def test_marks_are_drawn_where_they_say() -> None:
    drawn = png((40, 30), "#ffffff", [Box(10, 10, 20, 5, "#ff0000"), Words(2, 28, "가", 9, "#000")])
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert (image.format, image.size) == (None, (40, 30))
    # By a palette, hence nearly.
    red, white = (image.getpixel(at) for at in ((29, 14), (30, 14)))
    assert image.getpixel((10, 10)) == red
    assert image.getpixel((9, 10)) == white
    pairs = zip((*red, *white), (255, 0, 0, 255, 255, 255), strict=True)  # type: ignore[misc]
    assert max(abs(one - other) for one, other in pairs) < 4
    assert len(image.crop((0, 18, 12, 30)).getcolors() or []) > 1
    assert png((40, 30), "#ffffff", [Box(1, 1, 0, 9, "#000")])


@given(st.text(alphabet="가나 abc", max_size=60), st.integers(2, 12), st.integers(1, 4))
def test_lines_fit_and_lose_nothing_but_what_the_ellipsis_says(
    text: str, letters: int, most: int
) -> None:
    broken = lines(text, 10, letters * 10, most, width)
    assert len(broken) <= most
    assert all(width(line, 10, False) <= letters * 10 for line in broken)
    if not any(line.endswith("…") for line in broken):
        assert "".join(broken).replace(" ", "") == text.replace(" ", "")


def test_what_is_too_wide_ends_with_an_ellipsis() -> None:
    assert fitted("가나다라", 10, 30, width) == "가나…"
    assert fitted("가나다", 10, 30, width) == "가나다"
    assert measure("뭉치", 30, True) > 30
