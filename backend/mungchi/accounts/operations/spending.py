"""A firm says up to which amount its buyers may commit it without asking an owner."""

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import ApprovalLimit, Firm
from mungchi.common import clock
from mungchi.common.errors import Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.money import EXPONENTS
from mungchi.common.text import Text


class CurrencyUnknown(Invalid):
    """The installation cannot account in it."""

    code = "currency_unknown"
    field = "currency"
    message = Text(ko="쓸 수 없는 통화입니다.", en="This currency cannot be used.")


def set_approval_limit(*, actor: Actor, amount: int | None, currency: str) -> ApprovalLimit:
    """An owner sets the limit (minor units, VAT included) or, with None, takes it away.

    It holds for commitments made and raised from now on; what waits goes on waiting. Again with the
    same: changes nothing. Raises NotFound, CurrencyUnknown.
    """
    if currency not in EXPONENTS:
        raise CurrencyUnknown
    with transaction.atomic():
        # The firm's row, so that two who set it at once come one after the other.
        firm = Firm.objects.select_for_update(no_key=True).filter(pk=actor.firm_id).first()
        if firm is None:
            raise NotFound
        row = ApprovalLimit.objects.filter(firm=firm).first()
        before = None if row is None else row.amount
        if row is not None and (row.amount, row.currency) == (amount, currency):
            return row
        row = row or ApprovalLimit(firm=firm)
        row.amount, row.currency = amount, currency
        row.save()
        record(row, kind="approval_limit_set", actor=actor, at=clock.now(), firm_id=firm.pk,
               data={"before": before, "after": amount, "currency": currency})  # fmt: skip
        return row
