"""Looking up what the tax service says of firms: claim, ask outside any transaction, write down."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from mungchi.accounts import queries
from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import TaxStatus
from mungchi.accounts.providers import Answer
from mungchi.common import clock
from mungchi.common.history import record

# As long as an answer holds, and how long a claim keeps others from asking the same.
HOLDS = timedelta(days=90)
CLAIM = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=1)


def claim_tax_statuses(*, most: int) -> list[tuple[UUID, str]]:
    """Take up to `most` firms whose status is due; return (firm, number). Others skip them.

    Whoever dies after this is a delay of CLAIM, not a look-up lost.
    """
    with transaction.atomic():
        at = clock.now()
        fresh = queries.firms_never_looked_up(most)
        TaxStatus.objects.bulk_create(
            [TaxStatus(firm_id=pk, next_at=at) for pk in fresh], ignore_conflicts=True
        )
        rows = list(
            TaxStatus.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
            .select_related("firm")
            .filter(next_at__lte=at, firm__business_number__isnull=False)
            .order_by("next_at", "id")[:most]
        )
        TaxStatus.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=at + CLAIM)
        return [(row.firm_id, str(row.firm.business_number)) for row in rows]


def record_tax_answers(
    *, claimed: Sequence[tuple[UUID, str]], answers: Mapping[str, Answer]
) -> int:
    """Write down what was answered, and when; a change of status is an event of the firm.

    A number passed over in silence counts as a failed attempt. Returns how many were answered.
    """
    passed_over = [pair for pair in claimed if pair[1] not in answers]
    record_tax_failure(claimed=passed_over, reason="unreadable")
    with transaction.atomic():
        at = clock.now()
        rows = TaxStatus.objects.select_for_update(no_key=True, of=("self",)).select_related("firm")
        firms = [firm_id for firm_id, number in claimed if number in answers]
        done = 0
        for row in rows.filter(firm__in=firms).order_by("id"):
            answer = answers[str(row.firm.business_number)]
            before, row.status = row.status, answer.status
            row.taxation, row.ended_date = answer.taxation, answer.ended_date
            row.looked_up_at, row.next_at = at, at + HOLDS
            row.problem, row.attempts = "", 0
            row.save()
            if before != row.status:
                record(row.firm, kind="tax_status_changed", actor=SYSTEM, at=at,
                       firm_id=row.firm_id, data={"before": {"tax_status": before},
                                                  "after": {"tax_status": row.status}})  # fmt: skip
            done += 1
        return done


def record_tax_failure(*, claimed: Sequence[tuple[UUID, str]], reason: str) -> None:
    """Write down that no answer came, and try again later: 5, 10, 20 ... minutes, a day at most."""
    with transaction.atomic():
        at = clock.now()
        rows = TaxStatus.objects.select_for_update(no_key=True).filter(
            firm__in=[firm_id for firm_id, _ in claimed]
        )
        for row in rows.order_by("id"):
            row.attempts = min(row.attempts + 1, 30)
            wait = timedelta(minutes=5) * 2 ** (row.attempts - 1)
            row.problem, row.next_at = reason, at + min(wait, LONGEST_WAIT)
            row.save(update_fields=["attempts", "problem", "next_at"])
