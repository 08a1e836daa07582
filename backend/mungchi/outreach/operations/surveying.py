"""Looking through every cooperative for who is left out: opening spells, and noting how they end.

One cooperative is one transaction. Running twice changes nothing: a spell is open or not.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import Membership
from mungchi.campaigns.models import Commitment
from mungchi.common.history import event, record_all
from mungchi.common.models import History
from mungchi.outreach import queries
from mungchi.outreach.domain.leftout import LeftOut
from mungchi.outreach.models import Quiet, Spell, Survey

EVERY: Final = timedelta(hours=1)


def survey_cooperative(*, cooperative_id: UUID, at: datetime) -> int:
    """Bring the spells of one cooperative up to `at`; return how many began or ended.

    A firm that left the list returned when it has committed since it came on it; else it was heard
    from, asked to be left alone, or is a member no more. 0 when another worker surveys it.
    """
    with transaction.atomic():
        Survey.objects.bulk_create(
            [Survey(cooperative_id=cooperative_id, at=at - EVERY)], ignore_conflicts=True
        )
        survey = (
            Survey.objects.select_for_update(no_key=True, skip_locked=True)
            .filter(cooperative_id=cooperative_id)
            .first()
        )
        if survey is None:
            return 0
        survey.at = at
        survey.save(update_fields=["at"])
        left_out = {row.firm_id: row for row in queries.left_out_of(cooperative_id, at).rows}
        open_spells = {
            row.firm_id: row
            for row in Spell.objects.filter(cooperative_id=cooperative_id, ended_at=None)
        }
        events = _end(cooperative_id, open_spells, left_out, at)
        events += _begin(cooperative_id, open_spells, left_out, at)
        record_all(events)
        return len(events)


def _begin(
    cooperative_id: UUID,
    open_spells: Mapping[UUID, Spell],
    left_out: Mapping[UUID, LeftOut],
    at: datetime,
) -> list[History]:
    fresh = [
        Spell(
            cooperative_id=cooperative_id,
            firm_id=firm_id,
            division_id=row.division_id,
            began_at=at,
            reasons=list(row.reasons),
        )
        for firm_id, row in left_out.items()
        if firm_id not in open_spells
    ]
    Spell.objects.bulk_create(fresh, batch_size=1000)
    return [_event(row, "left_out", at, {"reasons": row.reasons}) for row in fresh]


def _end(
    cooperative_id: UUID,
    open_spells: Mapping[UUID, Spell],
    left_out: Mapping[UUID, LeftOut],
    at: datetime,
) -> list[History]:
    """A commitment ends a spell even where another reason would keep the firm on the list."""
    returned = _returns(cooperative_id, open_spells)
    gone = {firm: row for firm, row in open_spells.items()
            if firm not in left_out and firm not in returned}  # fmt: skip
    members = set(
        Membership.objects.filter(
            cooperative_id=cooperative_id, firm_id__in=list(gone), state="active"
        ).values_list("firm_id", flat=True)
    )
    quiet = set(
        Quiet.objects.filter(cooperative_id=cooperative_id, firm_id__in=list(gone)).values_list(
            "firm_id", flat=True
        )
    )
    ended = []
    for firm_id, row in open_spells.items():
        if firm_id in returned:
            row.end, row.campaign_id, row.ended_at = "returned", *returned[firm_id]
        elif firm_id in gone:
            row.ended_at = at
            row.end = ("gone" if firm_id not in members
                       else "quiet" if firm_id in quiet else "heard")  # fmt: skip
        else:
            continue
        ended.append(row)
    Spell.objects.bulk_update(ended, ["end", "campaign", "ended_at"], batch_size=1000)
    return [_event(row, f"left_out_{row.end}", at, {"campaign": str(row.campaign_id or "")})
            for row in ended]  # fmt: skip


def _returns(
    cooperative_id: UUID, open_spells: Mapping[UUID, Spell]
) -> dict[UUID, tuple[UUID, datetime]]:
    """By firm: the first campaign it has committed to since its spell began, and when."""
    if not open_spells:
        return {}
    earliest = min(row.began_at for row in open_spells.values())
    rows = Commitment.objects.filter(
        Q(state="active", accepted_at__gte=earliest),
        ~Q(campaign__state__in=["failed", "cancelled"]),
        cooperative_id=cooperative_id,
        firm_id__in=list(open_spells),
    ).order_by("accepted_at", "id")
    found: dict[UUID, tuple[UUID, datetime]] = {}
    for firm_id, campaign_id, at in rows.values_list("firm_id", "campaign_id", "accepted_at"):
        if at >= open_spells[firm_id].began_at:
            found.setdefault(firm_id, (campaign_id, at))
    return found


def _event(row: Spell, kind: str, at: datetime, data: dict[str, object]) -> History:
    return event(row, kind=kind, actor=SYSTEM, at=at, cooperative_id=row.cooperative_id,
                 firm_id=row.firm_id, data=data)  # fmt: skip
