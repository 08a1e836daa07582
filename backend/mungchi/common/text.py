"""Sentences for people, in both languages side by side. Pure."""

import re
from dataclasses import dataclass
from datetime import date

DEFAULT_LANGUAGE = "ko"

# A particle whose form follows the sound before it: (after a consonant, after a vowel).
PARTICLES = {
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "은(는)": ("은", "는"),
    "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_FILLED_IN = re.compile(
    r"\{(\w+)\}([’”)]*)(" + "|".join(re.escape(form) for form in PARTICLES) + ")"
)
# {count:one|more}, in English.
_FORMS = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
_CLOSING = "’”\"')]} "
# How Korean reads what ends in Latin letters: in capitals by the letter's own name (엘, 엠, 엔, 알;
# the others end in a vowel), in a word by its sound. ㄹ is 8, ㅁ 16, ㄴ 4, ㅇ 21, ㄱ 1, ㅂ 17.
_FINAL_OF_LETTERS = {"l": 8, "m": 16, "n": 4, "r": 8}
_FINAL_OF_ENDINGS = {"ng": 21, "l": 8, "m": 16, "n": 4, "k": 1, "c": 1, "b": 17, "p": 17}
# Symbols of units are read as their names: 킬로그램, 리터, 미터.
_FINAL_OF_SYMBOLS = {"g": 16, "kg": 16, "mg": 16, "l": 0, "ml": 0, "m": 0, "cm": 0, "mm": 0, "t": 4}
_LATIN = re.compile(r"(?<![A-Za-z])[A-Za-z]+$")
# 영 일 이 삼 사 오 육 칠 팔 구: 8 is the final consonant ㄹ in the order of Unicode, 0 none.
_FINAL_OF_DIGITS = dict(zip("0123456789", (21, 8, 0, 16, 0, 0, 1, 8, 8, 0), strict=True))


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Korean and in English; `{name}` marks what `format` fills in.

    In English `{count:firm applies|firms apply}` is the one for a `count` of 1, the other for any
    other number.
    """

    ko: str
    en: str

    def say(self, language: str) -> str:
        """Return the sentence in `language` ("ko", "en", or a tag such as "en-GB")."""
        return self.en if language.lower().startswith("en") else self.ko

    @property
    def both(self) -> str:
        """Return the sentence in both languages, for what is kept as it is written and read by
        whoever reads either."""
        return f"{self.ko} / {self.en}"

    def format(self, **values: object) -> "Text":
        """Return the sentence with values filled in; a Text value is used in each language.

        Behind a value, a Korean particle written in both forms, as 이(가), takes the one that fits
        how the value ends; behind what nobody can read aloud both stay.
        """
        korean = {k: _in(v, "ko") for k, v in values.items()}
        return Text(
            ko=_FILLED_IN.sub(lambda found: _fitting(found, korean), self.ko).format(**korean),
            en=_in_number(self.en, values).format(**{k: _in(v, "en") for k, v in values.items()}),
        )


def _in_number(english: str, values: dict[str, object]) -> str:
    return _FORMS.sub(lambda found: found[2] if str(values[found[1]]) == "1" else found[3], english)


def _fitting(found: re.Match[str], values: dict[str, object]) -> str:
    name, between, both = found.groups()
    final = final_consonant(str(values[name]))
    if final is None:
        return found.group()
    after_consonant, after_vowel = PARTICLES[both]
    # ㄹ counts as a vowel before (으)로: 서울로, but 서울을.
    vowel = final == 0 or (both == "(으)로" and final == _FINAL_OF_DIGITS["1"])
    return f"{{{name}}}{between}{after_vowel if vowel else after_consonant}"


def final_consonant(value: str) -> int | None:
    """Return the final consonant with which `value` is read, in Unicode's order of the 27; 0: none.

    Of a syllable, a digit or Latin letters, closing quotes and brackets left aside; None for
    anything else. Syllables: The Unicode Standard, section 3.12.
    """
    said = value.rstrip(_CLOSING)
    last = said[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    if last in _FINAL_OF_DIGITS:
        return _FINAL_OF_DIGITS[last]
    found = _LATIN.search(said)
    return _final_of_word(found.group()) if found else None


def _final_of_word(word: str) -> int:
    small = word.lower()
    if small in _FINAL_OF_SYMBOLS and not word.isupper():
        return _FINAL_OF_SYMBOLS[small]
    if word.isupper():
        return _FINAL_OF_LETTERS.get(small[-1], 0)
    return _FINAL_OF_ENDINGS.get(small[-2:], _FINAL_OF_ENDINGS.get(small[-1], 0))


def day_label(day: date) -> Text:
    """A calendar day with its year: 2026년 5월 3일, 3 May 2026."""
    return Text(ko=f"{day.year}년 {day.month}월 {day.day}일", en=f"{day.day} {day:%B} {day.year}")


def several(count: int, one: str, more: str = "") -> str:
    """A number and an English word in the form that goes with it: 1 firm, 8 firms, 3 boxes."""
    return f"{count:,} {one if count == 1 else more or plural(one)}"


def plural(word: str) -> str:
    """The plural of an English noun by its ending: boxes, batches, copies, rolls."""
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    return re.sub(r"(?<=[^aeiou])y$", "ie", word) + "s"


def _in(value: object, language: str) -> object:
    return value.say(language) if isinstance(value, Text) else value


# What the product is called in what it writes to people.
BRAND = Text(ko="뭉치", en="Mungchi")
