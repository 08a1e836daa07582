"""Rows of what happens between the first offer and the award, for a side of the matrix."""

import io
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from tests.factories.accounts import SeatFactory, coordinator_of, supplier
from tests.permissions.rows import offered, sourcing
from tests.permissions.world import Affair, Side

from mungchi.accounts.access import actor_for
from mungchi.accounts.models import User
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign, Decision
from mungchi.common import clock

PDF = b"%PDF-1.7 specification"


def question(side: Side) -> UUID:
    """What the side's supplier asks."""
    return operations.ask_question(
        actor=side.supplier, campaign_id=sourcing(side), text="포장 단위를 바꿀 수 있습니까?"
    ).pk


def campaign_file(side: Side) -> UUID:
    """A drawing with a campaign that looks for offers."""
    return operations.attach_to_campaign(
        actor=side.office, campaign_id=sourcing(side), filename="도면.pdf", stream=io.BytesIO(PDF)
    ).pk


def draft_file(side: Side) -> UUID:
    """A drawing with a draft, which nobody outside the office knows of."""
    return operations.attach_to_campaign(
        actor=side.office, campaign_id=Affair(side).campaign.pk, filename="초안.pdf",
        stream=io.BytesIO(PDF),
    ).pk  # fmt: skip


def offer_file(side: Side) -> UUID:
    """A certificate with the offer of the side's supplier."""
    return operations.attach_to_offer(
        actor=side.supplier, offer_id=offered(side).offer.pk, filename="인증서.pdf",
        stream=io.BytesIO(PDF),
    ).pk  # fmt: skip


def revised(side: Side) -> UUID:
    """An offer of two versions."""
    affair = offered(side)
    terms = {
        "tiers": [(1, 99), (50, 90)], "pack_size": 1, "capacity": None, "lead_time_days": 3,
        "delivery_cost": 0, "valid_until": affair.offer.valid_until, "note": "고친 제안",
    }  # fmt: skip
    return operations.revise_offer(actor=side.supplier, offer_id=affair.offer.pk, **terms).pk


def short(side: Side) -> dict[str, str]:
    """Two offers, of which the first supplies less than is asked for."""
    affair = Affair(side, threshold_quantity=100)
    affair.capacity, affair.tiers = 60, [(1, "90")]
    affair.offered()
    other = supplier()
    operations.invite_suppliers(
        actor=side.office, campaign_id=affair.campaign.pk, suppliers=[other.firm_id]
    )
    second = operations.post_offer(
        actor=other, campaign_id=affair.campaign.pk, tiers=[(1, Decimal(95))], pack_size=1,
        capacity=None, lead_time_days=3, delivery_cost=0,
        valid_until=clock.now() + timedelta(days=60),
    )  # fmt: skip
    return {
        "campaign": str(affair.campaign.pk),
        "first": str(affair.offer.pk),
        "second": str(second.pk),
    }


def decision(side: Side) -> UUID:
    """An award by a coordinator who works for the supplier too, waiting for the side's office."""
    affair = offered(side)
    partial = coordinator_of(side.cooperative)
    SeatFactory(user=User.objects.get(pk=partial.user_id), role="buyer",
                firm_id=side.supplier.firm_id)  # fmt: skip
    operations.award_offer(
        actor=partial, campaign_id=affair.campaign.pk, offer_id=affair.offer.pk, reason="최저가"
    )
    return Decision.objects.get(campaign=affair.campaign).pk


def own_decision(side: Side) -> UUID:
    """One that the side's office has asked for itself: it works for a member that is in it."""
    affair = Affair(side).joined()
    coordinator_of(side.cooperative)
    office = User.objects.get(pk=side.office.user_id)
    partial = actor_for(SeatFactory(user=office, role="buyer", firm_id=affair.people[-1].firm_id))
    assert partial.firm_id
    operations.close_campaign(actor=side.office, campaign_id=affair.campaign.pk)
    assert Campaign.objects.get(pk=affair.campaign.pk).state == "open"
    return Decision.objects.get(campaign=affair.campaign).pk
