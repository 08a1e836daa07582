"""Reading imports, purchases, needs and pools."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Func, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.fields import DateField

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, Membership
from mungchi.accounts.queries import cooperative_ids_of, left_alone
from mungchi.catalog.models import Category
from mungchi.common.errors import NotFound
from mungchi.demand.domain.foretelling import Line
from mungchi.demand.models import (
    ForetoldItem,
    HistoryReading,
    ImportRejection,
    Interest,
    Need,
    Pool,
    ProposedNeed,
    Purchase,
    PurchaseImport,
)
from mungchi.demand.queries.board import board_for, with_totals
from mungchi.demand.queries.planning import (
    LastTime,
    due_plans,
    last_time,
    locked_plan,
    plans_visible_to,
)

__all__ = [
    "LastTime",
    "board_for",
    "due_plans",
    "last_time",
    "locked_plan",
    "plans_visible_to",
    "with_totals",
]

# With fewer firms than this, a total would tell one firm what another wants.
FEWEST_FIRMS_SHOWN = 3
COUNTED = ("open", "in_campaign")


@dataclass(frozen=True, slots=True)
class PoolSummary:
    """What a pool holds: units wanted, by how many firms, the first day of need, the limits.

    limits: (quantity, price limit or None) of each need, largest quantity first.
    """

    quantity: int
    firms: int
    earliest_needed_by: date | None
    limits: tuple[tuple[int, Decimal | None], ...]


class PastPurchase(NamedTuple):
    """A line of a member's history, as reading it wants it."""

    firm_id: UUID
    item_id: UUID
    quantity: int
    unit_price: Decimal | None
    currency: str
    day: date


@dataclass(frozen=True, slots=True)
class PastBuyer:
    """A member that bought an item: how often, how much in all, when last, to be left alone?"""

    firm_id: UUID
    name: str
    times: int
    quantity: int
    last_date: date
    left_alone: bool


def imports_visible_to(actor: Actor) -> QuerySet[PurchaseImport]:
    """The office's own imports."""
    rows = PurchaseImport.objects.select_related("created_by")
    if not actor.is_office:
        return rows.none()
    return rows.filter(cooperative_id=actor.cooperative_id)


def import_seen_by(actor: Actor, pk: UUID) -> PurchaseImport:
    """One import that the actor may see; raise NotFound."""
    row = imports_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_import(actor: Actor, pk: UUID) -> PurchaseImport:
    """Lock one import that the actor may see; raise NotFound."""
    row = (
        imports_visible_to(actor)
        .select_related("created_by", "cooperative")
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def rejections_of(purchase_import: PurchaseImport) -> QuerySet[ImportRejection]:
    """The lines of a file that were not taken, in its order."""
    return ImportRejection.objects.filter(purchase_import=purchase_import)


def purchases_visible_to(actor: Actor) -> QuerySet[Purchase]:
    """The office sees its cooperative's purchases, a firm its own."""
    rows = Purchase.objects.select_related("firm", "item__category")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id)
    return rows.none()


def lines_of_import(purchase_import: PurchaseImport) -> list[Line[UUID]]:
    """What an import brought in, as foretelling looks at it."""
    rows = Purchase.objects.filter(purchase_import=purchase_import).order_by("id")
    return [
        Line(*row) for row in rows.values_list("item_id", "firm_id", "quantity", "purchased_date")
    ]


def needs_visible_to(actor: Actor) -> QuerySet[Need]:
    """A firm sees its own needs, the office those stated to its cooperative."""
    # A later app's table hangs on the pool; it is named here as text only.
    rows = Need.objects.select_related(
        "firm", "item__category", "cooperative", "pool__campaign", "pool__part__campaign"
    )
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id)
    return rows.none()


def locked_need(actor: Actor, pk: UUID) -> Need:
    """Lock the pool of a need that the actor may see, then read the need; raise NotFound.

    While waiting for the lock the need may move to another pool: then that one is locked instead.
    """
    rows = needs_visible_to(actor).filter(pk=pk)
    while (seen := rows.first()) is not None:
        Pool.objects.select_for_update(no_key=True).get(pk=seen.pool_id)
        need = (
            rows.filter(pool_id=seen.pool_id).select_for_update(no_key=True, of=("self",)).first()
        )
        if need is not None:
            return need
    raise NotFound


