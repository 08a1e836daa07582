"""What an open campaign has come to: told of once a step, and once before it closes."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import Campaign, Progress, Step
from mungchi.campaigns.operations.moving import note
from mungchi.common import clock
from mungchi.common.money import plain

# An extension by less than this is reminded of by its own news alone.
REMIND_AGAIN: Final = timedelta(hours=48)


def note_progress(*, campaign_id: UUID) -> int:
    """Write down that an open campaign has reached another tier, or lost one; return how many.

    Each step is written once in a campaign's life, whatever comes and goes, so that nobody is told
    of it again. What closing now would give is the ladder that everybody sees; no figure of a firm
    is in it.
    """
    with transaction.atomic():
        # Whoever commits holds a share lock: under this one, all that was numbered is there to be
        # read. It is let go before the sums are made, so that nobody waits for them.
        campaign = queries.locked(campaign_id)
        last = queries.last_event(campaign.pk)
    seen = queries.closing_now(campaign)
    with transaction.atomic():
        Progress.objects.get_or_create(campaign=campaign)
        row = Progress.objects.select_for_update().get(campaign=campaign)
        campaign = Campaign.objects.get(pk=campaign_id)
        if campaign.state not in TAKING or row.seen >= last:
            return 0
        before, now = row.tier, None if seen is None else seen[0]
        row.seen, row.tier = last, now
        done = 0
        lower = seen is not None and before is not None and seen[0] < before
        if lower and queries.to_answer(campaign).exists():
            # Firms that have not answered a changed offer yet may bring it back; it is looked at
            # again with the next event, and what closing gave is told in any case.
            row.tier = before
        elif seen is not None and now != before:
            done = _step(campaign, before, *seen)
            row.seen = queries.last_event(campaign.pk) if done else last
        row.save(update_fields=["seen", "tier"])
        return done


def _step(campaign: Campaign, before: int | None, tier: int, price: Decimal) -> int:
    deeper = before is None or tier > before
    _, made = Step.objects.get_or_create(campaign=campaign, min_quantity=tier, deeper=deeper)
    if not made:
        return 0
    note(
        campaign,
        kind="tier_reached" if deeper else "price_rose",
        actor=SYSTEM,
        at=clock.now(),
        data={"min_quantity": tier, "unit_price": plain(price)},
    )
    return 1


def remind_of_closing(*, campaign_id: UUID) -> int:
    """Write down that a campaign closes within a day; again only after a long extension."""
    with transaction.atomic():
        Progress.objects.get_or_create(campaign_id=campaign_id)
        row = Progress.objects.select_for_update().get(campaign_id=campaign_id)
        campaign = Campaign.objects.get(pk=campaign_id)
        at = clock.now()
        closes: datetime | None = campaign.closes_at
        if campaign.state != "open" or closes is None or closes <= at:
            return 0
        if row.closing_told_at is not None and row.closing_told_at >= closes - REMIND_AGAIN:
            return 0
        row.closing_told_at = at
        row.save(update_fields=["closing_told_at"])
        note(campaign, kind="campaign_closing_soon", actor=SYSTEM, at=at,
             data={"closes_at": closes.isoformat()})  # fmt: skip
        return 1
