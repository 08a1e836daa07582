"""Operators find campaigns and read their records here; nothing is changed around an operation."""

from django.contrib import admin
from django.db.models import Q

from mungchi.campaigns.models import (
    ApprovalRequest,
    AskedAgain,
    Attachment,
    Bundle,
    BundleChange,
    BundleReading,
    Campaign,
    CampaignPart,
    ClearingLine,
    ClearingRun,
    Commitment,
    Decision,
    Guest,
    Hold,
    Invitation,
    Offer,
    OfferChange,
    OfferRevision,
    OfferTier,
    PlanB,
    PlanBResult,
    Progress,
    Question,
    Share,
    SharePicture,
    Step,
)
from mungchi.common import clock
from mungchi.common.admin import NOT_FOR_OPERATORS, ReadOnlyAdmin


def sealed_still() -> Q:
    """Of histories and changes, those about offers that are sealed still."""
    sealed = Campaign.objects.filter(sealed=True, offers_due_at__gt=clock.now())
    return Q(
        subject_type__in=["campaigns.offer", "campaigns.offertier"], thread__in=sealed.values("pk")
    )


NOT_FOR_OPERATORS.append(sealed_still)


class SealedUntilDue(ReadOnlyAdmin):
    """Sealed offers are not there before they are due, not even for operators.

    `campaign`: the way from a row to the campaign of its offer.
    """

    campaign: str

    def get_queryset(self, request):
        sealed = {f"{self.campaign}__sealed": True,
                  f"{self.campaign}__offers_due_at__gt": clock.now()}  # fmt: skip
        shut = self.model.objects.filter(**sealed).values("pk")
        return super().get_queryset(request).exclude(pk__in=shut)


class TierInline(admin.TabularInline):
    model = OfferTier
    can_delete = False
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    list_display = ["title", "host", "item", "state", "closes_at", "fills_until"]
    list_select_related = ["host", "item"]
    list_filter = ["state", "reach"]
    search_fields = ["title", "host__name", "item__name"]
    date_hierarchy = "created_at"


@admin.register(Offer)
class OfferAdmin(SealedUntilDue):
    campaign = "campaign"
    list_display = ["supplier", "campaign", "state", "pack_size", "capacity", "valid_until"]
    list_select_related = ["supplier", "campaign"]
    list_filter = ["state"]
    search_fields = ["supplier__name", "campaign__title"]
    inlines = [TierInline]


@admin.register(OfferTier)
class OfferTierAdmin(SealedUntilDue):
    campaign = "offer__campaign"
    list_display = ["offer", "min_quantity", "unit_price"]
    list_select_related = ["offer__supplier", "offer__campaign"]
    search_fields = ["offer__supplier__name", "offer__campaign__title"]


@admin.register(OfferChange)
class OfferChangeAdmin(ReadOnlyAdmin):
    list_display = ["offer", "campaign", "state", "version", "asked", "asked_at"]
    list_select_related = ["offer__supplier", "offer__campaign", "campaign"]
    list_filter = ["state"]
    search_fields = ["offer__supplier__name", "campaign__title"]


