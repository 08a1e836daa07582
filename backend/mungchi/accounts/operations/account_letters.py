"""Letters about the account itself: told by e-mail whatever seats a person has."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils import translation

from mungchi.accounts.models import User
from mungchi.common.text import Text

NOT_YOU = Text(
    ko="본인이 하지 않았다면 바로 비밀번호를 바꾸고, 소속 조합이나 운영자에게 알려 주십시오.",
    en="If it was not you, change your password at once and tell your cooperative or an operator.",
)


def write_to(user: User, title: Text, sentence: Text, *, page: str = "/settings/security") -> None:
    """Write to a person, in the person's language: a letter of the present transaction."""
    with translation.override(user.language):
        context = {
            "title": title.say(user.language),
            "sentence": sentence.say(user.language),
            "not_you": NOT_YOU.say(user.language),
            "name": user.called,
            "address": f"{settings.PUBLIC_URL}{page}",
        }
        get_adapter().send_mail("account/email/account_news", user.email, context)
