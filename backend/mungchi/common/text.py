"""Sentences for people, in both languages side by side. Pure."""

from dataclasses import dataclass

DEFAULT_LANGUAGE = "ko"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Korean and in English; `{name}` marks what `format` fills in."""

    ko: str
    en: str

    def say(self, language: str) -> str:
        """Return the sentence in `language` ("ko", "en", or a tag such as "en-GB")."""
        return self.en if language.lower().startswith("en") else self.ko

    def format(self, **values: object) -> "Text":
        """Return the sentence with values filled in; a Text value is used in each language."""
        return Text(
            ko=self.ko.format(**{k: _in(v, "ko") for k, v in values.items()}),
            en=self.en.format(**{k: _in(v, "en") for k, v in values.items()}),
        )


def _in(value: object, language: str) -> object:
    return value.say(language) if isinstance(value, Text) else value


# What the product is called in what it writes to people.
BRAND = Text(ko="뭉치", en="Mungchi")
