"""Campaigns that are being filled after their deadline."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.accounts import member
from tests.factories.campaigns import Story

from mungchi.campaigns import operations, stage
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import Refused

LADDER = [(1, "120"), (40, "100"), (100, "90")]
HOURS = 24
OVER = timedelta(days=7, seconds=1)


class Filled:
    """A campaign with a broken pack: 31, 24 and 4 wanted, 48 ordered at 100, packs of 12."""

    def __init__(self, *quantities: int, **given: Any) -> None:
        self.story = Story(
            tiers=LADDER, pack_size=12, given={"fill_hours": HOURS, **given}
        ).opened()
        for quantity in quantities or (31, 20, 4):
            self.story.join(quantity)
        self.people = self.story.people
        self.newcomer = member(self.story.host)

    def begun(self) -> "Filled":
        with clock.shifted(OVER):
            assert stage.close_due() == 1
        return self

    @property
    def campaign(self) -> Campaign:
        return Campaign.objects.select_related("host", "item").get(pk=self.story.campaign.pk)

    def commit(self, quantity: int, actor: Any = None, **more: Any) -> Any:
        limit = more.pop("limit", None)
        with clock.shifted(more.pop("at", OVER)):
            return operations.commit(
                actor=actor or self.newcomer, campaign_id=self.story.campaign.pk,
                quantity=quantity, price_limit=None if limit is None else Decimal(limit), **more,
            )  # fmt: skip

    def refusal(self, quantity: int, actor: Any = None, **more: Any) -> str:
        with pytest.raises(Refused) as refused:
            self.commit(quantity, actor, **more)
        return refused.value.code
