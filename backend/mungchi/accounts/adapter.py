"""Where allauth's choices differ from ours."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """Addresses are kept in lower case; letters name the product instead of a Site row."""

    def clean_email(self, email: str) -> str:
        """Return the address as it is stored."""
        return super().clean_email(email).lower()

    def format_email_subject(self, subject: str) -> str:
        """Put the product's name before the subject."""
        return f"[뭉치] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Fill in what allauth's templates expect of a site."""
        context.setdefault("current_site", {"name": "뭉치", "domain": settings.PUBLIC_URL})
        super().send_mail(template_prefix, email, context)
