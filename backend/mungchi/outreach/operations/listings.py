"""A firm keeps what it offers; an office makes a campaign of it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.operations import become_supplier
from mungchi.accounts.queries import cooperatives_of
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations import create_campaign, invite_suppliers
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Category, Item
from mungchi.catalog.operations import create_item
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record, set_state
from mungchi.common.money import MAX_UNIT_PRICE
from mungchi.common.text import Text
from mungchi.outreach import queries
from mungchi.outreach.domain.states import LISTING
from mungchi.outreach.domain.words import KINDS
from mungchi.outreach.models import Listing, ListingCampaign

MOST_LISTINGS = 200
FREE_TO_CHANGE = (
    "title", "description", "kind", "category_id", "unit", "price", "region", "for_campaigns",
    "for_partners",
)  # fmt: skip


class InNoCooperative(Conflict):
    """The directory is read by members, and written by members."""

    code = "in_no_cooperative"
    message = Text(
        ko="협동조합의 조합원사만 제공 품목을 등록할 수 있습니다.",
        en="Only members of a cooperative can list what they offer.",
    )


class TooManyListings(Conflict):
    """A directory entry is not a catalogue."""

    code = "too_many_listings"
    message = Text(
        ko="한 기업은 {most}건까지 등록할 수 있습니다. 쓰지 않는 것을 고쳐 주십시오.",
        en="A firm can have {most} listings at most. Please change one that is no longer of use.",
    )


class ListingInvalid(Invalid):
    """A kind, category, unit or price that there is none of."""

    code = "listing_invalid"
    message = Text(ko="{field} 값을 확인해 주십시오.", en="Please check: {field}.")

    @property
    def fields(self) -> Any:
        """The field it is about."""
        return {str(self.values["field"]): [(self.code, self.text)]}


class NotForCampaigns(Conflict):
    """The firm has not said that it would supply a campaign."""

    code = "not_for_campaigns"
    message = Text(
        ko="기업이 공동구매 공급을 희망하지 않은 항목입니다. 먼저 기업과 상의해 주십시오.",
        en="The firm does not offer this to campaigns. Please speak with it first.",
    )


def add_listing(*, actor: Actor, **given: Any) -> Listing:
    """A member firm offers something to the others. `given`: FREE_TO_CHANGE, VAT excluded prices.

    One that is also for campaigns makes the firm a supplier. Raises InNoCooperative,
    TooManyListings, ListingInvalid.
    """
    _check(given)
    home = cooperatives_of(actor.firm_id).order_by("id").first() if actor.firm_id else None
    if home is None:
        raise InNoCooperative
    with transaction.atomic():
        at = clock.now()
        if Listing.objects.filter(firm_id=actor.firm_id).count() >= MOST_LISTINGS:
            raise TooManyListings(most=MOST_LISTINGS)
        row = Listing(
            firm_id=actor.firm_id, currency=home.currency, created_at=at, changed_at=at, **given
        )
        row.save(force_insert=True)
        record(row, kind="listing_added", actor=actor, at=at, moved=("", row.state),
               firm_id=row.firm_id, data={"title": row.title})  # fmt: skip
        if row.for_campaigns:
            become_supplier(actor=actor)
    return row


def change_listing(*, actor: Actor, listing_id: UUID, **changes: Any) -> Listing:
    """A firm changes what it offers; what is not given stays. Raises NotFound, ListingInvalid."""
    _check(changes)
    with transaction.atomic():
        row = queries.locked_own_listing(actor, listing_id)
        changes = {name: new for name, new in changes.items() if getattr(row, name) != new}
        if not changes:
            return row
        at = clock.now()
        before = {name: str(getattr(row, name)) for name in changes}
        for name, value in changes.items():
            setattr(row, name, value)
        row.changed_at = at
        row.save(update_fields=[*changes, "changed_at"])
        after = {f"new_{name}": str(value) for name, value in changes.items()}
        record(row, kind="listing_changed", actor=actor, at=at, firm_id=row.firm_id,
               data=before | after)  # fmt: skip
        if row.for_campaigns:
            become_supplier(actor=actor)
    return row


def withdraw_listing(*, actor: Actor, listing_id: UUID) -> Listing:
    """A firm takes a listing down. Again: changes nothing. Raises NotFound."""
    return _move(actor, listing_id, "withdrawn", "listing_withdrawn")


def show_listing(*, actor: Actor, listing_id: UUID) -> Listing:
    """A firm puts a withdrawn listing up again. Again: changes nothing. Raises NotFound."""
    return _move(actor, listing_id, "active", "listing_shown")


def start_campaign_from_listing(*, actor: Actor, listing_id: UUID) -> Campaign:
    """The office drafts a campaign of what a member offers, and notes the firm as invited.

    The item is the cooperative's own of the same name and unit, made when there is none. While a
    campaign drafted from the listing has not closed, asking again answers with that one. Raises
    NotFound, NotForCampaigns and what create_campaign raises.
    """
    with transaction.atomic():
        listing = queries.locked_listing(actor, listing_id)
        standing = queries.standing_campaign(listing, actor.cooperative_id)
        if standing is not None:
            return standing
        if not listing.for_campaigns:
            raise NotForCampaigns
        campaign = create_campaign(
            actor=actor,
            title=f"{listing.title} 공동구매"[:120],
            item_id=_item_of(actor, listing).pk,
            description=listing.description,
        )
        invite_suppliers(actor=actor, campaign_id=campaign.pk, suppliers=[listing.firm_id])
        ListingCampaign.objects.create(listing=listing, campaign=campaign)
        record(
            listing,
            kind="listing_taken_up",
            actor=actor,
            at=clock.now(),
            cooperative_id=actor.cooperative_id,
            firm_id=listing.firm_id,
            data={"campaign": str(campaign.pk)},
        )
    return campaign


def _item_of(actor: Actor, listing: Listing) -> Item:
    own = Item.objects.filter(
        cooperative_id=actor.cooperative_id,
        name=listing.title,
        unit=listing.unit,
        merged_into__isnull=True,
    ).first()
    return own or create_item(
        actor=actor, name=listing.title, unit=listing.unit, category_id=listing.category_id
    )


def _move(actor: Actor, pk: UUID, to: str, kind: str) -> Listing:
    with transaction.atomic():
        row = queries.locked_own_listing(actor, pk)
        if row.state == to:
            return row
        at = clock.now()
        row.changed_at = at
        set_state(row, to, machine=LISTING, kind=kind, actor=actor, at=at, also=("changed_at",),
                  firm_id=row.firm_id)  # fmt: skip
        return row


def _check(given: dict[str, Any]) -> None:
    """Check what is given, whatever else there is."""
    unknown = set(given) - set(FREE_TO_CHANGE)
    if unknown:
        raise TypeError(f"{sorted(unknown)} are not changed here")
    price: Decimal | None = given.get("price")
    wrong = {
        "title": not str(given.get("title", "-")).strip(),
        "kind": given.get("kind", "good") not in KINDS,
        "unit": given.get("unit", "each") not in UNITS,
        "price": price is not None and not 0 < price < MAX_UNIT_PRICE,
        "category": "category_id" in given
        and not Category.objects.filter(pk=given["category_id"]).exists(),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise ListingInvalid(field=name)
