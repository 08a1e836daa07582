"""A supplier keeps its price list: each standing offer made, changed and ended, versions kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.accounts.queries import cooperatives_open_to_application
from mungchi.campaigns.operations.offers import OfferInvalid
from mungchi.catalog.models import Item
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
from mungchi.pricelists import queries
from mungchi.pricelists.domain.states import STANDING
from mungchi.pricelists.domain.terms import FAULTS, Terms, fault
from mungchi.pricelists.models import Audience, StandingOffer, StandingTier, StandingVersion

# Fields of the row that are terms, as they are named in both.
PLAIN = (
    "pack_size", "minimum", "capacity", "capacity_per", "lead_time_days", "delivery_cost",
    "currency", "vat_included", "valid_from", "valid_until", "for_all", "code", "note",
)  # fmt: skip


class NotASupplier(NotAllowed):
    """Only firms that supply keep price lists."""

    code = "not_a_supplier"
    message = Text(
        ko="공급사만 상시 제안을 둘 수 있습니다. 기업 정보에서 공급사로 등록해 주십시오.",
        en="Only suppliers keep standing offers. Please say in the firm's profile that it "
        "supplies.",
    )


class ItemNotPriced(Invalid):
    """The item is none that this supplier sees."""

    code = "item_unknown"
    field = "item"
    message = Text(ko="품목을 다시 선택해 주십시오.", en="Please choose the item again.")


class AudienceUnknown(Invalid):
    """A cooperative that is not there, or not active."""

    code = "cooperative_unknown"
    field = "cooperatives"
    message = Text(ko="조합을 다시 선택해 주십시오.", en="Please choose the cooperatives again.")


class CodeTaken(Invalid):
    """Another standing offer of the supplier has the code."""

    code = "code_taken"
    field = "code"
    message = Text(
        ko="이미 쓰고 있는 관리 코드입니다. 다른 코드를 넣어 주십시오.",
        en="Another standing offer has this code. Please give another one.",
    )


class StandingEnded(Conflict):
    """An ended one stays as it was."""

    code = "standing_offer_ended"
    message = Text(
        ko="끝낸 상시 제안은 바꿀 수 없습니다. 복사해서 새로 만들어 주십시오.",
        en="A standing offer that has ended stays as it was. Please make a new one by copying it.",
    )


def supplying(actor: Actor) -> None:
    """Refuse whoever does not act for a firm that supplies. Raises NotASupplier."""
    if not actor.is_firm or not Firm.objects.filter(pk=actor.firm_id, supplies=True).exists():
        raise NotASupplier


def make_standing(*, actor: Actor, item_id: UUID, **given: Any) -> StandingOffer:
    """A supplier offers an item until it says otherwise.

    `given`: the fields of Terms; `cooperatives` as keys, `tiers` as (from quantity, unit price);
    prices in major units and `delivery_cost` in minor units, with VAT where `vat_included`. A code
    that is left empty is made of the item's. Raises NotASupplier, ItemNotPriced, AudienceUnknown,
    CodeTaken, OfferInvalid.
    """
    supplying(actor)
    with transaction.atomic():
        _hold_list(actor)
        item = queries.item_that_may_be_priced(actor, item_id)
        if item is None:
            raise ItemNotPriced
        at = clock.now()
        given["code"] = given.get("code") or free_code(actor.firm_id, item)
        terms = _terms(given)
        _check(actor, item, terms, at)
        row = StandingOffer(supplier_id=actor.firm_id, item=item, created_at=at, changed_at=at)
        write(row, terms, at)
        record(row, kind="standing_offer_made", actor=actor, at=at, firm_id=row.supplier_id,
               moved=("", "active"), data=figures(row, terms))  # fmt: skip
    return row


def change_standing(*, actor: Actor, standing_id: UUID, **given: Any) -> StandingOffer:
    """A supplier replaces the terms of a standing offer; the same again is no new version.

    Takes what make_standing takes, but for the item. Offers that were made of it stay as they are.
    Raises NotFound, StandingEnded, AudienceUnknown, CodeTaken, OfferInvalid.
    """
    with transaction.atomic():
        _hold_list(actor)
        row = queries.locked_own(actor, standing_id)
        if row.state != "active":
            raise StandingEnded
        at = clock.now()
        given["code"] = given.get("code") or row.code
        terms = _terms(given)
        if terms.as_json() == row.versions.get(number=row.number).terms:
            return row
        _check(actor, row.item, terms, at, but=row.pk)
        row.number += 1
        row.changed_at = at
        write(row, terms, at)
        record(row, kind="standing_offer_changed", actor=actor, at=at, firm_id=row.supplier_id,
               data=figures(row, terms))  # fmt: skip
    return row


def end_standing(*, actor: Actor, standing_id: UUID) -> StandingOffer:
    """A supplier ends a standing offer at once; twice changes nothing. Raises NotFound."""
    with transaction.atomic():
        row = queries.locked_own(actor, standing_id)
        if row.state == "ended":
            return row
        at = clock.now()
        row.ended_at = row.changed_at = at
        set_state(row, "ended", machine=STANDING, kind="standing_offer_ended", actor=actor, at=at,
                  also=("ended_at", "changed_at"), firm_id=row.supplier_id,
                  data={"code": row.code})  # fmt: skip
    return row


def _hold_list(actor: Actor) -> None:
    """One writer of a firm's list at a time, so that codes are not given twice."""
    if actor.is_firm:
        Firm.objects.select_for_update(no_key=True).filter(pk=actor.firm_id).first()


