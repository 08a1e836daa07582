"""allauth's views about second factors, where ours promise more than they do.

Adding, removing and renewing are one transaction each with their row of history, the last factor
stays while a seat needs it, the QR code is drawn here, and a code is good once. They answer as
allauth's do (its headless specification); refusals of ours are problem documents.
"""

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.headless.base.response import APIResponse
from allauth.headless.constants import Client
from allauth.headless.mfa import inputs, views
from allauth.headless.mfa.response import AuthenticatorDeletedResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import get_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mungchi.accounts import operations
from mungchi.accounts.access import Actor
from mungchi.common.errors import Refused
from mungchi.common.problems import refused


class _OnceOnly:
    """A code opens one door: within the tolerance it would else be good for three times as long
    as allauth remembers it. (RFC 6238, 5.2)"""

    def clean_code(self) -> str:
        """Check the code, and that it was not taken before."""
        code: str = super().clean_code()  # type: ignore[misc]
        factor: Authenticator = self.authenticator  # type: ignore[attr-defined]
        steps = 2 * settings.MFA_TOTP_TOLERANCE + 1
        if factor.type == Authenticator.Type.TOTP and not cache.add(
            f"totp-taken:{factor.pk}:{code.strip()}", "y", timeout=30 * steps
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class _AuthenticateInput(_OnceOnly, inputs.AuthenticateInput):
    pass


class _ReauthenticateInput(_OnceOnly, inputs.ReauthenticateInput):
    pass


class AuthenticateView(views.AuthenticateView):
    """The second step of signing in, by a code."""

    input_class = _AuthenticateInput


class ReauthenticateView(views.ReauthenticateView):
    """Proving again who one is, by a code."""

    input_class = _ReauthenticateInput


def _actor(request: HttpRequest) -> Actor:
    user: Any = request.user
    return Actor(role="", user_id=user.pk, user_name=user.called)


class _Whole:
    """One transaction; a refusal of an operation undoes it and is answered as everywhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Run the request in a transaction."""
        try:
            with transaction.atomic():
                return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Refused as refusal:
            return refused(refusal)

    def note_added(self, request: HttpRequest, factor: Authenticator) -> None:
        """Record a factor that allauth has just saved."""
        kept = request.session.session_key
        operations.note_factor_added(
            actor=_actor(request), user=request.user, factor=factor, kept=kept
        )


class TotpView(_Whole, views.ManageTOTPView):
    """The authenticator app."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The factor, or 404 with what is needed to set it up: secret, address and QR code."""
        answer = super().get(request, *args, **kwargs)
        if answer.status_code != 404:
            return answer
        adapter = get_adapter()
        secret = get_totp_secret()
        address = adapter.build_totp_url(request.user, secret)
        drawn = adapter.build_totp_svg(address)
        meta = {"secret": secret, "totp_url": address, "totp_svg": drawn}
        return APIResponse(request, meta=meta, status=404)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add it, with a first code."""
        answer = super().post(request, *args, **kwargs)
        self.note_added(request, Authenticator.objects.get(user=request.user, type="totp"))
        return answer

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it."""
        raise_if_reauthentication_required(request, app="allauth.mfa")
        rows = Authenticator.objects.filter(user=request.user, type="totp")
        operations.remove_factors(
            actor=_actor(request), user=request.user, ids=list(rows.values_list("pk", flat=True))
        )
        return AuthenticatorDeletedResponse(request)


class PasskeysView(_Whole, views.ManageWebAuthnView):
    """Passkeys."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add one."""
        answer = super().post(request, *args, **kwargs)
        newest = Authenticator.objects.filter(user=request.user, type="webauthn").latest("pk")
        self.note_added(request, newest)
        return answer

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove some."""
        raise_if_reauthentication_required(request, app="allauth.mfa")
        chosen = self.input.cleaned_data["authenticators"]
        operations.remove_factors(
            actor=_actor(request), user=request.user, ids=[row.pk for row in chosen]
        )
        return AuthenticatorDeletedResponse(request)


class RecoveryCodesView(_Whole, views.ManageRecoveryCodesView):
    """Recovery codes."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make new ones; the old ones end."""
        answer = super().post(request, *args, **kwargs)
        operations.note_codes_renewed(actor=_actor(request), user=request.user)
        return answer


_VIEWS = {
    "auth/2fa/authenticate": AuthenticateView,
    "auth/2fa/reauthenticate": ReauthenticateView,
    "account/authenticators/totp": TotpView,
    "account/authenticators/webauthn": PasskeysView,
    "account/authenticators/recovery-codes": RecoveryCodesView,
}
# Below /api/auth/browser/v1/, before allauth's own.
urlpatterns = [
    path(address, view.as_api_view(client=Client.BROWSER)) for address, view in _VIEWS.items()
]
