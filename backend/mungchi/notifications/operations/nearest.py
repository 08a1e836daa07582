"""What a firm can do that a clearing gave nothing."""

from uuid import UUID

from django.db.models import Q

from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun
from mungchi.common import clock
from mungchi.common.text import Text
from mungchi.demand.models import Need
from mungchi.notifications.domain import wording_progress as wording
from mungchi.notifications.domain.wording import moment
from mungchi.notifications.queries import audience


def what_next(campaign: Campaign, run: ClearingRun) -> dict[UUID, tuple[str, Text, str]]:
    """For each firm that the clearing gave nothing: its verdict, a sentence, and where to go.

    The nearest open campaign for the same item that reaches its cooperative and that it is not in;
    else its need, which stays or can be stated.
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
    nearest = _nearest(campaign, {cooperative for _, cooperative, _ in lines})
    found: dict[UUID, tuple[str, Text, str]] = {}
    for firm, cooperative, verdict in lines:
        other = nearest.get(cooperative)
        if other is not None and other.closes_at is not None:
            until = moment(other.closes_at, other.host.zone)
            text = wording.OPEN_NEXT.format(title=other.title, until=until)
            found[firm] = (verdict, text, f"/campaigns/{other.pk}")
        else:
            # The campaign's page states the need with one press.
            stays = firm in stated
            text = wording.NEED_STAYS if stays else wording.NEED_NEXT
            found[firm] = (verdict, text, "/needs" if stays else f"/campaigns/{campaign.pk}")
    return found


def _nearest(campaign: Campaign, cooperatives: set[UUID]) -> dict[UUID, Campaign]:
    """For each cooperative, the campaign for the same item that closes first."""
    rows = (
        Campaign.objects.select_related("host")
        .filter(state="open", item_id=campaign.item_id, closes_at__gt=clock.now())
        # One for a division is open to some members of a cooperative and not to others.
        .exclude(Q(pk=campaign.pk) | Q(reach="division"))
        .order_by("closes_at", "id")[:20]
    )
    found: dict[UUID, Campaign] = {}
    for row in rows:
        reached = audience.reached(row).filter(pk__in=cooperatives - set(found))
        for cooperative in reached.values_list("pk", flat=True):
            found.setdefault(cooperative, row)
        if len(found) == len(cooperatives):
            break
    return found
