"""What a picture is made of: boxes and words, placed in pixels. Pure; `drawing` makes it a file."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# How wide a text is: (text, size, bold) -> pixels.
Measure = Callable[[str, int, bool], float]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; `radius` of its corners."""

    x: int
    y: int
    width: int
    height: int
    fill: str
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `anchor`: l, m or r, which of it stands at x. y is its base line."""

    x: int
    y: int
    text: str
    size: int
    fill: str
    bold: bool = False
    anchor: str = "l"


Mark = Box | Words


def fingerprint(marks: Sequence[Mark], version: int) -> str:
    """Say what a picture shows in 32 letters; another when it, or how it is drawn, is another."""
    return hashlib.sha256(f"{version}{list(marks)!r}".encode()).hexdigest()[:32]


def fitted(text: str, size: int, room: int, measure: Measure, *, bold: bool = False) -> str:
    """The text, shortened with an ellipsis where it is wider than `room` pixels."""
    if measure(text, size, bold) <= room:
        return text
    while text and measure(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def lines(
    text: str, size: int, room: int, most: int, measure: Measure, *, bold: bool = False
) -> list[str]:
    """Break a text between words into at most `most` lines, a long word anywhere.

    What does not fit is left out with an ellipsis.
    """
    broken, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if measure(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            broken.append(line)
        while measure(word, size, bold) > room:
            cut = next(n for n in range(len(word) - 1, -1, -1)
                       if n <= 1 or measure(word[:n], size, bold) <= room)  # fmt: skip
            broken.append(word[: max(cut, 1)])
            word = word[max(cut, 1) :]
            if not word:
                break
        line = word
    if line:
        broken.append(line)
    if len(broken) > most:
        rest = " ".join(broken[most - 1 :])
        return [*broken[: most - 1], fitted(rest, size, room, measure, bold=bold)]
    return broken
