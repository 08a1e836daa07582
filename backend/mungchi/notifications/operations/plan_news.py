"""What plans B came to, in sentences for the letters about a campaign's result."""

from uuid import UUID

from mungchi.campaigns.models import Campaign, PlanBResult
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.text import Text
from mungchi.notifications.domain import wording_plans as wording
from mungchi.notifications.domain.wording import day_of


def what_came(campaign: Campaign) -> dict[UUID, tuple[Text, str]]:
    """For each firm with a plan: what was done last, and where to see it. One query."""
    rows = PlanBResult.objects.filter(plan__campaign=campaign).select_related(
        "joined__campaign", "plan__alternative", "need"
    )
    return {row.firm_id: _said(row, campaign) for row in rows.order_by("at", "id")}


def _said(row: PlanBResult, campaign: Campaign) -> tuple[Text, str]:
    values: dict[str, object] = {
        "quantity": counted(row.quantity, UNITS[campaign.item.unit]),
    }
    if row.joined is not None:
        other = row.joined.campaign
        return wording.JOINED.format(title=other.title, **values), f"/campaigns/{other.pk}"
    sentence, link = wording.NOTHING, f"/campaigns/{campaign.pk}"
    if row.need is not None:
        opened = row.outcome == "need_opened"
        sentence, link = (wording.NEED_OPENED if opened else wording.NEED_STAYS), "/needs"
        values["day"] = day_of(row.need.needed_by)
    told = sentence.format(**values)
    if row.refused and row.plan.alternative is not None:
        why = wording.NOT_JOINED.format(title=row.plan.alternative.title)
        told = Text(ko=f"{why.ko} {told.ko}", en=f"{why.en} {told.en}")
    return told, link
