"""The demand board: what others need, as totals, fast enough for a hundred thousand needs.

The first day of each pool stands with the pool, kept by the database; totals are those of the pools
of one page.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, Sum

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.demand.models import CountedNeed, Need, Pool


def board_for(actor: Actor) -> QuerySet[Pool]:
    """Pools of the actor's cooperatives that hold needs."""
    return Pool.objects.filter(
        cooperative_id__in=cooperative_ids_of(actor), first_day__isnull=False
    ).select_related("item__category", "cooperative")


def with_totals(actor: Actor, pools: Sequence[Any]) -> list[Any]:
    """Put on each pool `quantity`, `firms`, and `mine` (the actor's firm's, or None); two queries.

    What gives a firm away is withheld by whoever shows them.
    """
    ids = [pool.pk for pool in pools]
    counted = CountedNeed.objects.filter(pool__in=ids).values("pool").order_by()
    totals = {
        pool: (quantity, firms)
        for pool, quantity, firms in counted.annotate(
            Sum("quantity"), Count("somebody", distinct=True)
        ).values_list("pool", "quantity__sum", "somebody__count")
    }
    own = (
        Need.objects.filter(pool__in=ids, firm_id=actor.firm_id, state__in=("open", "in_campaign"))
        .order_by()
        .values_list("pool")
        .annotate(Sum("quantity"))
    )
    mine = dict(own) if actor.firm_id else {}
    for pool in pools:
        pool.quantity, pool.firms = totals.get(pool.pk, (0, 0))
        pool.mine = mine.get(pool.pk)
    return list(pools)
