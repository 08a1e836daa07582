"""On terms: the order goes out, the firm pays by a due day, each payment or a month's statement.

The money comes by transfer into the cooperative's own account, which carries what is not paid.
"""

from mungchi.accounts.models import Cooperative
from mungchi.payments.models import Terms
from mungchi.payments.providers.bank_transfer import BankTransfer


class Invoice(BankTransfer):
    """Transfers that are owed by a due day, for firms that the office lets buy on terms."""

    name = "invoice"

    def available(self, cooperative: Cooperative) -> bool:
        """Whether the cooperative offers terms at all; each firm has a limit of its own."""
        return Terms.objects.filter(cooperative=cooperative, offered=True).exists()

    def instructions(self, cooperative: Cooperative) -> dict[str, object]:
        """The cooperative's account, whether terms are offered now or not."""
        return dict(BankTransfer().instructions(cooperative))


INVOICE = Invoice()
