"""Reading partnerships between cooperatives."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Partnership
from mungchi.common.errors import NotFound


def partnerships_visible_to(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships of the office's cooperative, on either side."""
    if not actor.is_office:
        return Partnership.objects.none()
    return Partnership.objects.select_related("asking", "asked").filter(
        Q(asking_id=actor.cooperative_id) | Q(asked_id=actor.cooperative_id)
    )


def partnership_seen_by(actor: Actor, pk: UUID) -> Partnership:
    """One partnership of the office's cooperative; raise NotFound."""
    row = partnerships_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_partnership(actor: Actor, pk: UUID) -> Partnership:
    """Lock one partnership of the office's cooperative; raise NotFound."""
    row = (
        partnerships_visible_to(actor)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def active_partners_of(cooperative_id: UUID | None, at: datetime) -> QuerySet[Cooperative]:
    """Active cooperatives with which this one is in an active partnership, until notice ends it."""
    standing = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    both = Partnership.objects.filter(
        standing,
        Q(asking=OuterRef("pk"), asked=cooperative_id)
        | Q(asked=OuterRef("pk"), asking=cooperative_id),
        state="active",
    )
    return Cooperative.objects.filter(Exists(both), state="active")


def partner_ids_of(cooperative_ids: Iterable[UUID], at: datetime) -> dict[UUID, set[UUID]]:
    """By cooperative: its active partners at `at`, while it is active itself. One query."""
    ours = set(cooperative_ids)
    standing = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    rows = Partnership.objects.filter(
        standing,
        Q(asking__in=ours) | Q(asked__in=ours),
        state="active",
        asking__state="active",
        asked__state="active",
    )
    found: dict[UUID, set[UUID]] = {pk: set() for pk in ours}
    for asking, asked in rows.values_list("asking_id", "asked_id"):
        for one, other in ((asking, asked), (asked, asking)):
            if one in ours:
                found[one].add(other)
    return found


def names_of(ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """Names of cooperatives in Korean and English (the Korean where there is no English one)."""
    rows = Cooperative.objects.filter(pk__in=list(ids)).order_by("name")
    return [(name, english or name) for name, english in rows.values_list("name", "name_en")]


def partnerships_over(at: datetime) -> list[UUID]:
    """Active partnerships whose notice has run out."""
    rows = Partnership.objects.filter(state="active", ends_at__lte=at).order_by("ends_at")
    return list(rows.values_list("pk", flat=True))
