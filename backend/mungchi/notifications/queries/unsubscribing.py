"""The sign in an e-mail by which its reader turns its kind off without signing in."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core import signing

from mungchi.accounts.models import User
from mungchi.common.errors import NotFound
from mungchi.common.text import Text
from mungchi.notifications.domain.kinds import CHOSEN, DIGEST, KINDS, OFF, chosen_as
from mungchi.notifications.models import Mailbox, Preference

# In place of a kind: the daily letter.
DAILY: Final = "daily"
DAILY_TITLE: Final = Text(ko="하루 한 번 모아 보내는 메일", en="The daily letter")
_SALT: Final = "mungchi.unsubscribe"


class UnknownToken(NotFound):
    """The address was not made by us, or its person is gone."""

    code = "unknown_token"
    message = Text(
        ko="알 수 없는 수신 거부 주소입니다. 메일의 링크를 다시 확인해 주십시오.",
        en="This unsubscribe address is not known. Please check the link in the e-mail.",
    )


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a token is for, and what holds now."""

    user_id: UUID
    kind: str
    title: Text
    off: bool
    everything_off: bool


def token_for(user_id: UUID, kind: str) -> str:
    """A signed word that says whose e-mails of which kind; it does not run out."""
    name = kind if kind == DAILY else chosen_as(kind)
    return signing.Signer(salt=_SALT).sign(f"{user_id.hex}.{name}")


def read_token(token: str) -> tuple[UUID, str]:
    """Whose e-mails and which kind; raises UnknownToken."""
    try:
        user, _, kind = signing.Signer(salt=_SALT).unsign(token).partition(".")
        user_id = UUID(user)
    except (signing.BadSignature, ValueError):
        raise UnknownToken from None
    if kind not in (DAILY, *CHOSEN) or not User.objects.filter(pk=user_id).exists():
        raise UnknownToken
    return user_id, kind


def subscription(token: str) -> Subscription:
    """What a token is for; raises UnknownToken. Whoever holds it learns nothing of the person."""
    user_id, kind = read_token(token)
    everything = Mailbox.objects.filter(user_id=user_id, only_necessary=True).exists()
    ways = mail_ways(user_id)
    off = DIGEST not in ways.values() if kind == DAILY else ways[kind] == OFF
    title = DAILY_TITLE if kind == DAILY else KINDS[kind].title
    return Subscription(user_id, kind, title, off or everything, everything)


def mail_ways(user_id: UUID) -> dict[str, str]:
    """How each kind is mailed to a person."""
    kept = dict(Preference.objects.filter(user_id=user_id).values_list("kind", "mail"))
    return {name: kept.get(name, KINDS[name].mail) for name in CHOSEN}
