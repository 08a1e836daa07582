"""Sentences for people, in both languages side by side. Pure."""

import re
from dataclasses import dataclass

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
_CLOSING = "’”\"')]} "
# 영 일 이 삼 사 오 육 칠 팔 구: 8 is the final consonant ㄹ in the order of Unicode, 0 none.
_FINAL_OF_DIGITS = dict(zip("0123456789", (21, 8, 0, 16, 0, 0, 1, 8, 8, 0), strict=True))


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Korean and in English; `{name}` marks what `format` fills in."""

    ko: str
    en: str

    def say(self, language: str) -> str:
        """Return the sentence in `language` ("ko", "en", or a tag such as "en-GB")."""
        return self.en if language.lower().startswith("en") else self.ko

    def format(self, **values: object) -> "Text":
        """Return the sentence with values filled in; a Text value is used in each language.

        Behind a value, a Korean particle written in both forms, as 이(가), takes the one that fits
        how the value ends; behind a foreign word both stay.
        """
        korean = {k: _in(v, "ko") for k, v in values.items()}
        return Text(
            ko=_FILLED_IN.sub(lambda found: _fitting(found, korean), self.ko).format(**korean),
            en=self.en.format(**{k: _in(v, "en") for k, v in values.items()}),
        )


def _fitting(found: re.Match[str], values: dict[str, object]) -> str:
    name, between, both = found.groups()
    final = _final_consonant(str(values[name]).rstrip(_CLOSING)[-1:])
    if final is None:
        return found.group()
    after_consonant, after_vowel = PARTICLES[both]
    # ㄹ counts as a vowel before (으)로: 서울로, but 서울을.
    vowel = final == 0 or (both == "(으)로" and final == _FINAL_OF_DIGITS["1"])
    return f"{{{name}}}{between}{after_vowel if vowel else after_consonant}"


def _final_consonant(letter: str) -> int | None:
    """Return the final consonant's place among the 27 that Unicode orders (0: ends in a vowel).

    None for what is no Korean syllable or digit. Syllables: The Unicode Standard, section 3.12.
    """
    if "가" <= letter <= "힣":
        return (ord(letter) - ord("가")) % 28
    return _FINAL_OF_DIGITS.get(letter)


def _in(value: object, language: str) -> object:
    return value.say(language) if isinstance(value, Text) else value


# What the product is called in what it writes to people.
BRAND = Text(ko="뭉치", en="Mungchi")
