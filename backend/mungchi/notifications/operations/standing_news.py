"""What is told about standing offers: event in, notices out."""

from uuid import UUID

from mungchi.campaigns.models import Campaign
from mungchi.common.models import History
from mungchi.notifications.domain import wording_standing as wording
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.pricelists.models import Posting, StandingOffer


def standing_offer_taken(event: History) -> list[Notice]:
    """The supplier hears that its standing offer is an offer now, or that its own one holds."""
    row = StandingOffer.objects.select_related("item").get(pk=event.subject_id)
    campaign = Campaign.objects.select_related("host").get(pk=UUID(event.data["campaign"]))
    made = Posting.objects.filter(
        offer__campaign=campaign, standing_offer=row, by_office=True
    ).exists()
    sentence = (wording.TAKEN if made else wording.OWN_HOLDS).format(
        cooperative=campaign.host.name, item=row.item.name, title=campaign.title
    )
    told = audience.firms([row.supplier_id])
    return tell_all(told, sentence, f"/supplier/campaigns/{campaign.pk}")
