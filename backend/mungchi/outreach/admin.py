"""Operators find listings, introductions and contacts here, and read them."""

from django.contrib import admin

from mungchi.common.admin import ReadOnlyAdmin
from mungchi.outreach.models import (
    Contact,
    Introduction,
    Listing,
    ListingCampaign,
    Quiet,
    Spell,
    Survey,
)


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ["title", "firm", "kind", "category", "price", "state", "changed_at"]
    list_select_related = ["firm", "category"]
    list_filter = ["kind", "state"]
    search_fields = ["title", "firm__name"]


@admin.register(ListingCampaign)
class ListingCampaignAdmin(ReadOnlyAdmin):
    list_display = ["listing", "campaign"]
    list_select_related = ["listing", "campaign"]
    search_fields = ["listing__title", "campaign__title"]


@admin.register(Introduction)
class IntroductionAdmin(ReadOnlyAdmin):
    list_display = ["seeker", "giver", "cooperative", "state", "created_at", "introduced_at"]
    list_select_related = ["seeker", "giver", "cooperative"]
    list_filter = ["state", "by_office"]
    search_fields = ["seeker__name", "giver__name", "cooperative__name"]


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    list_display = ["firm", "cooperative", "about", "how", "at", "answer", "follow_up_date"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["about", "how", "answer"]
    search_fields = ["firm__name", "cooperative__name"]


@admin.register(Quiet)
class QuietAdmin(ReadOnlyAdmin):
    list_display = ["firm", "cooperative", "since_at"]
    list_select_related = ["firm", "cooperative"]
    search_fields = ["firm__name", "cooperative__name"]


@admin.register(Spell)
class SpellAdmin(ReadOnlyAdmin):
    list_display = ["firm", "cooperative", "began_at", "ended_at", "end"]
    list_select_related = ["firm", "cooperative"]
    list_filter = ["end"]
    search_fields = ["firm__name", "cooperative__name"]


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    list_display = ["cooperative", "at"]
    list_select_related = ["cooperative"]
    search_fields = ["cooperative__name"]
