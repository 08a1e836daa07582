"""What the office reads of members: who is left out, contacts, wishes to be left alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Division, Membership
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.common.errors import NotFound
from mungchi.outreach.domain.leftout import Why
from mungchi.outreach.models import Contact, Quiet, Spell, Survey
from mungchi.outreach.queries.introductions import to_ask_about
from mungchi.outreach.queries.leftout import Found, evidence_of, left_out_of

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many are left out: in all, by reason, by division (None: without one)."""

    total: int
    reasons: Mapping[str, int]
    divisions: Sequence[tuple[Division | None, int]]
    quiet: int
    due: int


def _latest(field: str) -> Subquery:
    rows = Contact.objects.filter(
        cooperative_id=OuterRef("cooperative_id"), firm_id=OuterRef("firm_id")
    )
    return Subquery(rows.order_by("-at").values(field)[:1])


def members_of_office(actor: Actor) -> QuerySet[Membership]:
    """Active members of the office's cooperative, with what was said to them last.

    Annotated: since (when it came on the list, by the last survey), contacted_at (None: never),
    `sought` (the same, never being long ago: to sort by), answer.
    """
    rows = Membership.objects.select_related("firm", "division", "cooperative")
    if not actor.is_office:
        return rows.none()
    spells = Spell.objects.filter(
        cooperative_id=OuterRef("cooperative_id"), firm_id=OuterRef("firm_id"), ended_at=None
    )
    return rows.filter(cooperative_id=actor.cooperative_id, state="active").annotate(
        since=Subquery(spells.values("began_at")[:1]),
        contacted_at=_latest("at"),
        answer=_latest("answer"),
        follow_up=_latest("follow_up_date"),
        sought=Coalesce(_latest("at"), Value(_NEVER)),
    )


def left_out_members(actor: Actor, at: datetime) -> tuple[QuerySet[Membership], Found]:
    """The office's members that are left out, and what was found of them. One query so far."""
    if not actor.is_office or actor.cooperative_id is None:
        return Membership.objects.none(), Found([], {})
    found = left_out_of(actor.cooperative_id, at)
    return members_of_office(actor).filter(pk__in=[row.membership_id for row in found.rows]), found


def member_of_office(actor: Actor, firm_id: UUID) -> Membership:
    """One active member of the office's cooperative, by its firm; raise NotFound."""
    row = members_of_office(actor).filter(firm_id=firm_id).first()
    if row is None:
        raise NotFound
    return row


def why_left_out(cooperative_id: UUID, firm_id: UUID, at: datetime) -> Why | None:
    """Why one member is left out; None when it is not. Two queries, or one."""
    found = left_out_of(cooperative_id, at, firm_id=firm_id)
    if not found.rows:
        return None
    return evidence_of(cooperative_id, found, [firm_id], at)[firm_id]


def summary_of(actor: Actor, at: datetime) -> Summary:
    """How many are left out of the office's cooperative. Five queries."""
    assert actor.cooperative_id is not None  # noqa: S101 - asked by offices only
    rows = left_out_of(actor.cooperative_id, at).rows
    divisions = {row.pk: row for row in Division.objects.filter(cooperative=actor.cooperative_id)}
    counts: dict[UUID | None, int] = dict.fromkeys([*divisions, None], 0)
    reasons = {"outside": 0, "fell_out": 0, "silent": 0}
    for row in rows:
        counts[row.division_id] += 1
        for code in row.reasons:
            reasons[code] += 1
    named = sorted(divisions.values(), key=lambda one: (one.name, one.pk))
    return Summary(
        total=len(rows),
        reasons=reasons,
        divisions=[(one, counts[one.pk]) for one in named] + [(None, counts[None])],
        quiet=quiet_members(actor.cooperative_id).count(),
        due=due_for(actor, at).count(),
    )


def quiet_members(cooperative_id: UUID | None) -> QuerySet[Quiet]:
    """Wishes to be left alone of firms that are active members."""
    members = Membership.objects.filter(cooperative_id=cooperative_id, state="active")
    return Quiet.objects.filter(cooperative_id=cooperative_id, firm__in=members.values("firm_id"))


def is_left_alone(cooperative_id: UUID | None, firm_ids: Sequence[UUID]) -> bool:
    """Whether any of these firms has asked the cooperative to leave it alone."""
    return Quiet.objects.filter(cooperative_id=cooperative_id, firm_id__in=firm_ids).exists()


