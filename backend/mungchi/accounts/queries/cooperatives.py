"""Reading cooperatives: one's own office, one's own applications, all of them for the platform."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import (
    AccountChange,
    Cooperative,
    MemberFee,
    Membership,
    Partnership,
    Seat,
)
from mungchi.common.errors import NotFound
from mungchi.common.locks import lock_shared
from mungchi.common.models import History


def applications_of(actor: Actor) -> QuerySet[Cooperative]:
    """The cooperatives that this person registered, whatever became of them."""
    return Cooperative.objects.filter(applicant_id=actor.user_id)


def cooperatives_for_the_platform(actor: Actor) -> QuerySet[Cooperative]:
    """All cooperatives, with how many active members and coordinators each has."""
    if actor.role != "operator":
        return Cooperative.objects.none()
    return Cooperative.objects.select_related("applicant").annotate(
        members=_how_many(Membership.objects.filter(state="active")),
        coordinators=_how_many(Seat.objects.filter(role="coordinator")),
    )


def _how_many(rows: QuerySet[Model]) -> Coalesce:
    """How many of these rows a cooperative has; looked up for the rows of a page only."""
    counted = (
        rows.filter(cooperative=OuterRef("pk")).order_by().values("cooperative")
        .annotate(n=Count("id")).values("n")
    )  # fmt: skip
    return Coalesce(Subquery(counted), 0)


def seen_by_the_platform(actor: Actor, pk: UUID) -> Cooperative:
    """One cooperative with its figures; raise NotFound."""
    row = cooperatives_for_the_platform(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def office_of(actor: Actor) -> Cooperative:
    """The cooperative of the actor's office; raise NotFound."""
    row = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    if row is None:
        raise NotFound
    return row


def locked_cooperative(pk: UUID | None) -> Cooperative:
    """Lock a cooperative; raise NotFound."""
    row = Cooperative.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def shared_active_cooperative(pk: UUID | None) -> Cooperative | None:
    """Keep a cooperative from being suspended, or changing its currency or zone, until the end of
    this transaction; None when it is not active."""
    row = None if pk is None else lock_shared(Cooperative, pk)
    return row if row is not None and row.state == "active" else None


def paused_since(ids: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """When each of these cooperatives was suspended or left; None for one that is active."""
    rows = list(ids)
    if not rows:
        return {}
    return dict(Cooperative.objects.filter(pk__in=rows).values_list("pk", "paused_at"))


def member_fees_at(ids: Iterable[UUID], at: datetime) -> dict[UUID, int]:
    """What each of these cooperatives asked of its members at a time, in basis points; those that
    asked nothing are left out. One query."""
    rows = (
        MemberFee.objects.filter(cooperative__in=list(ids), since__lte=at)
        .order_by("cooperative_id", "-since")
        .distinct("cooperative_id")
        .values_list("cooperative_id", "rate_bp")
    )
    return {pk: rate for pk, rate in rows if rate}


def waiting_account_change(cooperative_id: UUID | None) -> AccountChange | None:
    """The change of account that a second coordinator has still to confirm."""
    return (
        AccountChange.objects.select_related("proposed_by")
        .filter(cooperative_id=cooperative_id, state="proposed")
        .first()
    )


def other_coordinators(cooperative_id: UUID, user_id: UUID | None) -> QuerySet[Seat]:
    """Coordinators of a cooperative besides one person, who can sign in."""
    return Seat.objects.filter(
        cooperative_id=cooperative_id, role="coordinator", user__is_active=True
    ).exclude(user_id=user_id)


def locked_account_change(actor: Actor, pk: UUID) -> AccountChange:
    """Lock a change of account of the actor's cooperative, behind the cooperative; NotFound."""
    locked_cooperative(actor.cooperative_id)
    row = (
        AccountChange.objects.select_for_update(no_key=True)
        .filter(pk=pk, cooperative_id=actor.cooperative_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def trail_of(cooperative_id: UUID | None) -> QuerySet[History]:
    """What happened to a cooperative itself, and to what its office decides about it."""
    changes = AccountChange.objects.filter(cooperative_id=cooperative_id)
    partnerships = Partnership.objects.filter(
        Q(asking_id=cooperative_id) | Q(asked_id=cooperative_id)
    )
    return History.objects.filter(
        Q(subject_id=cooperative_id)
        | Q(subject_id__in=changes.values("pk"))
        | Q(subject_id__in=partnerships.values("pk"))
    )
