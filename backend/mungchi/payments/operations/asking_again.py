"""What a provider's balance or an event tells of a charge, a refund or a transfer that the books do
not have: it is asked about, and what is true of it now is written as ever."""

import logging
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.common import clock
from mungchi.payments.domain.open_items import HOLDING
from mungchi.payments.models import Attempt, BalanceLine, OpenItem, ProviderAccount, Refund
from mungchi.payments.operations.answers import apply_fact
from mungchi.payments.operations.open_items import open_item, returned_by_itself
from mungchi.payments.operations.sending_payouts import take_payout
from mungchi.payments.operations.sending_refunds import refund_answered
from mungchi.payments.providers import OnlineProvider
from mungchi.payments.providers.facts import Credentials, ProviderError, RefundFact
from mungchi.payments.queries.charging import attempt_of_charge
from mungchi.payments.queries.events import attempt_meant, refund_meant

logger = logging.getLogger("mungchi.balance")
# So many are asked about in one reading; the rest in the next.
MOST: Final = 200


def ask_about(
    account: ProviderAccount,
    provider: OnlineProvider,
    credentials: Credentials,
    lines: Sequence[UUID],
) -> int:
    """Ask what is true of the sources of some movements, and write it; return how many answered.
    One that is not answered stays as it is. Not to be called in a transaction."""
    done = 0
    for line in BalanceLine.objects.filter(pk__in=lines).order_by("at", "pk")[:MOST]:
        before = clock.now()
        try:
            if line.kind == "charge":
                fact = provider.sync(credentials, line.source_id)
                attempt = attempt_meant(account, fact.id, fact.metadata)
                if attempt is not None:
                    apply_fact(attempt_id=attempt.pk, fact=fact, before=before)
            elif line.kind in ("transfer", "transfer_reversal"):
                take_payout(account, provider.payout_of(credentials, line.source_id))
            else:
                take_refund(account, provider.refund_of(credentials, line.source_id))
            done += 1
        except ProviderError as error:
            logger.warning("movement %s was not asked about: %s", line.external_id, error)
    return done


def take_refund(account: ProviderAccount, fact: RefundFact) -> bool:
    """Write what is true of a refund, whoever made it; False when it is of nothing of ours.

    One of ours is settled. One that gives back money which was owed for nothing settles its item.
    Any other of a charge of ours was made by hand at the provider, and is the office's to take in.
    """
    refund = refund_meant(account, fact.id, fact.metadata)
    if refund is not None:
        refund_answered(refund_id=refund.pk, fact=fact)
        return True
    attempt = attempt_of_charge(account, fact.charge_id)
    if attempt is None:
        return False
    if fact.state == "succeeded" and not _settles(account, fact):
        _elsewhere(account, attempt, fact)
    return True


def _settles(account: ProviderAccount, fact: RefundFact) -> bool:
    """Settle the open item whose money this gave back, if there is one; also when that is so."""
    with transaction.atomic():
        item = (
            OpenItem.objects.filter(account=account, kind__in=HOLDING,
                                    external_id=fact.charge_id, theirs=fact.amount,
                                    currency=fact.currency)
            .order_by("pk").select_for_update(no_key=True).first()
        )  # fmt: skip
        if item is None:
            return False
        if item.state == "open":
            returned_by_itself(item, clock.now(), fact.id)
            return True
        return item.outcome == "returned"


def _elsewhere(account: ProviderAccount, attempt: Attempt, fact: RefundFact) -> None:
    # Taken in meanwhile: it is one of ours now.
    if Refund.objects.filter(cooperative_id=account.cooperative_id, external_id=fact.id).exists():
        return
    with transaction.atomic():
        open_item(attempt, "refund_elsewhere", fact.id, clock.now(), theirs=-fact.amount)
