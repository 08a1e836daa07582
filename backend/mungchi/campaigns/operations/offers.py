"""Suppliers post price ladders; the office invites them and chooses one."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns import queries
from mungchi.campaigns.domain.revisions import TERMS
from mungchi.campaigns.domain.states import OFFER
from mungchi.campaigns.domain.terms import FAULTS, fault, free_variant
from mungchi.campaigns.models import Campaign, Invitation, Offer, OfferRevision, OfferTier
from mungchi.campaigns.operations import overflow
from mungchi.campaigns.operations.by_variant import in_order
from mungchi.campaigns.operations.deciding import ask_second, lapse_decisions
from mungchi.campaigns.operations.moving import note
from mungchi.campaigns.operations.rounds import round_open
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import MoveNotDeclared, event, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.locks import lock_shared
from mungchi.common.money import plain
from mungchi.common.text import Text


class OffersNotTaken(Conflict):
    """The campaign is not, or no longer, looking for offers."""

    code = "offers_not_taken"
    message = Text(
        ko="지금은 이 공동구매에 제안할 수 없습니다.",
        en="This campaign is not taking offers now.",
    )


class OfferExists(Conflict):
    """One offer per supplier; it can be revised."""

    code = "offer_exists"
    message = Text(
        ko="이미 제안하셨습니다. 기존 제안을 수정해 주십시오.",
        en="You have offered already. Please revise that offer.",
    )


class OfferInvalid(Invalid):
    """The offer's figures contradict each other; `field` says where."""

    code = "offer_invalid"

    def __init__(self, field: str, sentence: Text) -> None:
        super().__init__()
        self.where = field
        self.sentence = sentence

    @property
    def text(self) -> Text:
        """The sentence about the field."""
        return self.sentence

    @property
    def fields(self) -> dict[str, list[tuple[str, Text]]]:
        """The one field it is about."""
        return {self.where: [(self.code, self.sentence)]}


class OfferNotChoosable(Conflict):
    """A withdrawn offer, or one that is still sealed, cannot be awarded."""

    code = "offer_not_choosable"
    message = Text(
        ko="지금은 이 제안을 낙찰할 수 없습니다.", en="This offer cannot be awarded now."
    )


class SupplierUnknown(Invalid):
    """Only firms that supply can be invited."""

    code = "supplier_unknown"
    field = "suppliers"
    message = Text(ko="공급사를 다시 선택해 주십시오.", en="Please choose the suppliers again.")


def invite_suppliers(*, actor: Actor, campaign_id: UUID, suppliers: Sequence[UUID]) -> Campaign:
    """The office asks suppliers to offer; those invited before stay invited."""
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if campaign.state not in {"draft", "sourcing"}:
            raise OffersNotTaken
        overflow.check_leads(campaign)
        firms = list(Firm.objects.filter(pk__in=suppliers, supplies=True))
        if len(firms) != len(set(suppliers)):
            raise SupplierUnknown
        at = clock.now()
        Invitation.objects.bulk_create(
            [Invitation(campaign=campaign, supplier=firm, invited_at=at) for firm in firms],
            ignore_conflicts=True,
        )
        note(campaign, kind="suppliers_invited", actor=actor, at=at,
             data={"suppliers": [str(firm.pk) for firm in firms]})  # fmt: skip
        wake_pipeline()
        return campaign


def post_offer(
    *,
    actor: Actor,
    campaign_id: UUID,
    tiers: Sequence[tuple[int, Decimal]],
    pack_size: int,
    capacity: int | None,
    lead_time_days: int,
    delivery_cost: int,
    valid_until: datetime,
    note: str = "",
    differences: Mapping[UUID, Decimal] | None = None,
) -> Offer:
    """A supplier offers on a campaign. `delivery_cost` in minor units, VAT excluded.

    `differences`: what each variant costs more or less a unit than the tier's price; none: 0.
    Raises NotFound for a campaign it may not offer on, OffersNotTaken, OfferExists, OfferInvalid.
    """
    with transaction.atomic():
        campaign, at = sourcing(actor, campaign_id)
        offer = Offer.objects.select_for_update().filter(
            campaign=campaign, supplier_id=actor.firm_id
        ).first()  # fmt: skip
        if offer is not None and offer.state != "withdrawn":
            raise OfferExists
        if offer is None:
            offer = Offer(campaign=campaign, supplier_id=actor.firm_id, created_at=at)
        else:
            move_offer(offer, "submitted", kind="offer_posted", actor=actor, at=at)
        was_there = not offer._state.adding
        _write(offer, campaign, at, tiers=tiers, pack_size=pack_size, capacity=capacity,
               lead_time_days=lead_time_days, delivery_cost=delivery_cost,
               valid_until=valid_until, note=note, differences=differences)  # fmt: skip
        if not was_there:
            _record(offer, actor, at, kind="offer_posted", moved=("", "submitted"))
        wake_pipeline()
        return offer


