"""A standing offer becomes an offer on a campaign: the office takes it, or its supplier posts it.

Either way it is a snapshot: what the supplier changes in its list later changes no offer.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries as of_campaigns
from mungchi.campaigns.models import Campaign, Offer
from mungchi.campaigns.operations.offers import OffersNotTaken, sourcing
from mungchi.common import clock, wall
from mungchi.common.errors import Conflict
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.pricelists import queries
from mungchi.pricelists.domain.terms import ends_at
from mungchi.pricelists.models import Posting, StandingOffer, Taking
from mungchi.pricelists.queries.using import REFUSALS


class StandingDoesNotFit(Conflict):
    """The standing offer cannot become an offer on this campaign; `reason` says why."""

    code = "standing_offer_does_not_fit"
    message = Text(ko="{reason}", en="{reason}")


class OfferThereAlready(Conflict):
    """The supplier has an offer on the campaign, or took one back: what it said of it holds."""

    code = "offer_there_already"
    message = Text(
        ko="이 공급사가 이 공동구매에 낸 제안이 이미 있거나, 냈다가 거둔 제안이 있습니다.",
        en="This supplier has an offer on the campaign already, or took one back.",
    )


def take_standing(*, actor: Actor, campaign_id: UUID, standing_id: UUID) -> Taking:
    """The office makes a supplier's standing offer an offer on its campaign; twice changes nothing.

    The supplier is told, and may revise or withdraw it until offers are due. What it has said of
    this campaign itself goes before: then nothing is made, which the office is told only where
    offers are not sealed. Raises NotFound, StandingDoesNotFit, OfferThereAlready, OffersNotTaken.
    """
    with transaction.atomic():
        campaign = of_campaigns.locked_by_host(actor, campaign_id)
        at = clock.now()
        row = queries.postable(actor, campaign, standing_id)
        there = Taking.objects.filter(campaign=campaign, standing_offer=row).first()
        if there is not None:
            return there
        left = queries.left_for(actor, [row], campaign, at).get(row.pk)
        _check(row, campaign, at, left)
        terms = queries.terms_in(row, campaign.vat_rate_bp, left)
        with wall.in_front():
            offer = campaigns.take_offer(
                actor=actor, campaign=campaign, at=at, supplier_id=row.supplier_id,
                valid_until=ends_at(row.valid_until, campaign.host.zone), **terms,
            )  # fmt: skip
            if offer is not None:
                _note_origin(offer, row, at, by_office=True)
        if offer is None and not campaign.sealed:
            raise OfferThereAlready
        taking = Taking.objects.create(
            campaign=campaign, standing_offer=row, number=row.number, taken_at=at,
            taken_by_id=actor.user_id,
        )  # fmt: skip
        data = {"campaign": str(campaign.pk), "code": row.code, "number": row.number}
        # In no trail of the campaign: that would tell other offices in it of a supplier's offer.
        record(row, kind="standing_offer_taken", actor=actor, at=at,
               cooperative_id=campaign.host_id, firm_id=row.supplier_id, data=data)  # fmt: skip
        wake_pipeline()
    return taking


def post_standing(*, actor: Actor, campaign_id: UUID, standing_id: UUID) -> Offer:
    """A supplier posts its standing offer on a campaign as it stands.

    Raises NotFound, StandingDoesNotFit, and what post_offer raises.
    """
    with transaction.atomic():
        campaign, at = sourcing(actor, campaign_id)
        row = queries.postable(actor, campaign, standing_id)
        left = queries.left_for(actor, [row], campaign, at).get(row.pk)
        _check(row, campaign, at, left)
        offer = campaigns.post_offer(
            actor=actor, campaign_id=campaign.pk,
            valid_until=ends_at(row.valid_until, campaign.host.zone),
            **queries.terms_in(row, campaign.vat_rate_bp, left),
        )  # fmt: skip
        _note_origin(offer, row, at, by_office=False)
    return offer


def _check(row: StandingOffer, campaign: Campaign, at: datetime, left: int | None) -> None:
    why = queries.refusal_of(row, campaign, at, left)
    if why == "not_sourcing":
        raise OffersNotTaken
    if why is not None:
        raise StandingDoesNotFit(reason=REFUSALS[why])


def _note_origin(offer: Offer, row: StandingOffer, at: datetime, *, by_office: bool) -> None:
    Posting.objects.update_or_create(
        offer=offer,
        defaults={"standing_offer": row, "number": row.number, "by_office": by_office, "at": at},
    )
