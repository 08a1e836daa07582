"""Operators find price lists and read them here."""

from django.contrib import admin

from mungchi.campaigns.admin import SealedUntilDue
from mungchi.common.admin import ReadOnlyAdmin
from mungchi.pricelists.models import (
    Audience,
    Posting,
    PriceSheet,
    PriceSheetLine,
    StandingOffer,
    StandingTier,
    StandingVersion,
    Taking,
)


@admin.register(StandingOffer)
class StandingOfferAdmin(ReadOnlyAdmin):
    list_display = ["supplier", "item", "code", "state", "valid_until", "for_all"]
    list_select_related = ["supplier", "item"]
    list_filter = ["state", "for_all"]
    search_fields = ["supplier__name", "item__name", "code"]


@admin.register(StandingTier)
class StandingTierAdmin(ReadOnlyAdmin):
    list_display = ["standing_offer", "min_quantity", "unit_price"]
    list_select_related = ["standing_offer__item"]
    search_fields = ["standing_offer__code"]


@admin.register(Audience)
class AudienceAdmin(ReadOnlyAdmin):
    list_display = ["standing_offer", "cooperative"]
    list_select_related = ["standing_offer__item", "cooperative"]
    search_fields = ["cooperative__name"]


@admin.register(StandingVersion)
class StandingVersionAdmin(ReadOnlyAdmin):
    list_display = ["standing_offer", "number", "at"]
    list_select_related = ["standing_offer__item"]
    search_fields = ["standing_offer__code"]


@admin.register(Taking)
class TakingAdmin(ReadOnlyAdmin):
    list_display = ["campaign", "standing_offer", "number", "taken_at"]
    list_select_related = ["campaign", "standing_offer__item"]
    search_fields = ["campaign__title"]


@admin.register(Posting)
class PostingAdmin(SealedUntilDue):
    campaign = "offer__campaign"
    list_display = ["offer", "standing_offer", "number", "by_office"]
    list_select_related = ["offer__supplier", "offer__campaign", "standing_offer__item"]
    search_fields = ["offer__campaign__title"]


@admin.register(PriceSheet)
class PriceSheetAdmin(ReadOnlyAdmin):
    list_display = ["filename", "supplier", "state", "lines", "created_at"]
    list_select_related = ["supplier"]
    list_filter = ["state"]
    search_fields = ["filename", "supplier__name"]


@admin.register(PriceSheetLine)
class PriceSheetLineAdmin(ReadOnlyAdmin):
    list_display = ["sheet", "line", "verdict", "reason"]
    list_select_related = ["sheet"]
    list_filter = ["verdict"]
    search_fields = ["sheet__filename"]
