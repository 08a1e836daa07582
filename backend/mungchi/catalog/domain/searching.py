"""What is typed to find an item, taken apart for looking it up. Pure.

People type a name in another order and spacing than it was written: 80g A4, 쌀20kg, a4용지, TN2400
for TN-2400. Of each only the runs of letters of one script and of figures count.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from mungchi.catalog.domain.likeness import LEAST_SCORE, likeness

# More says no more.
MOST_ATOMS: Final = 8
# From here on a name is shown as like what was typed.
NEAR: Final = 45
Key = TypeVar("Key")
_ATOM = re.compile(r"\d+(?:\.\d+)?|[가-힣]+|[^\W\d_가-힣]+")


def atoms(text: str) -> list[str]:
    """The runs of one kind in a text, each once, in small letters: A4 용지80g is a 4 용지 80 g."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return list(dict.fromkeys(_ATOM.findall(plain)))[:MOST_ATOMS]


def says_all(parts: list[str], name: str) -> bool:
    """Whether a name holds every atom of a text, in whatever order."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return all(part in plain for part in parts)


def closest(text: str, called: Mapping[Key, Sequence[str]], most: int) -> list[Key]:
    """What a text may mean, the likest first: of things and what each is called, those that hold
    all of its atoms, or are nearly like it. Not what contradicts it: 10 kg for 20 kg."""
    parts, scores = atoms(text), {}
    for key, names in called.items():
        score = max(likeness(text, name).score for name in names)
        whole = any(says_all(parts, name) for name in names)
        if whole or score >= NEAR:
            scores[key] = (-score, not whole, names[0])
    return sorted(scores, key=scores.__getitem__)[:most]


def look_alike(text: str, names: Sequence[str]) -> bool:
    """Whether something that is called so may be what the text names."""
    return any(likeness(text, name).score >= LEAST_SCORE for name in names)
