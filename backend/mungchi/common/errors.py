"""The four kinds of refusal. Pure; each concrete error is defined beside what raises it.

`code` is the contract for programs and never changes; `message` is for people.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mungchi.common.text import Text


class Refused(Exception):
    """Something asked for is not done. Use one of the four kinds below."""

    status: ClassVar[int]
    code: ClassVar[str] = "refused"
    message: ClassVar[Text] = Text(ko="처리할 수 없습니다.", en="This cannot be done.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    @property
    def text(self) -> Text:
        """The sentence with this occurrence's values in it."""
        return self.message.format(**self.values) if self.values else self.message

    @property
    def fields(self) -> Mapping[str, Sequence[tuple[str, Text]]]:
        """Per input field: (code, sentence)."""
        return {}

    @property
    def extra(self) -> Mapping[str, Any]:
        """Further members of the problem document."""
        return {}


# What a request is told where a constraint or trigger of the database refuses, at the same moment,
# what an operation had allowed: name of the constraint -> the refusal. Apps enter theirs.
REFUSED_BY_DATABASE: dict[str, "type[Refused]"] = {}


class NotAllowed(Refused):
    """403: the person's seat has no right to it."""

    status = 403
    code = "not_allowed"
    message = Text(ko="이 작업을 할 권한이 없습니다.", en="Your role does not allow this.")


class NotFound(Refused):
    """404: there is none, or none that this seat may know of."""

    status = 404
    code = "not_found"
    message = Text(ko="찾을 수 없습니다.", en="There is nothing here.")


class Conflict(Refused):
    """409: right in form, but not in the present state of things."""

    status = 409
    code = "conflict"
    message = Text(ko="현재 상태에서는 할 수 없습니다.", en="That is not possible at present.")


class Invalid(Refused):
    """422: the values break a rule; `field` names where."""

    status = 422
    code = "invalid"
    message = Text(ko="입력값을 확인해 주십시오.", en="Please check what you entered.")
    field: ClassVar[str | None] = None

    @property
    def fields(self) -> Mapping[str, Sequence[tuple[str, Text]]]:
        """The one field this error is about, when it is about one."""
        return {self.field: [(self.code, self.text)]} if self.field else {}