def take_offer(
    *, actor: Actor, campaign: Campaign, at: datetime, supplier_id: UUID, **terms: Any
) -> Offer | None:
    """Make terms that a supplier offers to everybody its offer on a campaign that the office has
    locked. Takes the terms of post_offer.

    None where the supplier has an offer there already, or took one back: what it says of the
    campaign itself holds. The supplier is invited, so that it can revise and withdraw. Called in
    front of the wall: the office is not told what is sealed. Raises OffersNotTaken, OfferInvalid,
    FollowsFirst.
    """
    overflow.check_leads(campaign)
    if not round_open(campaign, at):
        raise OffersNotTaken
    offer = Offer(campaign=campaign, supplier_id=supplier_id, created_at=at)
    tiers = terms.pop("tiers")
    for name, value in terms.items():
        setattr(offer, name, value)
    offer.differences = in_order(campaign, None)
    _check(offer, tiers, campaign, at)
    Invitation.objects.bulk_create(
        [Invitation(campaign=campaign, supplier_id=supplier_id, invited_at=at)],
        ignore_conflicts=True,
    )
    if Offer.objects.filter(campaign=campaign, supplier_id=supplier_id).exists():
        return None
    _write(offer, campaign, at, tiers=tiers, **terms)
    _record(offer, actor, at, kind="offer_taken", moved=("", "submitted"))
    return offer


def revise_offer(*, actor: Actor, offer_id: UUID, **terms: object) -> Offer:
    """A supplier replaces the terms of its offer while the campaign is still looking.

    Takes the same terms as post_offer. Raises NotFound, OffersNotTaken, OfferInvalid.
    """
    with transaction.atomic():
        campaign, offer, at = own_offer(actor, offer_id)
        if offer.state != "submitted":
            raise OffersNotTaken
        _write(offer, campaign, at, **terms)  # type: ignore[arg-type]
        _record(offer, actor, at, kind="offer_revised")
        wake_pipeline()
        return offer


def award_offer(*, actor: Actor, campaign_id: UUID, offer_id: UUID, reason: str) -> Campaign:
    """The office chooses an offer, with a written reason; until opening it may choose again. The
    same again changes nothing, but for a split of the award, which it takes back for this reason.
    Offers are taken and revised no more, also where they are not due yet: see
    operations.withdrawing.

    A coordinator whose own firm is concerned asks a second one by this: see operations.deciding.
    Sealed offers can be chosen only once they are due. Raises OffersNotTaken, OfferNotChoosable,
    NoSecondCoordinator, DecisionWaits.
    """
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if campaign.state != "sourcing":
            raise OffersNotTaken
        overflow.check_leads(campaign)
        at = clock.now()
        offer = (
            queries.offers_visible_to(actor, at=at)
            .select_for_update(of=("self",))
            .filter(campaign=campaign, pk=offer_id)
            .first()
        )
        if offer is None:
            raise NotFound
        involved = queries.is_involved(actor.user_id, campaign.pk)
        if campaign.awarded_offer_id == offer.pk:
            if involved:
                return campaign
            if overflow.dissolve(campaign, actor=actor, at=at):
                # Why it was split is no reason any more.
                campaign.award_reason = reason
                campaign.save(update_fields=["award_reason"])
                wake_pipeline()
            return campaign
        check_choosable(offer, at)
        if involved:
            ask_second(campaign, actor=actor, at=at, kind="award", offer=offer, reason=reason)
            return campaign
        choose(campaign, offer, actor=actor, at=at, reason=reason)
        return campaign


def choose(campaign: Campaign, offer: Offer, *, actor: Actor, at: datetime, reason: str) -> None:
    """Award an offer on a locked campaign; what else waits to be decided about it lapses.

    Raises OffersNotTaken, OfferNotChoosable.
    """
    if campaign.state != "sourcing":
        raise OffersNotTaken
    check_choosable(offer, at)
    about = {"thread": campaign.pk, "cooperative_id": campaign.host_id}
    overflow.dissolve(campaign, actor=actor, at=at)
    if campaign.awarded_offer is not None:
        set_state(campaign.awarded_offer, "declined", machine=OFFER, kind="offer_declined",
                  actor=actor, at=at, firm_id=campaign.awarded_offer.supplier_id,
                  **about)  # fmt: skip
    set_state(offer, "awarded", machine=OFFER, kind="offer_awarded", actor=actor, at=at,
              why=reason, firm_id=offer.supplier_id, **about)  # fmt: skip
    campaign.awarded_offer = offer
    campaign.award_reason = reason
    campaign.save(update_fields=["awarded_offer", "award_reason"])
    lapse_decisions(campaign, actor=actor, at=at)
    wake_pipeline()


def check_choosable(offer: Offer, at: datetime) -> None:
    """Raise OfferNotChoosable for an offer that was taken back, is awarded, or holds no more."""
    if offer.state not in {"submitted", "declined"} or offer.valid_until <= at:
        raise OfferNotChoosable


