"""A signed-in API client for a seat, with the real permission code and CSRF off."""

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
