"""The account on which a firm takes money: its owner names it, and every owner is told."""

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.common import clock
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.payments.models import FirmAccount
from mungchi.payments.operations.payout_errors import SameAccount

ACCOUNT = ("bank_name", "bank_account", "bank_holder")


def name_account(
    *, actor: Actor, bank_name: str, bank_account: str, bank_holder: str
) -> FirmAccount:
    """An owner says where the firm takes money: refunds, and what it is paid as a supplier.

    Holds at once, and all owners are told. A payout that is under way keeps the account it was
    prepared with, and is not sent when that is not the firm's any more. Raises SameAccount.
    """
    given = {"bank_name": bank_name.strip(), "bank_account": bank_account.strip(),
             "bank_holder": bank_holder.strip()}  # fmt: skip
    with transaction.atomic():
        firm = Firm.objects.select_for_update(no_key=True).get(pk=actor.firm_id)
        row = FirmAccount.objects.filter(firm=firm).first() or FirmAccount(firm=firm)
        before = {name: getattr(row, name) for name in ACCOUNT}
        if before == given:
            raise SameAccount
        for name, value in given.items():
            setattr(row, name, value)
        row.changed_by_id, row.changed_at = actor.user_id, clock.now()
        row.save()
        record(row, kind="firm_account_changed", actor=actor, at=row.changed_at, firm_id=firm.pk,
               data={"before": before, "after": given})  # fmt: skip
        wake_pipeline()
        return row