def expired_needs(at: datetime) -> QuerySet[Need]:
    """Open needs whose day is over at `at` in their cooperative's zone, in order of making."""
    today = Func(
        F("cooperative__zone"),
        Value(at),
        function="timezone",
        template="%(function)s(%(expressions)s)::date",
        output_field=DateField(),
    )
    return Need.objects.filter(state="open", needed_by__lt=today).order_by("id")


def locked_expired_needs(at: datetime, limit: int) -> list[Need]:
    """Some of the expired needs, locked with their pools; not those of a pool that another has."""
    late = expired_needs(at)
    pools = Pool.objects.filter(pk__in=late.values_list("pool_id", flat=True)[:limit])
    mine = list(
        pools.order_by("id")
        .select_for_update(no_key=True, skip_locked=True)
        .values_list("pk", flat=True)
    )
    return list(late.filter(pool_id__in=mine).select_for_update(no_key=True, of=("self",))[:limit])


def pools_visible_to(actor: Actor) -> QuerySet[Pool]:
    """Pools of the actor's cooperatives with what they hold; those without needs are left out.

    Annotated: quantity, firms, mine (the actor's firm's quantity or None).
    """
    own = (
        Need.objects.filter(pool=OuterRef("pk"), firm_id=actor.firm_id, state__in=COUNTED)
        .values("pool")
        .annotate(own=Sum("quantity"))
        .values("own")
    )
    return (
        Pool.objects.filter(cooperative_id__in=cooperative_ids_of(actor))
        .select_related("item__category", "cooperative")
        .annotate(
            quantity=Sum("counted__quantity"),
            firms=Count("counted__somebody", distinct=True),
            mine=Subquery(own),
        )
        .filter(quantity__gt=0)
    )


def needs_of(pool: Pool) -> QuerySet[Need]:
    """The needs that count in a pool, earliest day first."""
    return (
        Need.objects.filter(pool=pool, state__in=COUNTED)
        .select_related(
            "firm", "item__category", "cooperative", "pool__campaign", "pool__part__campaign"
        )
        .order_by("needed_by", "id")
    )


def locked_pool(actor: Actor, pk: UUID) -> Pool:
    """Lock one pool of the actor's cooperative, its item loaded; raise NotFound."""
    row = (
        Pool.objects.filter(cooperative_id=actor.cooperative_id, pk=pk)
        .select_related("item", "cooperative")
        .select_for_update(no_key=True, of=("self",))
        .first()
        if actor.is_office
        else None
    )
    if row is None:
        raise NotFound
    return row


def pool_summary(pool: Pool, *, without: Collection[UUID] = ()) -> PoolSummary:
    """What a pool holds at present, less some of its needs: one query."""
    rows = list(
        pool.needs.filter(state__in=COUNTED)
        .exclude(pk__in=list(without))
        .order_by("-quantity", "id")
        .values_list("quantity", "firm_id", "needed_by", "price_limit")
    )
    return PoolSummary(
        quantity=sum(quantity for quantity, *_ in rows),
        firms=len({firm for _, firm, *_ in rows}),
        earliest_needed_by=min((day for *_, day, _ in rows), default=None),
        limits=tuple((quantity, limit) for quantity, *_, limit in rows),
    )


def categories_bought_by(firm_id: UUID | None) -> QuerySet[Category]:
    """The categories that a firm says it buys."""
    said = Interest.objects.filter(firm_id=firm_id)
    return Category.objects.filter(pk__in=said.values("category_id")).order_by("name")


def due_readings(at: datetime, limit: int) -> list[UUID]:
    """Cooperatives whose purchases are to be read again, the longest due first."""
    rows = HistoryReading.objects.filter(due_at__lte=at).order_by("due_at", "cooperative_id")
    return list(rows.values_list("cooperative_id", flat=True)[:limit])


def past_of_members(
    cooperative_id: UUID, since: date, item_id: UUID | None = None
) -> list[PastPurchase]:
    """What active members bought since a day, by firm, item and day."""
    members = Membership.objects.filter(cooperative_id=cooperative_id, state="active")
    rows = Purchase.objects.filter(
        cooperative_id=cooperative_id, firm__in=members.values("firm"), purchased_date__gte=since
    )
    if item_id is not None:
        rows = rows.filter(item_id=item_id)
    wanted = ("firm_id", "item_id", "quantity", "unit_price", "currency", "purchased_date")
    return [
        PastPurchase(*row)
        for row in rows.order_by("firm_id", "item_id", "purchased_date", "id").values_list(*wanted)
    ]


