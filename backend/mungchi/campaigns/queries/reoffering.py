"""Changed offers: which terms were in force when, whom a change asks again, and who is silent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.clearing import Clearing, clear
from mungchi.campaigns.domain.market import Market
from mungchi.campaigns.domain.reoffering import Change, Offered, Whom, change, read
from mungchi.campaigns.models import Campaign, Commitment, Offer, OfferChange
from mungchi.campaigns.queries.progress import REMIND_BEFORE
from mungchi.campaigns.queries.standing import market
from mungchi.campaigns.queries.tables import tiers_of
from mungchi.campaigns.queries.visibility import whose_terms_are_known

# As many firms stand in the office's list of a change; the commitments have all.
MOST_NAMED: Final = 100


def offered_by(offer: Offer) -> Offered:
    """The terms of an offer as it stands."""
    return Offered(
        tiers=tiers_of(offer),
        pack_size=offer.pack_size,
        capacity=offer.capacity,
        lead_time_days=offer.lead_time_days,
        delivery_cost=offer.delivery_cost,
        valid_until=offer.valid_until,
        note=offer.note,
        differences=tuple(offer.differences),
    )


def terms_by_version(campaign_id: UUID, versions: Iterable[int]) -> dict[int, Offered]:
    """The terms of a campaign that has changed at least once, by their version; 0: those on which
    it opened. One query."""
    wanted = set(versions)
    rows = OfferChange.objects.filter(
        campaign_id=campaign_id, version__in=wanted | ({1} if 0 in wanted else set())
    )
    found: dict[int, Offered] = {}
    for row in rows:
        if row.version in wanted:
            found[row.version] = read(row.terms)
        if row.version == 1 and 0 in wanted:
            found[0] = read(row.before)
    return found


def agreed_terms(campaign: Campaign, versions: Iterable[int]) -> dict[int, Offered]:
    """The same for any campaign: what is in force is what its offer says."""
    now = {campaign.terms_version: offered_by(campaign.awarded_offer)}
    older = set(versions) - set(now)
    return {**now, **(terms_by_version(campaign.pk, older) if older else {})}


def asking(campaign: Campaign, new: Offered) -> Case:
    """Whether an active commitment of a campaign is asked by these terms, as an expression on it.

    Each is compared with the terms that its firm agreed to, not with the last ones.
    """
    active = Commitment.objects.filter(campaign=campaign, state="active")
    versions = set(active.order_by().values_list("agreed_version", flat=True).distinct())
    asked = Q(pk__in=[])
    for version, old in agreed_terms(campaign, versions).items():
        asked |= Q(agreed_version=version) & _touched(change(old, new))
    return Case(When(asked, then=Value(True)), default=False, output_field=BooleanField())


def _touched(found: Change) -> Q:
    touched = Q(pk__in=[])
    if found.by_price is not None:
        touched |= _among(found.by_price)
    if found.others:
        touched |= _among(found.anybody)
    return touched


def _among(whom: Whom) -> Q:
    rows = Q(price_limit__isnull=True) | Q(price_limit__gte=whom.limit)
    return rows if whom.quantity is None else rows & Q(quantity__lte=whom.quantity)


def to_answer(campaign: Campaign) -> QuerySet[Commitment]:
    """Commitments of a campaign whose firms have not answered its changed offer."""
    return Commitment.objects.filter(campaign=campaign, must_answer=True)


def changes_visible_to(actor: Actor, campaign: Campaign) -> QuerySet[OfferChange]:
    """The supplier and the host's office see all that was asked for; others what was put in force
    and, as of the awarded offer, nothing before the campaign opened."""
    rows = OfferChange.objects.filter(campaign=campaign)
    rows = rows.select_related("asked_by", "campaign__awarded_offer")
    if is_party(actor, campaign):
        return rows
    if not whose_terms_are_known(actor, [campaign]):
        return rows.none()
    return rows.filter(state="accepted")


def is_party(actor: Actor, campaign: Campaign) -> bool:
    """Whether the seat is the host's office or the awarded supplier."""
    if actor.is_office:
        return actor.cooperative_id == campaign.host_id
    offer = campaign.awarded_offer
    return actor.is_firm and offer is not None and offer.supplier_id == actor.firm_id


def changes_waiting(actor: Actor) -> QuerySet[OfferChange]:
    """What waits for the word of the actor's office."""
    return OfferChange.objects.filter(
        campaign__host_id=actor.cooperative_id, state="waiting", campaign__state="open"
    ).select_related("campaign", "offer__supplier")


def answers_to_remind_of(at: datetime) -> list[UUID]:
    """Open campaigns that close within a day, in which firms have not answered and have not been
    reminded of it."""
    silent = Commitment.objects.filter(campaign_id=OuterRef("campaign_id"), must_answer=True)
    rows = OfferChange.objects.filter(
        Q(reminded_at__isnull=True)
        | Q(reminded_at__lt=F("campaign__closes_at") - 2 * REMIND_BEFORE),
        Exists(silent),
        version=F("campaign__terms_version"),
        campaign__state="open",
        campaign__closes_at__gt=at,
        campaign__closes_at__lte=at + REMIND_BEFORE,
    )
    return list(rows.order_by("id").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a firm has to answer: the terms that it agreed to, those in force, and which of them may
    be worse for it."""

    agreed: Offered
    now: Offered
    touched: tuple[str, ...]


def answer_of(campaign: Campaign, mine: Commitment | None) -> Answer | None:
    """What the firm is asked, if it is: one query then."""
    if mine is None or not mine.must_answer:
        return None
    terms = terms_by_version(campaign.pk, [mine.agreed_version, campaign.terms_version])
    agreed, now = terms[mine.agreed_version], terms[campaign.terms_version]
    return Answer(agreed, now, change(agreed, now).touches(mine.quantity, mine.price_limit))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do, for the host's office: whom it asks and by which terms (the first
    MOST_NAMED, and how many in all), and what closing now gives: as it is, if nobody of those
    answered, and if all of them stayed."""

    count: int
    named: list[tuple[Commitment, tuple[str, ...]]]
    now: Clearing
    silent: Clearing
    stay: Clearing


def effect_of(campaign: Campaign, row: OfferChange) -> Effect:
    """What a change that waits would do now: two queries."""
    new = read(row.terms)
    held = list(
        Commitment.objects.filter(campaign=campaign, state="active")
        .select_related("firm", "cooperative")
        .order_by("arrival")
    )
    agreed = agreed_terms(campaign, {one.agreed_version for one in held})
    found = {version: change(old, new) for version, old in agreed.items()}
    touched = [
        (one, by)
        for one in held
        if (by := found[one.agreed_version].touches(one.quantity, one.price_limit))
    ]
    asked = {str(one.pk) for one, _ in touched}
    present = market(campaign, held)
    return Effect(
        count=len(touched),
        named=touched[:MOST_NAMED],
        now=clear(present),
        silent=clear(_under(present, new, asked)),
        stay=clear(_under(present, new, set())),
    )


def _under(present: Market, new: Offered, silent: set[str]) -> Market:
    terms: dict[str, Any] = {
        "tiers": new.tiers, "pack": new.pack_size, "capacity": new.capacity,
        "commitments": tuple(
            replace(one, silent=one.key in silent) for one in present.commitments
        ),
    }  # fmt: skip
    return replace(present, **terms)
