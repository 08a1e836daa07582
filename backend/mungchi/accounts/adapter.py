"""Where allauth's choices differ from ours."""

import base64
import logging
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from mungchi.accounts import operations
from mungchi.accounts.access import PROVEN_EMAIL
from mungchi.accounts.models import User
from mungchi.common.problems import language, too_many_requests
from mungchi.common.sealing import CannotOpen, seal, unseal
from mungchi.common.text import Text

logger = logging.getLogger("mungchi.accounts")

# As long as failed attempts are counted; see ACCOUNT_RATE_LIMITS.
COUNTED_SECONDS = 300
TOO_MANY = {"too_many_login_attempts", "rate_limited"}
# For what secrets of factors are sealed; see common.sealing.
SECOND_FACTOR = "second factor"


class AccountAdapter(DefaultAccountAdapter):
    """Addresses are kept in lower case; letters name the product instead of a Site row,
    and are written down instead of sent."""

    def clean_email(self, email: str) -> str:
        """Return the address as it is stored."""
        return super().clean_email(email).lower()

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Answer 429 where too many attempts have failed; allauth's own answer is a 400."""
        if code in TOO_MANY:
            raise ImmediateHttpResponse(too_many_requests(retry_after=COUNTED_SECONDS))
        return super().validation_error(code, *args)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Hash a password nobody has, as signing up would: the time tells nothing either."""
        User().set_password(secrets.token_urlsafe(16))
        super().send_account_already_exists_mail(email)

    def set_password(self, user: User, password: str) -> None:
        """A new password, by changing or by resetting it, ends the other sessions."""
        session = allauth_context.request.session
        operations.change_password(user=user, password=password, kept=session.session_key)

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whether somebody in this session has shown a key that was mailed to the address.

        allauth's own stash would also give its address to an account made with another one.
        """
        return bool(request.session.get(PROVEN_EMAIL) == email.lower())

    def format_email_subject(self, subject: str) -> str:
        """Put the product's name before the subject."""
        return f"[뭉치] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the letter down; the pipeline sends it, whatever the mail server says just now."""
        context.setdefault("current_site", {"name": "뭉치", "domain": settings.PUBLIC_URL})
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        ((html, _),) = getattr(message, "alternatives", None) or [("", "text/html")]
        operations.write_letter(
            kind=template_prefix.rpartition("/")[2],
            recipient=email,
            subject=message.subject,
            text=message.body,
            html=html,
        )

    def send_notification_mail(self, template_prefix: str, *args: Any, **kwargs: Any) -> None:
        """Letters about factors are written by the operations that record the change."""
        if not template_prefix.startswith("mfa/"):
            super().send_notification_mail(template_prefix, *args, **kwargs)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: encrypted in the database, and bound to the address that people type."""

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps and seeds of recovery codes: a stolen backup is no key."""
        return seal(text, SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` was given.

        What no present key opens is as good as lost: then a secret that no code fits, so that the
        person is refused like anybody with a wrong code, and an operator can reset the factor.
        """
        try:
            return unseal(encrypted_text, SECOND_FACTOR)
        except CannotOpen:
            logger.error("a second factor cannot be decrypted: SECRET_KEY was changed")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host that people type, whatever proxies make of it."""
        return {"id": str(settings.PUBLIC_HOST), "name": "뭉치 Mungchi"}

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """How a passkey is called that was given no name."""
        number = user.authenticator_set.filter(type=type).count() + 1
        name = Text(ko="패스키 {number}", en="Passkey {number}")
        return name.format(number=number).say(language())
