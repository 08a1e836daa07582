"""What opens a cooperative's account with a provider, read for a call that comes next."""

from mungchi.common import wall
from mungchi.payments.models import ProviderAccount, ProviderSecret
from mungchi.payments.providers.facts import Credentials


def credentials_of(account: ProviderAccount) -> Credentials:
    """Open the account's secrets; raises DoesNotExist where there are none. In a transaction."""
    with wall.in_front():
        secret = ProviderSecret.objects.get(account=account)
    return Credentials(secret.key, secret.webhook, account.live)
