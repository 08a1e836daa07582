"""Telling the office how charging of a campaign went, once a round of it is over."""

from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.history import record
from mungchi.payments.queries import charging as queries


def sum_up_charging(*, campaign_id: UUID) -> int:
    """Write one event with how many are paid, tried again and wait for the firm; return 1, or 0
    when charging goes on or nothing happened since it was last told."""
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if campaign_id not in queries.campaigns_to_sum_up(clock.now(), campaign_id):
            return 0
        record(
            campaign, kind="charges_summed", actor=SYSTEM, at=clock.now(), thread=campaign.pk,
            cooperative_id=campaign.host_id, data=queries.how_charging_went(campaign_id),
        )  # fmt: skip
        return 1