def write(row: StandingOffer, terms: Terms, at: datetime) -> None:
    """Save a row, its ladder, its audience and its version."""
    for name in PLAIN:
        setattr(row, name, getattr(terms, name))
    fresh = row._state.adding
    row.save(force_insert=fresh)
    if not fresh:
        row.tiers.all().delete()
        row.audience.all().delete()
    StandingTier.objects.bulk_create(tiers_for(row, terms))
    Audience.objects.bulk_create(audience_for(row, terms))
    StandingVersion.objects.create(
        standing_offer=row, number=row.number, terms=terms.as_json(), at=at
    )


def tiers_for(row: StandingOffer, terms: Terms) -> list[StandingTier]:
    """The rows of its ladder."""
    return [
        StandingTier(standing_offer=row, min_quantity=least, unit_price=price)
        for least, price in terms.tiers
    ]


def audience_for(row: StandingOffer, terms: Terms) -> list[Audience]:
    """The rows that say for whom it is."""
    return [
        Audience(standing_offer=row, cooperative_id=UUID(pk), supplier_id=row.supplier_id)
        for pk in terms.cooperatives
    ]


def figures(row: StandingOffer, terms: Terms) -> dict[str, object]:
    """What its events say of it."""
    said = terms.as_json()
    return {"code": row.code, "number": row.number, "tiers": said["tiers"]}


def free_code(supplier_id: UUID | None, item: Item) -> str:
    """A code made of the item's that none of the supplier's standing offers has."""
    stem = (item.code or f"{item.pk.hex[-8:]}")[:50]
    used = set(
        StandingOffer.objects.filter(
            supplier_id=supplier_id, state="active", code__startswith=stem
        ).values_list("code", flat=True)
    )
    return free_among(stem, used)


def free_among(stem: str, used: set[str]) -> str:
    """The stem, or the stem with the first number that makes it free."""
    code, number = stem, 1
    while code in used:
        number += 1
        code = f"{stem}-{number}"
    return code


def _terms(given: dict[str, Any]) -> Terms:
    chosen: Sequence[UUID] = given.pop("cooperatives", ())
    tiers = tuple((int(least), price.normalize()) for least, price in given.pop("tiers"))
    keys = tuple(sorted({str(pk) for pk in chosen}))
    return Terms(tiers=tiers, cooperatives=keys, **given)


def _check(
    actor: Actor, item: Item, terms: Terms, at: datetime, *, but: UUID | None = None
) -> None:
    of = None if item.cooperative_id is None else str(item.cooperative_id)
    if found := fault(terms, today=queries.today_of(actor, at), item_of=of):
        raise OfferInvalid(found[0], FAULTS[found[1]])
    known = cooperatives_open_to_application().filter(pk__in=terms.cooperatives)
    before = Audience.objects.filter(standing_offer_id=but).values_list("cooperative_id", flat=True)
    there = {str(pk) for pk in known.values_list("pk", flat=True)} | {str(pk) for pk in before}
    if set(terms.cooperatives) - there:
        raise AudienceUnknown
    same = StandingOffer.objects.filter(
        supplier_id=actor.firm_id, state="active", code=terms.code
    ).exclude(pk=but)
    if same.exists():
        raise CodeTaken
