"""Campaigns by what is typed, for rows that refer to them."""

from uuid import UUID

from django.db.models import QuerySet

from mungchi.campaigns.models import Campaign


def ids_titled(text: str) -> QuerySet[Campaign, dict[str, UUID]]:
    """Keys of the campaigns whose title contains a text.

    By themselves: joined under an OR, each row would be held against each of them.
    """
    return Campaign.objects.filter(title__icontains=text).values("pk")
