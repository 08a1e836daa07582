"""Whom the office seeks out: contacts, wishes to be left alone, and how long a firm is left out."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Cooperative, Division, Firm, User
from mungchi.campaigns.models import Campaign
from mungchi.catalog.models import Item
from mungchi.common.models import Identified
from mungchi.demand.models import Pool
from mungchi.outreach.domain.words import ABOUT, ANSWERS, HOW, SPELL_ENDS
from mungchi.outreach.models.offering import Introduction


class Contact(Identified):
    """One time the office turned to a member firm: how, about what, and what the firm said."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    about = models.CharField(max_length=12)
    how = models.CharField(max_length=12)
    at = models.DateTimeField()
    said = models.TextField(blank=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True)
    pool = models.ForeignKey(Pool, models.PROTECT, null=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True)
    introduction = models.OneToOneField(
        Introduction, models.PROTECT, null=True, related_name="contact"
    )
    answer = models.CharField(max_length=16, blank=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    follow_up_date = models.DateField(null=True)
    # Why the firm was on the list at the time: codes of domain.words.REASONS.
    reasons = models.JSONField(default=list)
    person = models.ForeignKey(User, models.SET_NULL, null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how__in=list(HOW)), name="how_is_known"),
            models.CheckConstraint(
                condition=Q(answer__in=list(ANSWERS)), name="the_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(about__in=["talk", "needs"], campaign__isnull=True, pool__isnull=True,
                            introduction__isnull=True)
                | Q(about="campaign", campaign__isnull=False)
                | Q(about="pool", pool__isnull=False)
                | Q(about="introduction", introduction__isnull=False),
                name="a_contact_is_about_what_it_says",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "firm", "campaign"],
                condition=Q(about="campaign"),
                name="a_campaign_is_suggested_to_a_firm_once",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "firm", "pool"],
                condition=Q(about="pool"),
                name="a_pool_is_suggested_to_a_firm_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["cooperative", "firm", "-at"], name="contacts_by_firm"),
            models.Index(fields=["cooperative", "-at"], name="contacts_by_office"),
            models.Index(fields=["firm", "-id"], name="contacts_seen_by_firm"),
            models.Index(
                fields=["cooperative", "follow_up_date"],
                condition=Q(follow_up_date__isnull=False),
                name="contacts_to_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {ABOUT[self.about].en}"


class Quiet(Identified):
    """A firm has asked one of its cooperatives to leave it alone."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    since_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "quiet"
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "firm"], name="a_firm_asks_to_be_left_alone_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} @ {self.cooperative}"


class Spell(Identified):
    """A time in which a member was left out: from when it came on the list to how that ended."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    division = models.ForeignKey(Division, models.SET_NULL, null=True)
    began_at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, blank=True)
    # The campaign with which it came back.
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "firm"],
                condition=Q(ended_at__isnull=True),
                name="a_firm_is_left_out_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True)
                | Q(end__in=[end for end in SPELL_ENDS if end], ended_at__isnull=False),
                name="a_spell_ends_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=~Q(end="returned") | Q(campaign__isnull=False),
                name="a_firm_returns_with_a_campaign",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("began_at")),
                name="a_spell_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "ended_at"], name="spells_by_office"),
            models.Index(fields=["firm", "cooperative", "-began_at"], name="spells_by_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.began_at:%Y-%m-%d} {self.end}"


class Survey(models.Model):
    """When a cooperative's members were last looked through for who is left out."""

    cooperative = models.OneToOneField(Cooperative, models.CASCADE, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="surveys_by_time")]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.at:%Y-%m-%d %H:%M}"
