"""Offers as a spreadsheet shows them, and the state of a campaign in words."""

from typing import Any, Final

from mungchi.campaigns.domain.kept import OFFER_STATES
from mungchi.campaigns.domain.states import CAMPAIGN_STATES, UNNEEDED
from mungchi.campaigns.models import Campaign, Offer
from mungchi.catalog.domain.units import UNITS
from mungchi.common.listing import Column, day_in
from mungchi.common.money import from_minor
from mungchi.common.text import Text


def campaign_state(campaign: Campaign) -> Text:
    """As screens say it. Expects `unneeded` (see queries.attach_unneeded)."""
    return UNNEEDED if campaign.unneeded else CAMPAIGN_STATES[campaign.state]


def _tiers(offer: Offer) -> list[Any]:
    return sorted(offer.tiers.all(), key=lambda tier: tier.min_quantity)


OFFER_COLUMNS: Final = [
    Column(Text(ko="공동구매", en="Campaign"), lambda o: o.campaign.title, 36),
    Column(Text(ko="품목", en="Item"), lambda o: o.campaign.item.name, 30),
    Column(Text(ko="공동구매 상태", en="Campaign's state"), lambda o: campaign_state(o.campaign)),
    Column(Text(ko="협동조합", en="Cooperative"), lambda o: o.campaign.host.name, 24),
    Column(Text(ko="공급사", en="Supplier"), lambda o: o.supplier.name, 24),
    Column(Text(ko="상태", en="State"), lambda o: OFFER_STATES[o.state]),
    Column(Text(ko="첫 구간 수량", en="First tier from"), lambda o: _tiers(o)[0].min_quantity),
    Column(Text(ko="첫 구간 단가", en="First price"), lambda o: _tiers(o)[0].unit_price),
    Column(Text(ko="마지막 구간 수량", en="Last tier from"),
           lambda o: _tiers(o)[-1].min_quantity),
    Column(Text(ko="마지막 구간 단가", en="Last price"), lambda o: _tiers(o)[-1].unit_price),
    Column(Text(ko="통화", en="Currency"), lambda o: o.campaign.currency, 8),
    Column(Text(ko="단위", en="Unit"), lambda o: UNITS[o.campaign.item.unit], 8),
    Column(Text(ko="포장 단위", en="Pack size"), lambda o: o.pack_size),
    Column(Text(ko="공급 가능 수량", en="Capacity"), lambda o: o.capacity),
    Column(Text(ko="납기(일)", en="Lead time (days)"), lambda o: o.lead_time_days),
    Column(Text(ko="배송비", en="Delivery cost"),
           lambda o: from_minor(o.delivery_cost, o.campaign.currency)),
    Column(Text(ko="제안일", en="Offered"),
           lambda o: day_in(o.revised_at, o.campaign.host.zone), 12),
    Column(Text(ko="유효 기한", en="Valid until"),
           lambda o: day_in(o.valid_until, o.campaign.host.zone), 12),
]  # fmt: skip
