"""Listings, introductions and contacts, made by the real operations."""

from decimal import Decimal
from typing import Any

from tests.factories.accounts import coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.catalog import CategoryFactory, ItemFactory

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.outreach import operations
from mungchi.outreach.models import Introduction, Listing


def listing(firm: Actor, **given: Any) -> Listing:
    """What a member firm offers."""
    fields = {
        "title": "노무 상담",
        "description": "근로계약서 검토와 월 상담",
        "kind": "service",
        "unit": "month",
        "price": Decimal("220000"),
        "region": "서울",
        "for_campaigns": False,
        **given,
    }
    if "category_id" not in fields:
        fields["category_id"] = CategoryFactory().pk
    return operations.add_listing(actor=firm, **fields)


def asked(cooperative: Cooperative, seeker: Actor | None = None) -> tuple[Introduction, Any]:
    """A firm asks for an introduction; returns it and the actors (seeker, giver, office)."""
    seeker, giver = seeker or member(cooperative), member(cooperative)
    row = operations.ask_for_introduction(
        actor=seeker,
        listing_id=listing(giver).pk,
        reason="직원 채용 상담",
        phone="010-1111-2222",
    )
    return row, (seeker, giver, coordinator_of(cooperative))


def bought_together(cooperative: Cooperative, **item: Any) -> Story:
    """An open campaign that two members are in."""
    story = Story(host=cooperative, item=ItemFactory(**item) if item else None).opened()
    story.join(10)
    story.join(20)
    return story
