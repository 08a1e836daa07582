"""Finding, among many names, the few that are worth comparing with one. Pure.

Names whose sizes, marks or numbers contradict each other are apart whatever their words, so a name
is put on a shelf by all of these together, and once more for each that it would leave unsaid. There
it stands in a box for each of its rarer pairs of letters: two names that share half of their pairs
share one of those. What is compared with a name is then what shares most pairs in its boxes.

50,000 names take about two seconds to put up, and each a small part of a millisecond to look up.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from mungchi.catalog.domain.likeness import Name, pairs_of

Signature = frozenset[tuple[str, str]]

# Of two names that are alike at all, so large a part of the pairs of one is in the other.
SHARED: Final = 0.4
# A box with more names than this tells nothing apart; its names stand in their rarer boxes too.
FULL: Final = 400


def signature(name: Name) -> Signature:
    """All that keeps names apart, in one set."""
    said = {("mark", mark) for mark in name.marks}
    said |= {("number", str(number)) for number in name.numbers}
    said |= {(unit, str(amount)) for unit, all_ in name.measures.items() for amount in all_}
    return frozenset(said)


class Shelf:
    """Names put up so that those like one are found without looking at all."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._pairs = [tuple(pairs_of(name)) for name in names]
        self._said = [signature(name) for name in names]
        frequency = Counter(pair for pairs in self._pairs for pair in pairs)
        self._rare = [
            sorted(pairs, key=lambda pair: (frequency[pair], pair))[: _prefix(len(pairs))]
            for pairs in self._pairs
        ]
        # What is said, or said but for one thing -> pair of letters -> names.
        self._whole: dict[Signature, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._but_one: dict[Signature, dict[str, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for index, said in enumerate(self._said):
            for pair in self._rare[index]:
                self._whole[said][pair].append(index)
                for one in said:
                    self._but_one[said - {one}][pair].append(index)

    def near(self, index: int, most: int) -> list[int]:
        """The names worth comparing with one, those that share most first."""
        said, shared = self._said[index], Counter[int]()
        places = [self._whole.get(said), self._but_one.get(said)]
        places += [self._whole.get(said - {one}) for one in said]
        for place in places:
            for pair in self._rare[index] if place else ():
                box = place.get(pair, ()) if place else ()
                if len(box) <= FULL:
                    shared.update(box)
        del shared[index]
        return [other for other, _ in shared.most_common(most)]


def _prefix(length: int) -> int:
    return length - int(SHARED * length) + (1 if length > 1 else 0)
