"""Where the status of business numbers is looked up: nowhere unless the installation says so."""

from django.conf import settings

from mungchi.accounts.providers.interface import Answer, LookUpFailed, TaxOffice
from mungchi.accounts.providers.national_tax_service import NationalTaxService

__all__ = ["Answer", "LookUpFailed", "TaxOffice", "tax_office"]


def tax_office() -> TaxOffice | None:
    """The service that this installation asks (TAX_STATUS_URL); None when it asks none."""
    if not settings.TAX_STATUS_URL:
        return None
    return NationalTaxService(settings.TAX_STATUS_URL, settings.TAX_STATUS_KEY)
