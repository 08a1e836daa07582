"""What a field says when it cannot take a value: our sentences instead of the framework's.

One table. A key is the stable `code` of the problem document, so that programs see no difference;
`{...}` are the framework's own values of that message. The screen names the field before it.
"""

from typing import Any, Final

from rest_framework import relations, serializers

from mungchi.common.problems import language
from mungchi.common.text import Text

FILL_IN: Final = Text(ko="입력해 주십시오.", en="Please fill this in.")
AT_LEAST: Final = Text(
    ko="{min_value:,} 이상이어야 합니다.", en="This must be {min_value:,} or more."
)
AT_MOST: Final = Text(ko="{max_value:,} 이하여야 합니다.", en="This must be {max_value:,} or less.")
TOO_LONG: Final = Text(ko="숫자가 너무 깁니다.", en="This number is too long.")
NUMBER: Final = Text(ko="숫자로 입력해 주십시오.", en="Please enter a number.")
LETTERS_MOST: Final = Text(
    ko="{max_length:,}자 이하로 입력해 주십시오.",
    en="Please enter {max_length:,} characters at most.",
)
LETTERS_LEAST: Final = Text(
    ko="{min_length:,}자 이상 입력해 주십시오.",
    en="Please enter at least {min_length:,} characters.",
)
CHOOSE: Final = Text(ko="목록에 있는 것을 골라 주십시오.", en="Please choose one of the list.")
CHOOSE_SOME: Final = Text(ko="하나 이상 골라 주십시오.", en="Please choose at least one.")
READ: Final = Text(ko="읽을 수 없는 값입니다.", en="This value cannot be read.")
LIST: Final = Text(ko="목록으로 보내 주십시오.", en="Please send a list.")
DAY: Final = Text(
    ko="날짜를 읽을 수 없습니다. 2026-11-28처럼 입력해 주십시오.",
    en="This day cannot be read. Please enter it as in 2026-11-28.",
)
MOMENT: Final = Text(
    ko="날짜와 시각을 읽을 수 없습니다. 2026-11-28T18:00:00+09:00처럼 입력해 주십시오.",
    en="This day and time cannot be read. Please enter them as in 2026-11-28T18:00:00+09:00.",
)
TIME: Final = Text(
    ko="시각을 읽을 수 없습니다. 18:00처럼 입력해 주십시오.",
    en="This time cannot be read. Please enter it as in 18:00.",
)
NOT_THERE: Final = Text(
    ko="없거나 고를 수 없는 것입니다.", en="There is none, or it cannot be chosen."
)

_INTEGER = {
    "invalid": Text(ko="소수점 없는 숫자로 입력해 주십시오.", en="Please enter a whole number."),
    "max_value": AT_MOST,
    "min_value": AT_LEAST,
    "max_string_length": TOO_LONG,
}
_LISTED = {
    "not_a_list": LIST,
    "empty": Text(ko="하나 이상 있어야 합니다.", en="There must be at least one."),
    "max_length": Text(
        ko="{max_length:,}개 이하여야 합니다.", en="There may be {max_length:,} at most."
    ),
    "min_length": Text(
        ko="{min_length:,}개 이상이어야 합니다.", en="There must be {min_length:,} at least."
    ),
}

WORDS: Final[dict[type[Any], dict[str, Text]]] = {
    serializers.Field: {
        "required": FILL_IN,
        "null": Text(ko="비워 둘 수 없습니다.", en="This may not be empty."),
    },
    serializers.BooleanField: {"invalid": READ},
    serializers.CharField: {
        "invalid": Text(ko="글자로 입력해 주십시오.", en="Please enter text."),
        "blank": FILL_IN,
        "max_length": LETTERS_MOST,
        "min_length": LETTERS_LEAST,
    },
    serializers.EmailField: {
        "invalid": Text(
            ko="이메일 주소가 올바르지 않습니다. name@example.com처럼 입력해 주십시오.",
            en="This is no e-mail address. Please enter it as in name@example.com.",
        ),
    },
    serializers.RegexField: {"invalid": READ},
    serializers.URLField: {
        "invalid": Text(
            ko="웹 주소가 올바르지 않습니다. https://로 시작하는 주소를 입력해 주십시오.",
            en="This is no web address. Please enter one that begins with https://.",
        ),
    },
    serializers.UUIDField: {"invalid": NOT_THERE},
    serializers.IntegerField: _INTEGER,
    serializers.FloatField: {**_INTEGER, "invalid": NUMBER, "overflow": TOO_LONG},
    serializers.DecimalField: {
        **_INTEGER,
        "invalid": NUMBER,
        "max_digits": Text(
            ko="숫자가 너무 깁니다. 모두 {max_digits}자리까지 입력할 수 있습니다.",
            en="This number is too long: {max_digits} digits in all are possible.",
        ),
        "max_decimal_places": Text(
            ko="소수점 아래는 {max_decimal_places}자리까지 입력할 수 있습니다.",
            en="At most {max_decimal_places} digits after the point are possible.",
        ),
        "max_whole_digits": Text(
            ko="소수점 앞은 {max_whole_digits}자리까지 입력할 수 있습니다.",
            en="At most {max_whole_digits} digits before the point are possible.",
        ),
    },
    serializers.DateField: {"invalid": DAY, "datetime": DAY},
    serializers.DateTimeField: {
        "invalid": MOMENT, "date": MOMENT, "make_aware": MOMENT, "overflow": MOMENT,
    },
    serializers.TimeField: {"invalid": TIME},
    serializers.ChoiceField: {"invalid_choice": CHOOSE},
    serializers.MultipleChoiceField: {
        "invalid_choice": CHOOSE, "not_a_list": LIST, "empty": CHOOSE_SOME,
    },
    serializers.FileField: {
        "required": Text(ko="파일을 골라 주십시오.", en="Please choose a file."),
        "invalid": Text(ko="파일을 읽을 수 없습니다.", en="This file cannot be read."),
        "no_name": Text(ko="파일 이름이 없습니다.", en="The file has no name."),
        "empty": Text(ko="빈 파일입니다.", en="This file is empty."),
        "max_length": Text(
            ko="파일 이름이 너무 깁니다. {max_length:,}자까지 됩니다.",
            en="The name of the file is too long: {max_length:,} characters are possible.",
        ),
    },
    serializers.ListField: _LISTED,
    serializers.ListSerializer: _LISTED,
    serializers.DictField: {"not_a_dict": READ, "empty": _LISTED["empty"]},
    serializers.Serializer: {"invalid": READ},
    relations.PrimaryKeyRelatedField: {
        "required": FILL_IN, "does_not_exist": NOT_THERE, "incorrect_type": NOT_THERE,
    },
    relations.ManyRelatedField: {"not_a_list": LIST, "empty": CHOOSE_SOME},
}  # fmt: skip


def speak_ourselves() -> None:
    """Put our sentences where every field takes its own from; in the language of each request."""
    for field, words in WORDS.items():
        said: dict[str, Any] = {code: Spoken(text) for code, text in words.items()}
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **said}


class Spoken:
    """A sentence that is said when it is needed: fields are made before a request is there."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text.say(language())

    def format(self, **values: object) -> str:
        """The sentence with the framework's values in it."""
        return str(self).format(**values)

    def __mod__(self, values: object) -> str:
        """Validators of Django fill in so; there is nothing of theirs in our sentences."""
        return str(self)