@admin.register(Guest)
class GuestAdmin(ReadOnlyAdmin):
    list_display = ["firm", "campaign", "admitted_at", "removed_at"]
    list_select_related = ["firm", "campaign"]
    search_fields = ["firm__name", "campaign__title"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["supplier", "campaign", "invited_at"]
    list_select_related = ["supplier", "campaign"]
    search_fields = ["supplier__name", "campaign__title"]


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ["firm", "campaign", "quantity", "state", "accepted_at"]
    list_select_related = ["firm", "campaign"]
    list_filter = ["state"]
    search_fields = ["firm__name", "campaign__title"]


@admin.register(ApprovalRequest)
class ApprovalRequestAdmin(ReadOnlyAdmin):
    list_display = ["firm", "campaign", "quantity", "value", "state", "asked_at"]
    list_select_related = ["firm", "campaign"]
    list_filter = ["state"]
    search_fields = ["firm__name", "campaign__title"]


@admin.register(PlanB)
class PlanBAdmin(ReadOnlyAdmin):
    list_display = ["firm", "campaign", "kind", "alternative", "settled_at"]
    list_select_related = ["firm", "campaign", "alternative"]
    list_filter = ["kind"]
    search_fields = ["firm__name", "campaign__title"]


@admin.register(PlanBResult)
class PlanBResultAdmin(ReadOnlyAdmin):
    list_display = ["firm", "plan", "after", "quantity", "outcome", "at"]
    list_select_related = ["firm", "plan__commitment__campaign", "plan__commitment__firm"]
    list_filter = ["after", "outcome"]
    search_fields = ["firm__name", "plan__campaign__title"]


@admin.register(ClearingRun)
class ClearingRunAdmin(ReadOnlyAdmin):
    list_display = ["campaign", "number", "outcome", "unit_price", "quantity", "closed_by", "at"]
    list_select_related = ["campaign"]
    list_filter = ["outcome", "applied"]
    search_fields = ["campaign__title", "inputs_hash"]


@admin.register(ClearingLine)
class ClearingLineAdmin(ReadOnlyAdmin):
    list_display = ["run", "firm", "quantity", "awarded", "verdict"]
    list_select_related = ["run__campaign", "firm"]
    list_filter = ["verdict"]
    search_fields = ["firm__name", "run__campaign__title"]


@admin.register(Progress)
class ProgressAdmin(ReadOnlyAdmin):
    """What people were last told of an open campaign."""

    list_display = ["campaign", "tier", "closing_told_at", "seen"]
    list_select_related = ["campaign"]


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    """The tiers that people were told of."""

    list_display = ["campaign", "min_quantity", "deeper"]
    list_select_related = ["campaign"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """What waits for a second coordinator, and what became of it."""

    list_display = ["campaign", "kind", "state", "asked_by", "answered_by", "asked_at"]
    list_select_related = ["campaign", "asked_by", "answered_by"]
    list_filter = ["kind", "state"]
    search_fields = ["campaign__title"]


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    """What suppliers asked, and whom an operator may tell where a question is no question."""

    list_display = ["campaign", "firm", "text", "asked_at", "answered_at"]
    list_select_related = ["campaign", "firm"]
    search_fields = ["campaign__title", "firm__name", "text"]


@admin.register(OfferRevision)
class OfferRevisionAdmin(SealedUntilDue):
    """The versions of offers."""

    campaign = "offer__campaign"
    list_display = ["offer", "number", "at"]
    list_select_related = ["offer__supplier", "offer__campaign"]
    search_fields = ["offer__supplier__name", "offer__campaign__title"]


@admin.register(Attachment)
class AttachmentAdmin(SealedUntilDue):
    """Files, without their content."""

    campaign = "offer__campaign"
    exclude = ["content"]
    list_display = ["filename", "campaign", "offer", "content_type", "size", "uploaded_at"]
    list_select_related = ["campaign", "offer__supplier", "offer__campaign"]
    search_fields = ["filename", "campaign__title"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(Bundle)
class BundleAdmin(ReadOnlyAdmin):
    """What offices are proposed to buy together with partners."""

    list_display = ["item", "cooperative", "state", "place", "firms", "quantity", "first_day"]
    list_select_related = ["item", "cooperative"]
    list_filter = ["state", "recommended"]
    search_fields = ["item__name", "cooperative__name"]


@admin.register(CampaignPart)
class CampaignPartAdmin(ReadOnlyAdmin):
    """Needs of partners that campaigns are for."""

    list_display = ["campaign", "cooperative", "item", "first_day", "last_day", "settled_at"]
    list_select_related = ["campaign", "cooperative", "item"]
    search_fields = ["campaign__title", "cooperative__name", "item__name"]


@admin.register(BundleReading)
class BundleReadingAdmin(ReadOnlyAdmin):
    """When the job makes each office's bundles again."""

    list_display = ["cooperative", "due_at", "made_at"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name"]


@admin.register(BundleChange)
class BundleChangeAdmin(ReadOnlyAdmin):
    """What waits for the job that makes bundles."""

    list_display = ["id", "cooperative_id"]
    search_fields = ["cooperative__name"]


@admin.register(Share)
class ShareAdmin(ReadOnlyAdmin):
    """Which campaigns are shared; not by which address, nor what it tells."""

    list_display = ["campaign", "allowed", "made_at", "figures_at"]
    list_select_related = ["campaign"]
    list_filter = ["allowed"]
    search_fields = ["campaign__title"]
    exclude = ["token", "figures"]


@admin.register(SharePicture)
class SharePictureAdmin(ReadOnlyAdmin):
    """Pictures last drawn of shared campaigns."""

    list_display = ["share", "language", "fingerprint"]
    list_select_related = ["share__campaign"]
    search_fields = ["share__campaign__title"]
    exclude = ["content"]


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    """How the price of a rest is held, and who decided it."""

    list_display = ["campaign", "kind", "state", "difference", "decided_by", "at"]
    list_select_related = ["campaign", "decided_by"]
    list_filter = ["kind", "state"]
    search_fields = ["campaign__title"]


@admin.register(AskedAgain)
class AskedAgainAdmin(ReadOnlyAdmin):
    list_display = ["campaign", "cooperative", "proposal", "at"]
    list_select_related = ["campaign", "cooperative", "proposal"]
    search_fields = ["campaign__title", "cooperative__name"]