def who_is_left_alone(cooperative_id: UUID, firm_ids: Collection[UUID]) -> set[UUID]:
    """Those of these firms that have asked the cooperative to leave them alone."""
    rows = Quiet.objects.filter(cooperative_id=cooperative_id, firm_id__in=firm_ids)
    return set(rows.values_list("firm_id", flat=True))


def quiet_since(cooperative_id: UUID | None, firm_id: UUID) -> datetime | None:
    """Since when a firm wants to be left alone; None when it does not."""
    row = Quiet.objects.filter(cooperative_id=cooperative_id, firm_id=firm_id).first()
    return row.since_at if row else None


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """The office's own contacts with firms."""
    rows = Contact.objects.select_related(
        "cooperative", "firm", "campaign", "pool__item", "item", "introduction", "person"
    )
    if not actor.is_office:
        return rows.none()
    return rows.filter(cooperative_id=actor.cooperative_id)


def proposals_to(actor: Actor) -> QuerySet[Contact]:
    """What offices suggested to the actor's firm here, and nothing of what they wrote down else."""
    rows = Contact.objects.select_related("cooperative", "campaign", "pool__item", "item")
    if not actor.is_firm:
        return rows.none()
    return rows.filter(
        firm_id=actor.firm_id, how="product", about__in=["campaign", "pool", "needs"]
    )


def locked_contact(actor: Actor, pk: UUID) -> Contact:
    """Lock one contact of the actor's office; raise NotFound."""
    return _locked(contacts_visible_to(actor), pk)


def locked_proposal(actor: Actor, pk: UUID) -> Contact:
    """Lock one suggestion made to the actor's firm; raise NotFound."""
    return _locked(proposals_to(actor), pk)


def _locked(rows: QuerySet[Contact], pk: UUID) -> Contact:
    row = rows.filter(pk=pk).select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        raise NotFound
    return row


def to_follow_up(cooperative_id: UUID | None, today: date) -> QuerySet[Contact]:
    """Contacts after which the office meant to turn to the firm again by now."""
    members = Membership.objects.filter(cooperative_id=cooperative_id, state="active")
    quiet = Quiet.objects.filter(cooperative_id=cooperative_id)
    return Contact.objects.filter(
        cooperative_id=cooperative_id,
        follow_up_date__lte=today,
        firm__in=members.values("firm_id"),
    ).exclude(firm__in=quiet.values("firm_id"))


def due_for(actor: Actor, at: datetime) -> QuerySet[Contact]:
    """The office's contacts that are to be followed up by the day it is in its zone."""
    office = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    if office is None:
        return Contact.objects.none()
    return to_follow_up(office.pk, at.astimezone(office.timezone).date())


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How many contacts and introductions an office meant to come back to by now."""

    contacts: int
    introductions: int


def follow_ups_of(actor: Actor, at: datetime) -> FollowUps:
    """What an office meant to come back to by the day it is in its zone. Three queries."""
    office = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    if office is None:
        return FollowUps(0, 0)
    today = at.astimezone(office.timezone).date()
    return FollowUps(to_follow_up(office.pk, today).count(), to_ask_about(office.pk, today).count())


def wishes_of(actor: Actor) -> QuerySet[Membership]:
    """The firm's active memberships, each annotated with `left_alone_since` (None: not)."""
    wishes = Quiet.objects.filter(
        cooperative_id=OuterRef("cooperative_id"), firm_id=OuterRef("firm_id")
    )
    rows = Membership.objects.select_related("cooperative").filter(
        firm_id=actor.firm_id, state="active", cooperative__in=cooperative_ids_of(actor)
    )
    return rows.annotate(left_alone_since=Subquery(wishes.values("since_at")[:1])).order_by(
        "cooperative__name", "id"
    )


def spells_of(cooperative_id: UUID | None, firm_id: UUID) -> list[Spell]:
    """The times in which a member was left out, the latest first."""
    rows = Spell.objects.filter(cooperative_id=cooperative_id, firm_id=firm_id)
    return list(rows.select_related("campaign").order_by("-began_at")[:20])


def due_surveys(before: datetime, limit: int) -> list[UUID]:
    """Active cooperatives that were last surveyed before a moment, or never: longest ago first."""
    times = Survey.objects.filter(cooperative_id=OuterRef("pk")).values("at")[:1]
    return list(
        Cooperative.objects.filter(state="active")
        .annotate(surveyed=Coalesce(Subquery(times), Value(_NEVER)))
        .filter(surveyed__lt=before)
        .order_by("surveyed", "id")
        .values_list("pk", flat=True)[:limit]
    )
