"""Campaigns by what is typed, for rows that refer to them."""

from uuid import UUID

from django.db.models import QuerySet

from mungchi.campaigns.models import Campaign
from mungchi.catalog.queries import ids_called


def ids_titled(text: str) -> QuerySet[Campaign, dict[str, UUID]]:
    """Keys of the campaigns whose title contains a text.

    By themselves: joined under an OR, each row would be held against each of them.
    """
    return Campaign.objects.filter(title__holds=text).values("pk")


def ids_about(word: str) -> QuerySet[Campaign, dict[str, UUID]]:
    """Keys of the campaigns with a word in their title or their item's name, or whose item's code
    begins with it.

    Put together from two lists, each from its index: asked for as one, all campaigns are read.
    """
    of_item = Campaign.objects.filter(item__in=ids_called(word)).values("pk")
    return ids_titled(word).union(of_item)
