"""Asking Stripe: one client for each key, and what its errors mean.

The library tries again by itself after a failure whose outcome nobody knows, under the same key.
Its last answer is then not the whole story: a 429 after a try that timed out does not mean that
nothing happened. So the client remembers whether a try of this call was lost.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final, TypeVar

import stripe
from django.conf import settings
from stripe import StripeClient

from mungchi.payments.providers.facts import (
    Credentials,
    ProviderAway,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderRefused,
)

VERSION: Final = "2026-10-28.endive"
RETRIES: Final = 2
# Lines of a list that are asked for at once; Stripe gives no more.
PAGE: Final = 100
# Our clock may be ahead of Stripe's: what is looked for since a moment may have been made before
# it, and is told by what we wrote on it.
SKEW: Final = timedelta(hours=1)
CONNECT_SECONDS: Final = 5.0
LIVE_KEYS: Final = ("sk_live_", "rk_live_")

Answer = TypeVar("Answer")


class RefusedWith(ProviderRefused):
    """Refused, and the answer carries the PaymentIntent as it is since."""

    def __init__(self, refused: ProviderRefused, intent: dict[str, Any]) -> None:
        super().__init__(refused.code, refused.decline_code, refused.message)
        self.intent = intent


class Http(stripe.RequestsClient):
    """The library's own transport, which also remembers tries of unknown outcome, by thread."""

    def forget(self) -> None:
        """Begin a call: no try of it was lost yet."""
        self._thread_local.lost = False

    @property
    def lost(self) -> bool:
        """Whether a try of this call got no answer that says what happened."""
        return bool(getattr(self._thread_local, "lost", False))

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **more: Any,
    ) -> tuple[Any, int, Mapping[str, str]]:
        """Send one try."""
        try:
            answer = super().request(method, url, headers, post_data, **more)
        except stripe.APIConnectionError:
            self._thread_local.lost = True
            raise
        if answer[1] >= 500 or answer[1] == 409:
            self._thread_local.lost = True
        return answer


def simulated() -> bool:
    """Whether calls go to another server than Stripe's own."""
    return bool(settings.STRIPE_API_BASE)


@lru_cache(maxsize=64)
def _client(key: str, base: str, seconds: int) -> tuple[StripeClient, Http]:
    http = Http(timeout=(CONNECT_SECONDS, float(seconds)))
    client = StripeClient(
        key,
        stripe_version=VERSION,
        max_network_retries=RETRIES,
        http_client=http,
        base_addresses={"api": base} if base else None,
    )
    return client, http


def client_for(credentials: Credentials) -> tuple[StripeClient, Http]:
    """Return the client of a key; raises ProviderRefused when the key cannot be used at all."""
    live_key = credentials.secret_key.startswith(LIVE_KEYS)
    if live_key != credentials.live:
        raise ProviderRefused("mode_mismatch", message="the key is of the other mode")
    if live_key and simulated():
        raise ProviderRefused("mode_mismatch", message="a live key goes to Stripe alone")
    if not credentials.secret_key.strip() or not credentials.secret_key.isascii():
        raise ProviderRefused("key_invalid")
    return _client(
        credentials.secret_key, settings.STRIPE_API_BASE.rstrip("/"), settings.STRIPE_TIMEOUT
    )


def once(key: str) -> dict[str, str]:
    """The options of a call that acts: under this key it is done once."""
    return {"idempotency_key": key}


def ask(credentials: Credentials, call: Callable[[Any], Any]) -> dict[str, Any]:
    """Make one call (of `client.v1`) and return its answer as plain data.

    Raises ProviderRefused (RefusedWith when a PaymentIntent came along), ProviderAway or
    ProviderBusy.
    """
    return _asked(credentials, lambda v1: call(v1).to_dict())


def ask_all(credentials: Credentials, call: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """Return all objects of a list, over as many pages as it has: the oldest first."""
    return _asked(
        credentials,
        lambda v1: [each.to_dict() for each in call(v1).auto_paging_iter()][::-1],
    )


def _asked(credentials: Credentials, call: Callable[[Any], Answer]) -> Answer:
    client, http = client_for(credentials)
    http.forget()
    try:
        return call(client.v1)
    except stripe.StripeError as error:
        raise _meaning(error, lost=http.lost) from error
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        # The library takes an answer's shape for granted in many places.
        raise ProviderAway(f"the answer could not be read: {type(error).__name__}") from error


def _meaning(error: stripe.StripeError, *, lost: bool) -> ProviderError:
    body = error.json_body if isinstance(error.json_body, dict) else {}
    told: Any = body.get("error")
    if not isinstance(told, dict):
        told = {}
    code = str(told.get("code") or told.get("type") or type(error).__name__)
    message = str(told.get("message") or "")
    refused: ProviderRefused
    match error:
        case stripe.RateLimitError():
            return ProviderAway("429 after a lost try") if lost else ProviderBusy(code)
        case stripe.IdempotencyError():
            refused = ProviderRefused("parameters_differ", message=message)
        case stripe.AuthenticationError():
            return _unless(lost, ProviderRefused("key_invalid", message=message))
        case stripe.PermissionError():
            return _unless(lost, ProviderRefused("permission_missing", message=message))
        case stripe.CardError() | stripe.InvalidRequestError():
            ours = "not_found" if error.http_status == 404 else code
            refused = ProviderRefused(ours, _text(told.get("decline_code")), message)
        case stripe.APIError() if error.http_status == 500 and _replayed(error):
            return ProviderFailed(f"500 again {message}")
        case _:
            return ProviderAway(f"{type(error).__name__} {error.http_status or ''} {message}")
    intent = told.get("payment_intent")
    return RefusedWith(refused, intent) if isinstance(intent, dict) else refused


def _replayed(error: stripe.StripeError) -> bool:
    """Whether an answer was kept with the key. https://docs.stripe.com/api/idempotent_requests"""
    told = {name.lower(): value for name, value in (error.headers or {}).items()}
    return str(told.get("idempotent-replayed", "")).lower() == "true"


def _unless(lost: bool, refused: ProviderRefused) -> ProviderError:
    return ProviderAway(f"{refused.code} after a lost try") if lost else refused


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
