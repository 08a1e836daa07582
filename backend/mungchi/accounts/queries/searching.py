"""Firms by what is typed, for rows that refer to them."""

from uuid import UUID

from django.db.models import QuerySet

from mungchi.accounts.models import Firm


def firm_ids_called(text: str) -> QuerySet[Firm, dict[str, UUID]]:
    """Keys of the firms whose name contains a text.

    By themselves: joined under an OR, each row would be held against each of them.
    """
    return Firm.objects.filter(name__holds=text).values("pk")
