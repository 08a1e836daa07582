"""A transaction around what is tested, which stands for none of ours."""

from django.db import transaction
from django.db.transaction import Atomic


def around() -> Atomic:
    """As `transaction.atomic()`, and marked as Django marks the one around a whole test.

    What must not happen inside a transaction of ours (see payments.providers.guard) may inside it.
    """
    made = transaction.atomic()
    made._from_testcase = True
    return made
