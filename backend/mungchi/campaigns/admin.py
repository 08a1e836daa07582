"""Operators find campaigns and read their records here; nothing is changed around an operation."""

from django.contrib import admin

from mungchi.campaigns.models import (
    ApprovalRequest,
    Campaign,
    ClearingLine,
    ClearingRun,
    Commitment,
    Guest,
    Invitation,
    Offer,
    OfferTier,
    PlanB,
    PlanBResult,
    Progress,
    Step,
)
from mungchi.common.admin import ReadOnlyAdmin


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
    list_display = ["title", "host", "item", "state", "closes_at"]
    list_select_related = ["host", "item"]
    list_filter = ["state", "reach"]
    search_fields = ["title", "host__name", "item__name"]
    date_hierarchy = "created_at"


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    list_display = ["supplier", "campaign", "state", "pack_size", "capacity", "valid_until"]
    list_select_related = ["supplier", "campaign"]
    list_filter = ["state"]
    search_fields = ["supplier__name", "campaign__title"]
    inlines = [TierInline]


@admin.register(OfferTier)
class OfferTierAdmin(ReadOnlyAdmin):
    list_display = ["offer", "min_quantity", "unit_price"]
    list_select_related = ["offer__supplier", "offer__campaign"]
    search_fields = ["offer__supplier__name", "offer__campaign__title"]


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
