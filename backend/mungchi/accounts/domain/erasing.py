"""What stands where a person stood, and how its data are recognised in texts. Pure."""

import re
from dataclasses import dataclass
from typing import Final

# Nobody's, for ever (RFC 2606).
DOMAIN: Final = "erased.invalid"
# Shorter ones are too likely to be part of another word.
SHORTEST_NAME: Final = 2
SHORTEST_PHONE: Final = 7
_WORD_OF_CODE: Final = re.compile(r"[a-z0-9_.-]+")
_HANGUL: Final = re.compile(r"[가-힣]")
# What may follow a short Korean name: a form of address, or a particle.
_AFTER: Final = "(?=$|[^[:alnum:]]|님|씨|이|가|은|는|을|를|의|과|와|에|도)"


def mark_of(number: int) -> str:
    """What stands where the name stood: the same in every language, because it is stored."""
    return f"삭제된 사람 {number} (erased person {number})"


def address_of(number: int) -> str:
    """What stands where an e-mail address stood."""
    return f"erased-{number}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing by which a person is recognised in texts.

    pattern: a regular expression of PostgreSQL. everywhere: unmistakable, so it is looked for in
    every text there is; else (a name) in what people write freely.
    """

    said: str
    pattern: str
    mark: str
    everywhere: bool


def traces_of(
    *, emails: list[str], phones: list[str], name: str, shared: bool, number: int
) -> list[Trace]:
    """What to look for. shared: somebody else bears the name as well, so that a text may mean
    either; then it is taken out of rows that name the person by its id, and of no others."""
    found = [
        Trace(email, rf"(?<![[:alnum:]._%+-]){_plain(email)}(?![[:alnum:]-])", address_of(number),
              everywhere=True)
        for email in emails
    ]  # fmt: skip
    found += [
        Trace(phone, rf"(?<!\d){_plain(phone)}(?!\d)", "—", everywhere=True)
        for phone in phones
        if sum(map(str.isdigit, phone)) >= SHORTEST_PHONE
    ]
    if searchable(name) and not shared:
        found.append(Trace(name, _name(name), mark_of(number), everywhere=False))
    return found


def searchable(name: str) -> bool:
    """Whether a name can be told from other words: "open" or "kim" cannot."""
    return len(name) >= SHORTEST_NAME and _WORD_OF_CODE.fullmatch(name) is None


def _name(name: str) -> str:
    if _HANGUL.fullmatch(name[-1]) is None:
        return f"(?<![[:alnum:]]){_plain(name)}(?![[:alnum:]])"
    # Korean goes on behind a name without a space.
    return f"(?<![[:alnum:]]){_plain(name)}" + (_AFTER if len(name) == SHORTEST_NAME else "")


def _plain(text: str) -> str:
    """The text as a pattern that matches itself."""
    return re.sub(r"([^\w\s@-])", r"\\\1", text)
