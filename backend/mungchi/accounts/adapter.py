"""Where allauth's choices differ from ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from mungchi.accounts import operations
from mungchi.accounts.access import PROVEN_EMAIL
from mungchi.common.problems import too_many_requests

# As long as failed sign-ins are counted; see ACCOUNT_RATE_LIMITS.
COUNTED_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    """Addresses are kept in lower case; letters name the product instead of a Site row,
    and are written down instead of sent."""

    def clean_email(self, email: str) -> str:
        """Return the address as it is stored."""
        return super().clean_email(email).lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Answer 429 where too many attempts have failed; allauth's own answer is a 400."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            answer = too_many_requests(retry_after=COUNTED_SECONDS)
            raise ImmediateHttpResponse(answer) from None

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
