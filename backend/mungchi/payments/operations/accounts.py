"""A provider account that does not work: nothing is charged until the office has seen to it."""

from datetime import datetime
from uuid import UUID

from mungchi.accounts.access import SYSTEM
from mungchi.common.history import set_state
from mungchi.payments.domain.states import PROVIDER_ACCOUNT
from mungchi.payments.models import ProviderAccount


def account_fails(account_id: UUID, code: str, at: datetime) -> None:
    """What opens the account does not: nothing is charged until the office has put it right."""
    account = ProviderAccount.objects.select_for_update(no_key=True).get(pk=account_id)
    if account.state != "ready":
        return
    account.problem = code
    set_state(account, "failed", machine=PROVIDER_ACCOUNT, kind="provider_account_fails",
              actor=SYSTEM, at=at, also=("problem",), cooperative_id=account.cooperative_id,
              data={"code": code})  # fmt: skip
