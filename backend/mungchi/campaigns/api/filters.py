"""What the list of campaigns can be narrowed by."""

from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from mungchi.accounts.access import actor_of
from mungchi.campaigns import queries
from mungchi.campaigns.models import Bundle, Campaign, Commitment, Offer
from mungchi.catalog.queries import ids_matching
from mungchi.common.filters import WordsFilter


class BundleFilter(django_filters.FilterSet):
    """Bundles by state, category, partner, first day, whether recommended, and the item's name."""

    state = WordsFilter(field_name="state")
    category = django_filters.UUIDFilter(field_name="item__category_id")
    partner = django_filters.UUIDFilter(method="by_partner")
    since = django_filters.DateFilter(field_name="first_day", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="first_day", lookup_expr="lte")
    recommended = django_filters.BooleanFilter(field_name="recommended")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Bundle
        fields: list[str] = []

    def by_partner(self, rows: QuerySet[Bundle], name: str, partner: UUID) -> QuerySet[Bundle]:
        """Those in which members of this cooperative need something."""
        return rows.filter(partner_ids__contains=[partner])

    def by_text(self, rows: QuerySet[Bundle], name: str, text: str) -> QuerySet[Bundle]:
        """Those around an item that matches."""
        items = ids_matching(text, actor_of(self.request))
        return rows.filter(item__in=items)


class CampaignFilter(django_filters.FilterSet):
    """Campaigns by state, item, category, cooperative, division, deadline, text, and whether
    mine."""

    state = WordsFilter(field_name="state")
    item = django_filters.UUIDFilter(field_name="item_id")
    category = django_filters.UUIDFilter(field_name="item__category_id")
    cooperative = django_filters.UUIDFilter(field_name="host_id")
    division = django_filters.UUIDFilter(field_name="division_id")
    closing_before = django_filters.IsoDateTimeFilter(field_name="ends", lookup_expr="lte")
    search = django_filters.CharFilter(method="by_text", max_length=100)
    mine = django_filters.BooleanFilter(method="by_mine")
    joinable = django_filters.BooleanFilter(method="by_joinable")

    class Meta:
        model = Campaign
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Campaign], name: str, text: str) -> QuerySet[Campaign]:
        """Every word in the title, the item's name or its code."""
        for word in text.split()[:8]:
            rows = rows.filter(pk__in=queries.ids_about(word))
        return rows

    def by_mine(self, rows: QuerySet[Campaign], name: str, wanted: bool) -> QuerySet[Campaign]:
        """For a firm: what it has committed to; for an office: what it hosts."""
        actor = actor_of(self.request)
        if actor.is_office:
            mine = Q(host_id=actor.cooperative_id)
        else:
            mine = Q(
                Exists(
                    Commitment.objects.filter(
                        campaign_id=OuterRef("pk"), firm_id=actor.firm_id, state="active"
                    )
                )
            )
        return rows.filter(mine) if wanted else rows.exclude(mine)

    def by_joinable(self, rows: QuerySet[Campaign], name: str, wanted: bool) -> QuerySet[Campaign]:
        """Those that can be joined as soon as they are open: by the firm that asks, or by any.

        Not a second part whose first still takes commitments, nor, for a firm, what does not reach
        it or what it supplies itself.
        """
        found = queries.joined_once_open(actor_of(self.request)).values("pk")
        return rows.filter(pk__in=found) if wanted else rows.exclude(pk__in=found)


class OfferFilter(django_filters.FilterSet):
    """Offers by state, campaign (and the second part of its split award), and words of the
    campaign's title or item."""

    state = WordsFilter(field_name="state")
    campaign = django_filters.UUIDFilter(method="by_campaign")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Offer
        fields: list[str] = []

    def by_campaign(self, rows: QuerySet[Offer], name: str, campaign: UUID) -> QuerySet[Offer]:
        """Those posted on it: a split award takes the second one over into its second part."""
        return rows.filter(Q(campaign_id=campaign) | Q(campaign__overflow_of_id=campaign))

    def by_text(self, rows: QuerySet[Offer], name: str, text: str) -> QuerySet[Offer]:
        """Every word in the title, the item's name or its code."""
        for word in text.split()[:8]:
            rows = rows.filter(campaign__in=queries.ids_about(word))
        return rows
