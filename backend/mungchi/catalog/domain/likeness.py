"""Whether two names mean one thing, as a figure and in words. Pure.

A name is taken apart into words, measures (a number with its unit, in the smallest unit of its
kind), marks (letters with figures: A4, M6) and bare numbers. What says how large or which kind a
thing is keeps two apart when it differs: A4 is not A3, 80 g is not 75 g, 4 is not 8. Where one name
says nothing of it, that costs a little. The words decide the rest:

    words  = the largest of: share of equal words (Dice), share of equal pairs of letters (Dice)
    score  = 100 * (0.7 * words + 0.3 * trigrams) - 8 for each thing that only one name says
             - 25 when the colours differ

trigrams is what pg_trgm says of the two keys (`key_of`); without it, words counts for it as well.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

from mungchi.common.text import Text

# At this score two names are shown as a pair.
LEAST_SCORE: Final = 62
LONGEST_KEY: Final = 300
WORDS_COUNT, TRIGRAMS_COUNT = 0.7, 0.3
ONLY_ONE_SAYS, OTHER_COLOUR = 8, 25

# Spelling -> the smallest unit of its kind, and how many of them it is.
_MEASURES: Final[dict[str, tuple[str, Fraction]]] = {
    spelling: (unit, Fraction(times))
    for unit, times, spellings in (
        ("mg", "1", "mg 밀리그램"),
        ("mg", "1000", "g 그램 그람 gr gram grams"),
        ("mg", "1000000", "kg 킬로 킬로그램 kilo kilos kgs"),
        ("mg", "1000000000", "t 톤 ton tonne tons tonnes"),
        ("ml", "1", "ml 밀리리터 cc 시시 씨씨"),
        ("ml", "1000", "l 리터 liter litre liters litres"),
        ("mm", "1", "mm 밀리 밀리미터"),
        ("mm", "10", "cm 센티 센티미터 센치"),
        ("mm", "1000", "m 미터 meter metre meters metres"),
        ("mm", "25.4", "in inch inches 인치"),
        ("v", "1", "v 볼트 volt volts"),
        ("w", "1", "w 와트 watt watts"),
        ("w", "1000", "kw 킬로와트"),
        ("gsm", "1", "gsm g/m2 g/㎡"),
        ("piece", "1", "개 ea pcs pc 피스 개입 입"),
        ("sheet", "1", "매 장 sheet sheets"),
        ("pack", "1", "팩 pack packs 봉 봉지"),
        ("box", "1", "박스 box boxes 상자 bx"),
        ("roll", "1", "롤 roll rolls"),
        ("bottle", "1", "병 bottle bottles"),
        ("set", "1", "세트 set sets"),
        ("pair", "1", "켤레 pair pairs 쌍"),
        ("ply", "1", "겹 ply"),
        ("degree", "1", "도 degree degrees"),
    )
    for spelling in spellings.split()
}
_COLOURS: Final[dict[str, str]] = {
    spelling: colour
    for colour, spellings in (
        ("black", "검정 검정색 검은색 흑색 블랙 black"),
        ("white", "흰색 하양 하얀색 백색 화이트 white"),
        ("red", "빨강 빨간색 적색 레드 red"),
        ("blue", "파랑 파란색 청색 블루 blue"),
        ("green", "초록 초록색 녹색 그린 green"),
        ("yellow", "노랑 노란색 황색 옐로우 옐로 yellow"),
        ("grey", "회색 그레이 gray grey"),
        ("brown", "갈색 브라운 brown"),
        ("pink", "분홍 분홍색 핑크 pink"),
        ("purple", "보라 보라색 자주색 퍼플 purple"),
        ("orange", "주황 주황색 오렌지색"),
        ("silver", "은색 실버 silver"),
        ("gold", "금색 골드 gold"),
        ("clear", "투명 투명색 클리어 clear transparent"),
    )
    for spelling in spellings.split()
}
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNITS = "|".join(sorted(map(re.escape, _MEASURES), key=len, reverse=True))
_MEASURE = re.compile(rf"(?<![^\W_])({_NUMBER})\s*({_UNITS})(?![^\W\d_])")
_PIECE = re.compile(r"\d+(?:\.\d+)?(?![^\W_])|[^\W_]+")
_MARK = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]+")
# A-4 is A4; HP-85A stays two.
_GLUED = re.compile(r"(?<![^\W_])([a-z])[-/.](?=\d)")
# Korean is written without a space before and behind what says how much or which: 쌀20kg, A4복사지,
# 볼트M8. A word ends there; 18리터 is put together again as a measure.
_RUN_ON = re.compile(r"(?<=[가-힣])(?=\d|[a-z]+\d)|(?<=\d)(?=[가-힣])|(?<=\d[a-z])(?=[가-힣])"
                     r"|(?<=\d[a-z]{2})(?=[가-힣])")  # fmt: skip


Said = TypeVar("Said", str, Fraction)


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. `measures`: unit -> the amounts in it."""

    words: tuple[str, ...]
    marks: frozenset[str]
    numbers: frozenset[Fraction]
    measures: Mapping[str, frozenset[Fraction]]
    colours: frozenset[str]
    # Each measure as it was written, for sentences.
    written: Mapping[tuple[str, Fraction], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two names are: 0 (kept apart) to 100, with what is the same and what differs."""

    score: int
    same: tuple[Text, ...]
    differs: tuple[Text, ...]


def normal(name: str) -> str:
    """One spelling: compatibility forms undone, small letters, times signs as x, and a space where
    a Korean word meets a figure."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("×", "x").replace("*", "x")
    return _RUN_ON.sub(" ", _GLUED.sub(r"\1", text))


@lru_cache(maxsize=200_000)
def taken_apart(name: str) -> Name:
    """Words, measures, marks, numbers and colours of a name."""
    text = normal(name)
    measures: dict[str, set[Fraction]] = {}
    written: dict[tuple[str, Fraction], str] = {}

    def measured(match: re.Match[str]) -> str:
        unit, times = _MEASURES[match[2]]
        amount = Fraction(match[1].replace(",", "")) * times
        measures.setdefault(unit, set()).add(amount)
        written[unit, amount] = f"{match[1]} {match[2]}"
        return " "

    rest = _MEASURE.sub(measured, text)
    words: list[str] = []
    marks: set[str] = set()
    numbers: set[Fraction] = set()
    colours: set[str] = set()
    for piece in _PIECE.findall(rest):
        if piece in _COLOURS:
            colours.add(_COLOURS[piece])
        elif piece.replace(".", "", 1).isascii() and piece.replace(".", "", 1).isdigit():
            numbers.add(Fraction(piece))
        elif _MARK.fullmatch(piece):
            marks.add(piece)
        else:
            words.append(piece)
    return Name(
        words=tuple(words),
        marks=frozenset(marks),
        numbers=frozenset(numbers),
        measures={unit: frozenset(amounts) for unit, amounts in measures.items()},
        colours=frozenset(colours),
        written=written,
    )


def key_of(name: str) -> str:
    """What pg_trgm compares: the parts of a name in one spelling and one order."""
    parts = taken_apart(name)
    amounts = [
        f"{float(amount):g}{unit}" for unit, all_ in parts.measures.items() for amount in all_
    ]
    rest = [*parts.marks, *(f"{float(number):g}" for number in parts.numbers), *parts.colours]
    return " ".join(sorted([*parts.words, *amounts, *rest]))[:LONGEST_KEY]


def likeness(one: str, other: str, trigrams: float | None = None) -> Likeness:
    """How like two names are. trigrams: pg_trgm's similarity of their keys, 0 to 1."""
    a, b = taken_apart(one), taken_apart(other)
    same: list[Text] = []
    differs: list[Text] = []
    apart = alone = 0
    for unit in sorted({*a.measures, *b.measures}):
        was, now = a.measures.get(unit, frozenset()), b.measures.get(unit, frozenset())
        written = {amount: text for (u, amount), text in {**b.written, **a.written}.items()
                   if u == unit}  # fmt: skip
        apart, alone = _weigh(was, now, written, same, differs, apart, alone)
    marks = {mark: mark.upper() for mark in a.marks | b.marks}
    apart, alone = _weigh(a.marks, b.marks, marks, same, differs, apart, alone)
    numbers = {number: f"{float(number):g}" for number in a.numbers | b.numbers}
    apart, alone = _weigh(a.numbers, b.numbers, numbers, same, differs, apart, alone)
    words = _words(a, b)
    if words == 1 and a.words:
        same.insert(0, Text(ko="같은 낱말", en="same words"))
    elif a.words or b.words:
        differs.append(_other_words(a, b))
    coloured = bool(a.colours and b.colours and a.colours != b.colours)
    if coloured:
        differs.append(Text(ko="색", en="colour"))
    elif a.colours and a.colours == b.colours:
        same.append(Text(ko="같은 색", en="same colour"))
    if apart or not (a.words or a.marks) or not (b.words or b.marks):
        return Likeness(0, tuple(same), tuple(differs))
    trigrams = words if trigrams is None else max(trigrams, words if words == 1 else 0)
    score = 100 * (WORDS_COUNT * words + TRIGRAMS_COUNT * trigrams)
    score -= ONLY_ONE_SAYS * (alone + (bool(a.colours) != bool(b.colours)))
    score -= OTHER_COLOUR * coloured
    return Likeness(max(0, min(100, round(score))), tuple(same), tuple(differs))


def _weigh(
    was: frozenset[Said],
    now: frozenset[Said],
    written: Mapping[Said, str],
    same: list[Text],
    differs: list[Text],
    apart: int,
    alone: int,
) -> tuple[int, int]:
    """Count what keeps two names apart, and what only one of them says."""
    both: list[Said] = sorted(was & now, key=str)
    left: list[Said] = sorted(was - now, key=str)
    right: list[Said] = sorted(now - was, key=str)
    same.extend(Text(ko=written[each], en=written[each]) for each in both)
    if left and right:
        ones = " · ".join(written[each] for each in left)
        others = " · ".join(written[each] for each in right)
        differs.append(Text(ko=f"{ones} / {others}", en=f"{ones} / {others}"))
        return apart + 1, alone
    only = [written[each] for each in left] + [written[each] for each in right]
    differs.extend(Text(ko=f"한쪽에만 {text}", en=f"only one says {text}") for text in only)
    return apart, alone + len(left) + len(right)


def _words(a: Name, b: Name) -> float:
    """How far the words are the same: 1 when they are, in whatever order and however spaced."""
    if Counter(a.words) == Counter(b.words) or "".join(a.words) == "".join(b.words):
        return 1.0
    return max(_dice(Counter(a.words), Counter(b.words)), _dice(pairs_of(a), pairs_of(b)))


def pairs_of(name: Name) -> Counter[str]:
    """The pairs of letters of the words, run together; a single letter counts as one."""
    text = "".join(name.words)
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _other_words(a: Name, b: Name) -> Text:
    ones = " ".join(word for word in a.words if word not in b.words) or "–"
    others = " ".join(word for word in b.words if word not in a.words) or "–"
    return Text(ko=f"낱말 {ones} / {others}", en=f"words {ones} / {others}")