def sourcing(actor: Actor, campaign_id: UUID) -> tuple[Campaign, datetime]:
    """Hold a campaign on which the actor may offer (shared lock), before offers are due and one is
    awarded; return it and the time. Raises NotFound, OffersNotTaken."""
    if not lock_shared(Campaign, campaign_id):
        raise NotFound
    at = clock.now()
    campaign = queries.visible_to(actor).select_related("host").filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    allowed = queries.in_sourcing_for(actor).filter(pk=campaign_id).exists()
    if not allowed or not round_open(campaign, at):
        raise OffersNotTaken
    return campaign, at


def own_offer(actor: Actor, offer_id: UUID) -> tuple[Campaign, Offer, datetime]:
    """Lock the actor's own offer behind its campaign; raises NotFound, OffersNotTaken."""
    found = Offer.objects.filter(pk=offer_id, supplier_id=actor.firm_id).first()
    if found is None or not actor.is_firm:
        raise NotFound
    campaign, at = sourcing(actor, found.campaign_id)
    return campaign, Offer.objects.select_for_update().get(pk=offer_id), at


def _write(
    offer: Offer,
    campaign: Campaign,
    at: datetime,
    *,
    tiers: Sequence[tuple[int, Decimal]],
    differences: Mapping[UUID, Decimal] | None = None,
    **terms: object,
) -> None:
    terms["differences"] = in_order(campaign, differences)
    for name, value in terms.items():
        setattr(offer, name, value)
    offer.revised_at = at
    _check(offer, tiers, campaign, at)
    if offer._state.adding:
        offer.save(force_insert=True)
    else:
        offer.save(update_fields=[*terms, "revised_at"])
        offer.tiers.all().delete()
    OfferTier.objects.bulk_create(
        [OfferTier(offer=offer, min_quantity=least, unit_price=price) for least, price in tiers]
    )
    _keep_version(offer, tiers, at)


def replace_terms(offer: Offer, campaign: Campaign, at: datetime, **terms: Any) -> None:
    """Make other terms those of an awarded offer, as a new version; see operations.reoffering.
    Takes the terms of post_offer. Raises OfferInvalid."""
    _write(offer, campaign, at, **terms)


def check_terms(offer: Offer, campaign: Campaign, at: datetime, **terms: Any) -> None:
    """Raise OfferInvalid where an offer cannot have these terms (those of post_offer)."""
    other = copy(offer)
    other.pack_size, other.capacity = terms["pack_size"], terms["capacity"]
    other.valid_until, other.differences = terms["valid_until"], list(terms["differences"])
    _check(other, terms["tiers"], campaign, at)


def _keep_version(offer: Offer, tiers: Sequence[tuple[int, Decimal]], at: datetime) -> None:
    """Keep the terms as they are now: what is sent again unchanged is no version of its own."""
    terms = {name: getattr(offer, name) for name in TERMS if name != "tiers"}
    terms["tiers"] = [[least, plain(price)] for least, price in tiers]
    last = offer.revisions.order_by("-number").first()
    if last is not None and all(getattr(last, name) == value for name, value in terms.items()):
        return
    number = 1 if last is None else last.number + 1
    OfferRevision.objects.create(offer=offer, number=number, at=at, **terms)


def _check(
    offer: Offer, tiers: Sequence[tuple[int, Decimal]], campaign: Campaign, at: datetime
) -> None:
    if found := fault(tiers, offer.pack_size, offer.capacity):
        raise OfferInvalid(found[0], FAULTS[found[1]])
    if (place := free_variant(tiers, offer.differences)) is not None:
        raise OfferInvalid(f"differences.{place}.difference", FAULTS["difference"])
    ends = max(at, campaign.ends_at_latest or at)
    if offer.valid_until < ends:
        raise OfferInvalid("valid_until", Text(
            ko="유효 기간은 공동구매 마감 이후까지여야 합니다.",
            en="The offer must stay valid until the campaign's deadline."))  # fmt: skip


def _record(
    offer: Offer, actor: Actor, at: datetime, *, kind: str, moved: tuple[str, str] = ("", "")
) -> None:
    record_offer(offer, actor, at, kind=kind, moved=moved, data={
        "tiers": [[t.min_quantity, str(t.unit_price)] for t in offer.tiers.all()],
        "pack_size": offer.pack_size,
        "capacity": offer.capacity,
        **({"differences": [str(one) for one in offer.differences]} if offer.differences else {}),
    })  # fmt: skip


def record_offer(
    offer: Offer,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    data: dict[str, Any],
    moved: tuple[str, str] = ("", ""),
) -> None:
    """Write an event of an offer, and announce it to nobody: that there is one may be sealed."""
    event(
        offer, kind=kind, actor=actor, at=at, moved=moved, thread=offer.campaign_id,
        cooperative_id=offer.campaign.host_id, firm_id=offer.supplier_id, data=data,
    ).save(force_insert=True)  # fmt: skip


def move_offer(offer: Offer, to: str, *, kind: str, actor: Actor, at: datetime) -> None:
    """Move an offer of a round; as record_offer, announced to nobody."""
    before = offer.state
    if not OFFER.allows(before, to):
        raise MoveNotDeclared(OFFER, before)
    offer.state = to
    offer.save(update_fields=["state"])
    record_offer(offer, actor, at, kind=kind, moved=(before, to), data={})
