"""A signed-in API client for a seat, with the real permission code and CSRF off."""

import time
from typing import Any

from rest_framework.test import APIClient

from mungchi.accounts.access import Actor
from mungchi.accounts.models import User


def client_for(actor: Actor, language: str = "ko") -> APIClient:
    """Return a client whose requests act for the actor's seat."""
    client = APIClient()
    client.force_login(
        User.objects.get(pk=actor.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    client.credentials(HTTP_X_SEAT=str(actor.seat_id), HTTP_ACCEPT_LANGUAGE=language)
    return client


def proved(client: Any, *, lasting: float = 0) -> Any:
    """The person has just given its password once more; returns the client.

    lasting: seconds for which it is as if that was a moment ago.
    """
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + lasting, "reauthenticated": True}
    ]
    session.save()
    return client
