"""What may stand in for a campaign."""

from mungchi.accounts.access import actor_of
from mungchi.campaigns import queries
from mungchi.campaigns.api.presenting import seen_by
from mungchi.campaigns.api.serializers import CampaignRowSerializer
from mungchi.common.errors import NotFound
from mungchi.common.listing import ListView


class AlternativesView(ListView):
    """Open campaigns that the firm may name as its plan B."""

    capability = "commitments.write"
    serializer_class = CampaignRowSerializer
    orders = {"closes_at": "closes_at"}

    def rows(self):
        """For the same item, or of its category and unit; closing later; not joined yet."""
        actor = actor_of(self.request)
        campaign = seen_by(actor, self.kwargs["pk"])
        if campaign.closes_at is None:
            raise NotFound
        return queries.with_parts(queries.alternatives(actor, campaign))

    def prepared(self, page):
        """Their ladders, in two queries for the page."""
        return queries.attach_standing(page, actor_of(self.request))
