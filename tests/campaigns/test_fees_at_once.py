"""A fee that changes at the very moment at which a campaign opens."""

import threading
import time

from django.db import connection, transaction
from tests.campaigns.test_fees import joint
from tests.committing import committing
from tests.factories.accounts import asks

from mungchi.accounts.models import MemberFee
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign

__all__ = ["committing"]


def test_an_opening_and_a_change_of_fee_come_one_after_the_other(committing: None) -> None:
    """An opening that has read its time is waited for: what a firm reads then does not change."""
    story = joint()
    story.offered()
    campaigns.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="단가"
    )
    done: list[str] = []

    def raise_it() -> None:
        asks(story.partner, member_bp=900)
        done.append("raised")
        connection.close()

    with transaction.atomic():
        campaigns.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
        other = threading.Thread(target=raise_it)
        other.start()
        time.sleep(0.5)
        assert done == []
    other.join(10)
    assert done == ["raised"]
    campaign = Campaign.objects.get(pk=story.campaign.pk)
    assert MemberFee.objects.latest("since").since > campaign.opened_at
    assert queries.partner_fee_bp(campaign, story.partner.pk) == 50
