"""A firm asks one of its cooperatives to leave it alone, and takes that back."""

from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperatives_of
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import record
from mungchi.outreach.models import Quiet


def leave_us_alone(*, actor: Actor, cooperative_id: UUID) -> Quiet:
    """The firm is on the office's list no more, and the office sends it nothing of its own accord.

    Again: changes nothing. Raises NotFound for a cooperative it is no active member of.
    """
    _check_member(actor, cooperative_id)
    with transaction.atomic():
        at = clock.now()
        row, new = Quiet.objects.get_or_create(
            cooperative_id=cooperative_id, firm_id=actor.firm_id, defaults={"since_at": at}
        )
        if new:
            record(row, kind="left_alone", actor=actor, at=at, cooperative_id=cooperative_id,
                   firm_id=actor.firm_id)  # fmt: skip
        return row


def speak_to_us_again(*, actor: Actor, cooperative_id: UUID) -> None:
    """The office may turn to the firm again. Again: changes nothing. Raises NotFound."""
    _check_member(actor, cooperative_id)
    with transaction.atomic():
        row = (
            Quiet.objects.select_for_update()
            .filter(cooperative_id=cooperative_id, firm_id=actor.firm_id)
            .first()
        )
        if row is None:
            return
        record(row, kind="spoken_to_again", actor=actor, at=clock.now(),
               cooperative_id=cooperative_id, firm_id=actor.firm_id)  # fmt: skip
        row.delete()


def _check_member(actor: Actor, cooperative_id: UUID) -> None:
    if not actor.firm_id or not cooperatives_of(actor.firm_id).filter(pk=cooperative_id).exists():
        raise NotFound