def met_needs_of(cooperative_id: UUID, since: date) -> list[PastPurchase]:
    """What members got through their cooperative since: purchases as well, without a price."""
    rows = Need.objects.filter(
        cooperative_id=cooperative_id, state="met", needed_by__gte=since
    ).values_list("firm_id", "item_id", "quantity", "cooperative__currency", "needed_by")
    return [PastPurchase(firm, item, quantity, None, currency, day)
            for firm, item, quantity, currency, day in rows]  # fmt: skip


def already_wanted(cooperative_id: UUID) -> set[tuple[UUID, UUID]]:
    """(firm, item) of the needs of a cooperative that count at present."""
    rows = Need.objects.filter(cooperative_id=cooperative_id, state__in=COUNTED)
    return set(rows.values_list("firm_id", "item_id"))


def answered_until(cooperative_id: UUID) -> dict[tuple[UUID, UUID], date]:
    """(firm, item) -> the last purchase that the firm has had a proposal of, and answered."""
    rows = (
        ProposedNeed.objects.filter(cooperative_id=cooperative_id)
        .exclude(state="open")
        .values_list("firm_id", "item_id")
        .annotate(until=Max("evidence_until"))
        .order_by()
    )
    return {(firm, item): until for firm, item, until in rows}


def proposals_visible_to(actor: Actor) -> QuerySet[ProposedNeed]:
    """A firm sees what is proposed to it, the office what is proposed to its members."""
    rows = ProposedNeed.objects.filter(item__merged_into__isnull=True).select_related(
        "firm", "item__category", "cooperative", "need"
    )
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id)
    return rows.none()


def locked_proposal(actor: Actor, pk: UUID) -> ProposedNeed:
    """Lock one proposal that the actor may see; raise NotFound."""
    row = (
        proposals_visible_to(actor)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def foretold_visible_to(actor: Actor) -> QuerySet[ForetoldItem]:
    """The office's own: firms see nothing that is told from what others buy."""
    # A later app's table hangs on it; it is named here as text only.
    rows = ForetoldItem.objects.filter(item__merged_into__isnull=True).select_related(
        "item__category", "cooperative", "campaign"
    )
    if not actor.is_office:
        return rows.none()
    return rows.filter(cooperative_id=actor.cooperative_id)


def foretold_at(actor: Actor, at: datetime) -> QuerySet[ForetoldItem]:
    """What is foretold to the actor's office for this month and later."""
    return foretold_visible_to(actor).filter(month__gte=at.date().replace(day=1))


def locked_foretold(actor: Actor, pk: UUID) -> ForetoldItem:
    """Lock one foretold item of the office's own, with its item; raise NotFound."""
    rows = ForetoldItem.objects.select_related("item", "cooperative")
    row = (
        rows.select_for_update(no_key=True, of=("self",))
        .filter(cooperative_id=actor.cooperative_id, pk=pk)
        .first()
        if actor.is_office
        else None
    )
    if row is None:
        raise NotFound
    return row


def open_pool_of(foretold: ForetoldItem) -> Pool | None:
    """The pool in which needs for the item gather at present; none while it is empty."""
    return (
        Pool.objects.filter(
            cooperative_id=foretold.cooperative_id, item_id=foretold.item_id, state="open",
            needs__state="open",
        )
        .order_by("id")
        .first()
    )  # fmt: skip


def past_buyers(foretold: ForetoldItem, since: date) -> list[PastBuyer]:
    """The members that bought the item since a day, whoever bought last first."""
    found: dict[UUID, list[PastPurchase]] = {}
    for row in past_of_members(foretold.cooperative_id, since, foretold.item_id):
        found.setdefault(row.firm_id, []).append(row)
    names = dict(Firm.objects.filter(pk__in=list(found)).values_list("pk", "name"))
    quiet = left_alone(foretold.cooperative_id, found)
    buyers = [
        PastBuyer(firm, names[firm], len(rows), sum(row.quantity for row in rows),
                  max(row.day for row in rows), firm in quiet)
        for firm, rows in found.items()
    ]  # fmt: skip
    return sorted(buyers, key=lambda buyer: (-buyer.last_date.toordinal(), buyer.name))
