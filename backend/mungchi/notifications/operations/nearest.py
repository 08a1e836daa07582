"""What a firm can do that a clearing gave nothing."""

from typing import Final
from uuid import UUID

from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun, Commitment
from mungchi.campaigns.queries import resembling
from mungchi.common import clock
from mungchi.common.text import Text
from mungchi.demand.models import Need
from mungchi.notifications.domain import wording_progress as wording
from mungchi.notifications.domain.wording import moment
from mungchi.notifications.operations.member_news import name_of
from mungchi.notifications.queries import audience

# By the likeness of the other campaign (campaigns.queries.nearest).
OPEN: Final = (wording.OPEN_NEXT, wording.OPEN_ALIKE, wording.OPEN_IN_CATEGORY)
# So many open campaigns are looked through, the nearest first.
LOOKED_AT: Final = 30


def what_next(campaign: Campaign, run: ClearingRun) -> dict[UUID, tuple[str, Text, str]]:
    """For each firm that the clearing gave nothing: its verdict, a sentence, and where to go.

    The nearest open campaign that reaches its cooperative and that it is not in: for the same item,
    for one that looks like it, or of its category, as is said; else its need, which stays or can be
    stated.
    """
    lines = list(
        ClearingLine.objects.filter(run=run, awarded=0).values_list(
            "firm_id", "cooperative_id", "verdict"
        )
    )
    if not lines:
        return {}
    firms = [firm for firm, _, _ in lines]
    stated = set(
        Need.objects.filter(
            item_id=campaign.item_id, firm_id__in=firms, state__in=["open", "in_campaign"]
        ).values_list("firm_id", flat=True)
    )
    nearest = _nearest(campaign, {firm: cooperative for firm, cooperative, _ in lines})
    found: dict[UUID, tuple[str, Text, str]] = {}
    for firm, _, verdict in lines:
        other = nearest.get(firm)
        if other is not None and other.closes_at is not None:
            until = moment(other.closes_at, other.host.zone)
            told = OPEN[other.near]  # type: ignore[attr-defined]
            text = told.format(title=other.title, until=until, item=name_of(other.item))
            found[firm] = (verdict, text, f"/campaigns/{other.pk}")
        else:
            # The campaign's page states the need with one press.
            stays = firm in stated
            text = wording.NEED_STAYS if stays else wording.NEED_NEXT
            found[firm] = (verdict, text, "/needs" if stays else f"/campaigns/{campaign.pk}")
    return found


def _nearest(campaign: Campaign, firms: dict[UUID, UUID]) -> dict[UUID, Campaign]:
    """For each firm, with the cooperative through which it was in it, what it could join next."""
    open_ones = Campaign.objects.select_related("host", "item", "awarded_offer").filter(
        state="open", closes_at__gt=clock.now()
    )
    # One for a division is open to some members of a cooperative and not to others.
    rows = list(resembling(open_ones.exclude(reach="division"), campaign)[:LOOKED_AT])
    inside = set(
        Commitment.objects.filter(
            campaign__in=rows, firm_id__in=list(firms), state="active"
        ).values_list("campaign_id", "firm_id")
    )
    found: dict[UUID, Campaign] = {}
    for row in rows:
        left = {firm: home for firm, home in firms.items() if firm not in found}
        if not left:
            break
        reached = set(
            audience.reached(row).filter(pk__in=set(left.values())).values_list("pk", flat=True)
        )
        supplier = row.awarded_offer.supplier_id if row.awarded_offer is not None else None
        for firm, home in left.items():
            if home in reached and firm != supplier and (row.pk, firm) not in inside:
                found[firm] = row
    return found
