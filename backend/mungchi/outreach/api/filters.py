"""What lists of outreach can be narrowed by."""

from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet

from mungchi.accounts.access import actor_of
from mungchi.accounts.models import Firm, Membership
from mungchi.accounts.queries import firms_matching
from mungchi.common import clock
from mungchi.common.filters import WordsFilter
from mungchi.outreach import queries
from mungchi.outreach.domain.states import ENDED_WITHOUT, MADE, WAITING
from mungchi.outreach.domain.words import REASONS
from mungchi.outreach.models import Contact, Introduction, Listing


class OwnListingFilter(django_filters.FilterSet):
    """Listings by kind, category, state, and text in title, description or firm."""

    kind = WordsFilter(field_name="kind")
    category = django_filters.UUIDFilter(field_name="category_id")
    status = WordsFilter(field_name="state")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Listing
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Listing], name: str, text: str) -> QuerySet[Listing]:
        """Listings whose title, description or firm contains the text."""
        return queries.listings_matching(rows, text)


class ListingFilter(OwnListingFilter):
    """The same, by firm and by the cooperative whose member offers it."""

    firm = django_filters.UUIDFilter(field_name="firm_id")
    cooperative = django_filters.UUIDFilter(method="by_cooperative")
    reach = django_filters.ChoiceFilter(choices=[("own", ""), ("partners", "")], method="by_reach")

    def by_cooperative(
        self, rows: QuerySet[Listing], name: str, cooperative: UUID
    ) -> QuerySet[Listing]:
        """Of members of one cooperative; none of one that is out of reach."""
        return queries.listings_in(actor_of(self.request), rows, cooperative)

    def by_reach(self, rows: QuerySet[Listing], name: str, where: str) -> QuerySet[Listing]:
        """Of members of the reader's own cooperatives, or of partners alone."""
        return queries.listings_of(actor_of(self.request), rows, where)


class IntroductionFilter(django_filters.FilterSet):
    """Introductions by how far they are, and by text in either firm's name.

    Not by the exact state: how one ended is told to the office alone.
    """

    show = django_filters.ChoiceFilter(
        choices=[("waiting", ""), ("made", ""), ("ended", "")], method="by_stage"
    )
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Introduction
        fields: list[str] = []

    def by_stage(
        self, rows: QuerySet[Introduction], name: str, stage: str
    ) -> QuerySet[Introduction]:
        """Those that wait, were made, or came to no introduction."""
        states = {"waiting": WAITING, "made": MADE, "ended": ENDED_WITHOUT}[stage]
        return rows.filter(state__in=states)

    def by_text(self, rows: QuerySet[Introduction], name: str, text: str) -> QuerySet[Introduction]:
        """Those whose one or other firm matches."""
        firms = firms_matching(Firm.objects.all(), text)
        return rows.filter(Q(seeker__in=firms) | Q(giver__in=firms))


class LeftOutFilter(django_filters.FilterSet):
    """Members that are left out, by reason, division, whether turned to, and text in the name."""

    reason = django_filters.ChoiceFilter(
        choices=[(code, "") for code in REASONS], method="by_reason"
    )
    division = django_filters.UUIDFilter(field_name="division_id")
    contacted = django_filters.BooleanFilter(
        field_name="contacted_at", lookup_expr="isnull", exclude=True
    )
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Membership
        fields: list[str] = []

    def by_reason(self, rows: QuerySet[Membership], name: str, code: str) -> QuerySet[Membership]:
        """Those to whom a reason applies, maybe beside others."""
        found = self.request.left_out.rows
        return rows.filter(pk__in=[row.membership_id for row in found if code in row.reasons])

    def by_text(self, rows: QuerySet[Membership], name: str, text: str) -> QuerySet[Membership]:
        """Those whose firm matches."""
        return rows.filter(firm__in=firms_matching(Firm.objects.all(), text))


class ContactFilter(django_filters.FilterSet):
    """Contacts by firm, what about, how, answer, and whether a follow-up is due."""

    firm = django_filters.UUIDFilter(field_name="firm_id")
    about = WordsFilter(field_name="about")
    how = WordsFilter(field_name="how")
    answer = WordsFilter(field_name="answer")
    due = django_filters.BooleanFilter(method="by_due")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Contact
        fields: list[str] = []

    def by_due(self, rows: QuerySet[Contact], name: str, due: bool) -> QuerySet[Contact]:
        """Those after which the office meant to turn to the firm again by now."""
        if not due:
            return rows
        return rows.filter(pk__in=queries.due_for(actor_of(self.request), clock.now()).values("pk"))

    def by_text(self, rows: QuerySet[Contact], name: str, text: str) -> QuerySet[Contact]:
        """Those with firms that match, or in whose words the text stands."""
        firms = firms_matching(Firm.objects.all(), text)
        return rows.filter(Q(firm__in=firms) | Q(said__icontains=text) | Q(outcome__icontains=text))


class ProposalFilter(django_filters.FilterSet):
    """Suggestions that wait for an answer, or have one."""

    answered = django_filters.BooleanFilter(method="by_answer")

    class Meta:
        model = Contact
        fields: list[str] = []

    def by_answer(self, rows: QuerySet[Contact], name: str, answered: bool) -> QuerySet[Contact]:
        """Whether the firm has answered."""
        return rows.exclude(answer="") if answered else rows.filter(answer="")
