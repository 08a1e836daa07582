"""Firms that an office turned to, up to the point of breaking what is promised to them."""

from datetime import timedelta

from tests.factories.accounts import member
from tests.factories.orders import Deal

from mungchi.accounts.models import Membership
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.outreach import operations as outreach


def left_alone() -> Deal:
    """The office spoke with a firm, which then asked to be left alone."""
    deal = Deal()
    firm = member(deal.host)
    outreach.record_contact(actor=deal.office, firm_id=firm.firm_id, how="telephone")
    outreach.leave_us_alone(actor=firm, cooperative_id=deal.host.pk)
    return deal


def asked_again() -> Deal:
    """The office asked a firm that got nothing whether it still needs it, which then asked to be
    left alone."""
    deal = Deal().opened()
    deal.join(60)
    deal.join(60)
    lost = member(deal.host)
    deal.join(20, "10", firm=lost)
    deal.cleared()
    campaigns.ask_left_out(actor=deal.office, campaign_id=deal.campaign.pk)
    outreach.leave_us_alone(actor=lost, cooperative_id=deal.host.pk)
    return deal


def come_back() -> Deal:
    """A firm from which nothing was heard for long has joined."""
    deal = Deal().opened()
    firm = member(deal.host)
    long_ago = clock.now() - timedelta(days=200)
    Membership.objects.filter(firm_id=firm.firm_id).update(joined_at=long_ago)
    outreach.survey_cooperative(cooperative_id=deal.host.pk, at=clock.now())
    deal.join(10, firm=firm)
    outreach.survey_cooperative(cooperative_id=deal.host.pk, at=clock.now())
    return deal
