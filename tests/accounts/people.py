"""People with a password, and what was written to them."""

from typing import Any

from allauth.account.models import EmailAddress
from tests.accounts.browser import Browser
from tests.factories.accounts import UserFactory

from mungchi.accounts.models import User

PASSWORD = "garden-lamp-9041"


def person(email: str = "kim@mungchi.example", **fields: Any) -> User:
    """Somebody who has signed up and verified the address."""
    user = UserFactory(email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def at_browser(user: User, language: str = "ko") -> Browser:
    """The person, signed in at a browser of its own."""
    browser = Browser(language)
    answer = browser.sign_in(user.email, PASSWORD)
    assert answer.status_code == 200, answer.content
    return browser
