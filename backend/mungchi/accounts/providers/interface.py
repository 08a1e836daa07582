"""What a service that knows the status of business numbers must be able to say.

Adding one is adding a folder beside this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a number: registered, suspended, closed (when), or unknown to the service.

    `taxation` is the service's own word for how it is taxed, as it was given.
    """

    status: str
    taxation: str = ""
    ended_date: date | None = None


class LookUpFailed(Exception):
    """No answer: `reason` is unreachable (try again), refused (key, quota), or unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TaxOffice(Protocol):
    """A service to ask."""

    most: int

    def look_up(self, numbers: Sequence[str]) -> Mapping[str, Answer]:
        """Ask about at most `most` numbers of ten digits; raise LookUpFailed.

        A number that the service passes over in silence is missing from the answer.
        """
        ...
