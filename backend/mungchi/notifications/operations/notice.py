"""One thing to be told to one seat, before it is written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mungchi.common.text import Text
from mungchi.notifications.queries.audience import Told


@dataclass(frozen=True, slots=True)
class Notice:
    """`mail` False keeps an e-mail from being sent though its kind is mailed. `of_kind`: the
    event's, unless it says another."""

    seat_id: UUID
    user_id: UUID
    sentence: Text
    link: str
    mail: bool = True
    of_kind: str = ""


class NotYet(Exception):
    """Nobody is to be told before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def tell_all(
    audience: Iterable[Told], sentence: Text, link: str, *, mail: bool = True, of_kind: str = ""
) -> list[Notice]:
    """The same sentence for everybody."""
    return [Notice(seat, user, sentence, link, mail, of_kind) for seat, user, _ in audience]
