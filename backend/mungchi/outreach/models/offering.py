"""What firms offer each other, who is brought together, and whom the office seeks out."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least, Upper

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.models import Campaign, Price
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Category
from mungchi.common.models import Identified
from mungchi.outreach.domain.states import MADE, WAITING
from mungchi.outreach.domain.words import KINDS


class Listing(Identified):
    """A good or a service that a member firm offers to the others."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="listings")
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=8)
    category = models.ForeignKey(Category, models.PROTECT)
    unit = models.CharField(max_length=12)
    # Indicative, VAT excluded; none means on request.
    price = Price(null=True)
    currency = models.CharField(max_length=3)
    region = models.CharField(max_length=40, blank=True)
    # The firm would also supply it to a campaign of its cooperative.
    for_campaigns = models.BooleanField(default=False)
    # Members of partner cooperatives see it too, and may ask about it.
    for_partners = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default="active")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(KINDS)), name="a_listing_is_a_good_or_a_service"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=list(UNITS)), name="a_listings_unit_is_known"
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0),
                name="a_listings_price_is_above_zero_or_on_request",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_listing_has_a_title"),
        ]
        indexes = [
            models.Index(fields=["firm", "-id"], name="listings_by_firm"),
            models.Index(
                fields=["category", "-id"], condition=Q(state="active"), name="listings_by_category"
            ),
            # As `icontains` asks: UPPER(title) LIKE UPPER('%...%').
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"),
                OpClass(Upper("description"), name="gin_trgm_ops"),
                name="listings_by_part_of_text",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ListingCampaign(Identified):
    """A campaign that an office drafted from a listing."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="campaigns")
    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="listing_campaign")

    def __str__(self) -> str:
        return f"{self.listing} → {self.campaign_id}"


class Introduction(Identified):
    """The secretariat bringing two member firms together (연결).

    `cooperative` carries it, and `seeker` is its member. `partner` is the partner cooperative whose
    member `giver` is; None when both are of the same one.

    `seeker` is the firm that lacks something, `giver` the one that offers it. What each shares of
    itself (person, telephone) is written down when it agrees, and read by the other only when both
    have.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    partner = models.ForeignKey(Cooperative, models.PROTECT, null=True, related_name="+")
    seeker = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    giver = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, related_name="introductions")
    by_office = models.BooleanField()
    reason = models.TextField()
    state = models.CharField(max_length=16)
    seeker_agreed_at = models.DateTimeField(null=True)
    seeker_person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    seeker_phone = models.CharField(max_length=30, blank=True)
    giver_agreed_at = models.DateTimeField(null=True)
    giver_person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    giver_phone = models.CharField(max_length=30, blank=True)
    # Read by the office and by the firm itself, never by the other one.
    declined_by = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="+")
    decline_reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    introduced_at = models.DateTimeField(null=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_note = models.TextField(blank=True)
    # Minor units of the cooperative's currency; what the firms' dealings came to.
    value = models.BigIntegerField(null=True)
    # When the office means to ask what came of it.
    follow_up_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(seeker=models.F("giver")), name="a_firm_is_not_introduced_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | ~Q(partner=models.F("cooperative")),
                name="a_partner_is_another_cooperative",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MADE)
                | Q(
                    seeker_agreed_at__isnull=False,
                    giver_agreed_at__isnull=False,
                    introduced_at__isnull=False,
                ),
                name="an_introduction_is_made_when_both_agreed",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0, state="worked_out"),
                name="only_what_worked_out_has_a_value",
            ),
            models.UniqueConstraint(
                "cooperative",
                Least("seeker", "giver"),
                Greatest("seeker", "giver"),
                condition=Q(state__in=WAITING),
                name="two_firms_have_one_open_introduction",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "-id"], name="introductions_by_office"),
            models.Index(fields=["seeker", "-id"], name="introductions_by_seeker"),
            models.Index(fields=["giver", "-id"], name="introductions_by_giver"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=WAITING),
                name="introductions_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seeker} ↔ {self.giver}"

    def side_of(self, firm_id: object) -> str:
        """ "seeker" or "giver": which of the two the firm is."""
        return "seeker" if firm_id == self.seeker_id else "giver"

    def other_side(self, firm_id: object) -> str:
        """The side that the firm is not."""
        return "giver" if firm_id == self.seeker_id else "seeker"
