"""The table of what happens between the first offer and the award."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.permissions import rows
from tests.permissions import rows_changes as changes
from tests.permissions import rows_lapses as lapses
from tests.permissions import rows_sourcing as made
from tests.permissions.line import (
    CAMPAIGN,
    OF_OFFICE,
    OF_SUPPLIER,
    OF_SUPPLIER_ALONE,
    Line,
    Sees,
    why,
    with_body,
)
from tests.permissions.world import World

# Who acts for a firm may take its own files away, who runs an office its campaigns'.
REMOVING: Sees = {"own": ("supplier",)}


def _file(world: World, row: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x", content_type="application/pdf")}


def _both(world: World, row: Any) -> dict[str, Any]:
    """Its two offers; of a campaign that is not there, two that are not there either."""
    found = row if isinstance(row, dict) else {"first": row, "second": str(row)[:-1] + "0"}
    return {"first": found["first"], "second": found["second"], "reason": "한 곳으로는 모자랍니다"}


SOURCING = [
    Line("GET", "campaigns/<uuid:pk>/comparison", "campaigns.inspect", rows.sourcing, OF_OFFICE),
    Line("GET", "campaigns/<uuid:pk>/split", "campaigns.inspect", made.short, OF_OFFICE,
         key=lambda row: row["campaign"], ok=422, case="between no offers"),
    Line("POST", "campaigns/<uuid:pk>/split", "campaigns.write", made.short, OF_OFFICE, _both,
         key=lambda row: row["campaign"]),
    Line("GET", "campaigns/<uuid:pk>/questions", "offers.read", rows.sourcing, OF_SUPPLIER),
    Line("POST", "campaigns/<uuid:pk>/questions", "offers.write", rows.sourcing, CAMPAIGN,
         with_body(text="납품 장소가 몇 곳입니까?"), ok=201,
         but={(side, role): 409 for side in ("own", "sibling") for role in ("owner", "buyer")}),
    Line("POST", "questions/<uuid:pk>/answer", "campaigns.write", made.question, OF_OFFICE,
         with_body(answer="한 곳입니다.")),
    Line("GET", "campaigns/<uuid:pk>/files", "campaigns.read", rows.sourcing, CAMPAIGN),
    Line("POST", "campaigns/<uuid:pk>/files", "campaigns.write", rows.sourcing, OF_OFFICE, _file,
         ok=201, multipart=True),
    Line("GET", "offers/<uuid:pk>/files", "offers.read", rows.offer, OF_SUPPLIER),
    Line("POST", "offers/<uuid:pk>/files", "offers.write", rows.offer, OF_SUPPLIER_ALONE, _file,
         ok=201, multipart=True),
    Line("GET", "files/<uuid:pk>/content", "campaigns.read", made.campaign_file, CAMPAIGN,
         case="of a campaign"),
    Line("GET", "files/<uuid:pk>/content", "campaigns.read", made.draft_file, OF_OFFICE,
         case="of a draft"),
    Line("GET", "files/<uuid:pk>/content", "campaigns.read", made.offer_file, OF_SUPPLIER,
         case="of an offer"),
    Line("DELETE", "files/<uuid:pk>", "files.write", made.campaign_file, OF_OFFICE, ok=204,
         case="of a campaign"),
    Line("DELETE", "files/<uuid:pk>", "files.write", made.offer_file, REMOVING, ok=204,
         case="of an offer"),
    Line("GET", "offers/<uuid:pk>/revisions", "offers.read", made.revised, OF_SUPPLIER),
    Line("POST", "decisions/<uuid:pk>/confirm", "campaigns.write", made.decision, OF_OFFICE),
    Line("POST", "decisions/<uuid:pk>/refuse", "campaigns.write", made.decision, OF_OFFICE, why),
    Line("POST", "decisions/<uuid:pk>/withdraw", "campaigns.write", made.own_decision, OF_OFFICE),
    Line("POST", "campaigns/<uuid:pk>/decide-rest", "campaigns.write", lapses.short, OF_OFFICE,
         lapses.deciding),
    Line("GET", "campaigns/<uuid:pk>/asked-word", "offers.read", lapses.short, CAMPAIGN),
    Line("POST", "holds/<uuid:pk>/answer", "offers.write", lapses.asked, OF_SUPPLIER_ALONE,
         with_body(accept=True, why="")),
    Line("GET", "campaigns/<uuid:pk>/offer-changes", "campaigns.read", rows.running, CAMPAIGN),
    Line("POST", "offers/<uuid:pk>/changes", "offers.write", changes.standing, OF_SUPPLIER_ALONE,
         changes.worse, ok=201),
    Line("POST", "offers/<uuid:pk>/changes/trial", "offers.write", changes.standing,
         OF_SUPPLIER_ALONE, changes.worse),
    Line("GET", "offer-changes/<uuid:pk>/effect", "campaigns.inspect", changes.waiting, OF_OFFICE),
    Line("POST", "offer-changes/<uuid:pk>/accept", "campaigns.write", changes.waiting, OF_OFFICE),
    Line("POST", "offer-changes/<uuid:pk>/refuse", "campaigns.write", changes.waiting, OF_OFFICE,
         why),
    Line("POST", "offer-changes/<uuid:pk>/withdraw", "offers.write", changes.waiting,
         OF_SUPPLIER_ALONE),
]  # fmt: skip
