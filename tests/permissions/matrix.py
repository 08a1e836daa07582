"""The table: every address, method, and who gets what for whose row.

A line says which capability the view must ask for, how a row of each side is made, what is sent,
and who sees it. A role without the capability (accounts.domain.permissions) is refused (403); one
with it that does not see the row is answered as if there were none (404, the same to the byte).
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.orders import today
from tests.permissions import rows, rows_demand, rows_less
from tests.permissions.line import (
    CAMPAIGN,
    FIRM,
    JOINING,
    OF_BOTH,
    OF_FIRM,
    OF_FIRM_ALONE,
    OF_MEMBERS,
    OF_OFFICE,
    OF_OWNER_ALONE,
    OF_SUPPLIER,
    OF_SUPPLIER_ALONE,
    OFFICE,
    PUBLIC,
    Line,
    Sees,
)
from tests.permissions.line import named as _named
from tests.permissions.line import why as _why
from tests.permissions.line import with_body as _with
from tests.permissions.matrix_bundles import BUNDLES
from tests.permissions.matrix_catalog import CATALOG
from tests.permissions.matrix_claims import CLAIMS
from tests.permissions.matrix_cooperatives import COOPERATIVES, FIRMS
from tests.permissions.matrix_joining import JOINING_IN_DEPTH
from tests.permissions.matrix_money import MONEY
from tests.permissions.matrix_need_lists import NEED_LISTS
from tests.permissions.matrix_people import ALL_OF_THEM, MEMBERS, PEOPLE
from tests.permissions.matrix_prices import PRICES
from tests.permissions.matrix_sourcing import SOURCING
from tests.permissions.matrix_terms import TERMS
from tests.permissions.matrix_ways import WAYS
from tests.permissions.world import SIDES, World, later

from mungchi.accounts.domain.permissions import ANYONE, SIGNED_IN
from mungchi.deliveries.models import Shipment


def _terms(world: World, row: Any) -> dict[str, Any]:
    return {
        "tiers": [
            {"min_quantity": 1, "unit_price": "120"},
            {"min_quantity": 50, "unit_price": "99.5"},
        ],
        "lead_time_days": 5,
        "valid_until": later(90),
    }


def _upload(world: World, row: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("p.csv", rows.CSV.encode(), content_type="text/csv")}


def _registration(world: World, row: Any) -> dict[str, Any]:
    return {
        "name": "새 기업", "business_number": "2208162517", "representative": "박대표",
        "address": "부산광역시 중구",
    }  # fmt: skip


def _key(world: World, row: Any) -> dict[str, Any]:
    return {"name": "회계 프로그램", "scopes": ["notifications.read"], "days": 30}


def _reset(world: World, email: Any) -> dict[str, Any]:
    return {"email": email, "why": "휴대전화 분실"}


def _award_of(world: World, affair: Any) -> dict[str, Any]:
    return {"offer": affair if isinstance(affair, str) else affair.offer.pk, "reason": "최저가"}


def _award_in_own(world: World, offer: Any) -> dict[str, Any]:
    return {"offer": offer, "reason": "최저가"}


def _parcel(world: World, affair: Any) -> dict[str, Any]:
    order = affair if isinstance(affair, str) else affair.order.pk
    return {"order": order, "quantity": 10, "carrier": "한빛택배",
            "shipped_date": today().isoformat(), "tracking_number": "1"}  # fmt: skip


def _parcels(world: World, affair: Any) -> dict[str, Any]:
    absent = isinstance(affair, str)
    return {
        "purchase_order": affair if absent else affair.purchase_order.pk,
        "carrier": "한빛택배",
        "shipped_date": today().isoformat(),
        "lines": [{"order": affair if absent else affair.order.pk, "quantity": 10}],
    }


def _parcels_of_another(world: World, affair: Any) -> dict[str, Any]:
    """Our purchase order with a line of somebody else's."""
    ours = world.row(rows.confirmed, "own")
    line = {"order": affair if isinstance(affair, str) else affair.order.pk, "quantity": 10}
    body = _parcels(world, ours)
    return {**body, "lines": [line]}


def _received(world: World, shipment: Any) -> dict[str, Any]:
    row = Shipment.objects.filter(pk=shipment).first()
    return {"quantity": row.quantity if row else 1}


def _need_of(world: World, item: Any) -> dict[str, Any]:
    return {"cooperative": world.sides["own"].cooperative.pk, "item": item, "quantity": 5,
            "needed_by": later(40)[:10]}  # fmt: skip


def _need_at(world: World, cooperative: Any) -> dict[str, Any]:
    item = world.row(rows.item, "own")
    return {"cooperative": cooperative, "item": item, "quantity": 5, "needed_by": later(40)[:10]}


def _of_affair(affair: Any) -> Any:
    return affair.campaign.pk


NOT_A_SUPPLIER = {
    (side, role): 409 for side in ("own", "sibling") for role in ("owner", "buyer")
}  # fmt: skip

ACCOUNTS = [
    Line("GET", "me", SIGNED_IN),
    Line("PATCH", "me", SIGNED_IN, body=_with(name="김새이름")),
    Line("POST", "firms", SIGNED_IN, body=_registration, ok=201),
    Line("GET", "cooperatives", SIGNED_IN, rows.cooperative, PUBLIC, at="list"),
    Line("GET", "suppliers", "campaigns.inspect", rows.supplier_firm, PUBLIC, at="list"),
    Line("GET", "sessions", SIGNED_IN, rows.session, OF_OWNER_ALONE, at="list"),
    Line("DELETE", "sessions/<uuid:pk>", SIGNED_IN, rows.session, OF_OWNER_ALONE, ok=204),
    Line("POST", "sessions/end-others", SIGNED_IN),
    Line("GET", "keys", "keys.write", rows.key, OF_OWNER_ALONE, at="list"),
    Line("POST", "keys", "keys.write", body=_key, ok=201),
    Line("POST", "keys/<uuid:pk>/revoke", "keys.write", rows.key, OF_OWNER_ALONE),
    Line("POST", "second-factor/reset", "people.recover", rows.person_with_a_factor, PUBLIC,
         _reset, at="body", ok=204, hidden=422),
    Line("GET", "permissions", SIGNED_IN),
]  # fmt: skip

DEMAND = [
    Line("GET", "imports", "imports.read", rows.uploaded, OF_OFFICE, at="list"),
    Line("POST", "imports", "imports.write", body=_upload, ok=201, multipart=True),
    Line("GET", "imports/<uuid:pk>", "imports.read", rows.uploaded, OF_OFFICE),
    Line("PATCH", "imports/<uuid:pk>", "imports.write", rows.uploaded, OF_OFFICE,
         _with(rules={"date_order": "ymd"})),
    Line("DELETE", "imports/<uuid:pk>", "imports.write", rows.uploaded, OF_OFFICE, ok=204),
    Line("POST", "imports/<uuid:pk>/start", "imports.write", rows.uploaded, OF_OFFICE),
    Line("GET", "imports/<uuid:pk>/rejections", "imports.read", rows.imported, OF_OFFICE),
    Line("GET", "purchases", "purchases.read", rows.purchase, OF_FIRM, at="list"),
    Line("GET", "needs", "needs.read", rows.need, OF_FIRM, at="list"),
    Line("POST", "needs", "needs.write", rows.item, {"own": FIRM, "sibling": FIRM}, _need_of,
         at="body", ok=201, hidden=422, case="of an item"),
    Line("POST", "needs", "needs.write", rows.cooperative, {"own": FIRM, "sibling": FIRM},
         _need_at, at="body", ok=201, hidden=422, case="to a cooperative"),
    Line("GET", "needs/<uuid:pk>", "needs.read", rows.need, OF_FIRM),
    Line("PATCH", "needs/<uuid:pk>", "needs.write", rows.need, OF_FIRM, _with(quantity=7)),
    Line("POST", "needs/<uuid:pk>/withdraw", "needs.write", rows.need, OF_FIRM),
    Line("POST", "needs/<uuid:pk>/reopen", "needs.write", rows.withdrawn_need, OF_FIRM),
    Line("GET", "needs/last-time?item=<uuid:pk>", "needs.write", rows_demand.wanted,
         OF_FIRM_ALONE, hidden=200),
    Line("GET", "need-plans", "needs.read", rows_demand.plan, OF_FIRM, at="list"),
    Line("POST", "need-plans", "needs.write", rows.item, {"own": FIRM, "sibling": FIRM},
         rows_demand.planning_of, at="body", ok=201, hidden=422, case="of an item"),
    Line("POST", "need-plans", "needs.write", rows.cooperative, {"own": FIRM, "sibling": FIRM},
         rows_demand.planning_at, at="body", ok=201, hidden=422, case="to a cooperative"),
    Line("GET", "need-plans/<uuid:pk>", "needs.read", rows_demand.plan, OF_FIRM),
    Line("PATCH", "need-plans/<uuid:pk>", "needs.write", rows_demand.plan, OF_FIRM,
         _with(quantity=7)),
    Line("POST", "need-plans/<uuid:pk>/skip", "needs.write", rows_demand.plan, OF_FIRM,
         _with(next_date="2030-01-01")),
    Line("POST", "need-plans/<uuid:pk>/stop", "needs.write", rows_demand.plan, OF_FIRM),
    Line("POST", "need-plans/<uuid:pk>/resume", "needs.write", rows_demand.plan, OF_FIRM),
    Line("GET", "proposed-needs", "needs.read", rows_demand.proposal, OF_FIRM, at="list"),
    Line("POST", "proposed-needs/<uuid:pk>/accept", "needs.write", rows_demand.proposal, OF_FIRM,
         _with(quantity=7)),
    Line("POST", "proposed-needs/<uuid:pk>/dismiss", "needs.write", rows_demand.proposal, OF_FIRM),
    Line("POST", "proposed-needs/<uuid:pk>/restore", "needs.write", rows_demand.proposal, OF_FIRM),
    Line("GET", "foretold", "foretold.read", rows_demand.foretold, OF_OFFICE, at="list"),
    Line("GET", "foretold/<uuid:pk>", "foretold.read", rows_demand.foretold, OF_OFFICE),
    Line("POST", "foretold/<uuid:pk>/ask", "foretold.write", rows_demand.foretold, OF_OFFICE),
    Line("POST", "foretold/<uuid:pk>/campaign", "campaigns.write", rows_demand.foretold, OF_OFFICE,
         ok=201),
    Line("GET", "pools", "pools.read", rows.pool, OF_MEMBERS, at="list"),
    Line("GET", "pools/<uuid:pk>", "pools.read", rows.pool, OF_MEMBERS),
    Line("POST", "pools/<uuid:pk>/campaign", "pools.write", rows.pool, OF_OFFICE, ok=201),
]  # fmt: skip

CAMPAIGNS = [
    Line("GET", "campaigns", "campaigns.read", rows.running, CAMPAIGN, at="list"),
    Line("POST", "campaigns", "campaigns.write", rows.item, OF_OFFICE, at="body", ok=201,
         hidden=422, body=_named("item", title="새 공동구매")),
    Line("GET", "campaigns/<uuid:pk>", "campaigns.read", rows.running, CAMPAIGN),
    Line("GET", "campaigns/<uuid:pk>", "campaigns.read", rows.draft, OF_OFFICE, case="a draft"),
    Line("PATCH", "campaigns/<uuid:pk>", "campaigns.write", rows.draft, OF_OFFICE,
         _with(title="고친 제목")),
    Line("POST", "campaigns/<uuid:pk>/start-sourcing", "campaigns.write", rows.draft, OF_OFFICE),
    Line("POST", "campaigns/<uuid:pk>/invite", "campaigns.write", rows.draft, OF_OFFICE,
         lambda world, row: {"suppliers": [world.sides["own"].supplier.firm_id]}),
    Line("POST", "campaigns/<uuid:pk>/award", "campaigns.write", rows.offered, OF_OFFICE,
         _award_of, key=_of_affair),
    Line("POST", "campaigns/<uuid:pk>/open", "campaigns.write", rows.awarded, OF_OFFICE),
    Line("POST", "campaigns/<uuid:pk>/extend", "campaigns.write", rows.running, OF_OFFICE,
         lambda world, row: {"closes_at": later(20), "why": "참여가 늘고 있어"}),
    Line("POST", "campaigns/<uuid:pk>/cancel", "campaigns.write", rows.running, OF_OFFICE, _why),
    Line("POST", "campaigns/<uuid:pk>/close", "campaigns.write", rows.running, OF_OFFICE,
         _with(typed="")),
    Line("POST", "campaigns/<uuid:pk>/fail", "campaigns.write", rows.cleared, OF_OFFICE, _why),
    Line("GET", "campaigns/<uuid:pk>/offers", "offers.read", rows.running, CAMPAIGN),
    Line("POST", "campaigns/<uuid:pk>/offers", "offers.write", rows.sourcing, CAMPAIGN, _terms,
         ok=201, but=NOT_A_SUPPLIER),
    # The awarded supplier sees the campaign, and is no member who may commit to it.
    Line("GET", "campaigns/<uuid:pk>/commitment", "campaigns.read", rows.running, OF_FIRM_ALONE),
    Line("PUT", "campaigns/<uuid:pk>/commitment", "commitments.write", rows.running, JOINING,
         _with(quantity=12, price_limit="125")),
    Line("DELETE", "campaigns/<uuid:pk>/commitment", "commitments.write", rows.running,
         OF_FIRM_ALONE, ok=204),
    Line("GET", "campaigns/<uuid:pk>/commitments", "campaigns.inspect", rows.running, OF_OFFICE),
    Line("GET", "campaigns/<uuid:pk>/quote?quantity=5", "commitments.write", rows.running,
         CAMPAIGN),
    Line("GET", "campaigns/<uuid:pk>/dry-run", "campaigns.inspect", rows.running, OF_OFFICE),
    Line("GET", "campaigns/<uuid:pk>/clearing", "campaigns.read", rows.cleared, CAMPAIGN),
    Line("GET", "campaigns/<uuid:pk>/clearing/lines", "campaigns.inspect", rows.cleared, OF_OFFICE),
    Line("GET", "campaigns/<uuid:pk>/history", "campaigns.read", rows.running, CAMPAIGN),
    Line("GET", "standings?campaigns=<uuid:pk>", "campaigns.read", rows.running, CAMPAIGN,
         hidden=200),
    Line("GET", "offers", "offers.read", rows.offer, OF_SUPPLIER, at="list"),
    Line("GET", "offers/<uuid:pk>", "offers.read", rows.offer, OF_SUPPLIER),
    Line("PATCH", "offers/<uuid:pk>", "offers.write", rows.offer, OF_SUPPLIER, _terms),
    Line("POST", "offers/<uuid:pk>/withdraw", "offers.write", rows.offer, OF_SUPPLIER),
    Line("GET", "invitations", "offers.read", rows.sourcing, OF_SUPPLIER_ALONE, at="list"),
]  # fmt: skip

ORDERS = [
    Line("GET", "orders", "orders.read", rows.order, OF_FIRM, at="list"),
    Line("GET", "orders/<uuid:pk>", "orders.read", rows.order, OF_FIRM),
    Line("GET", "orders/<uuid:pk>/history", "orders.read", rows.order, OF_FIRM),
    Line("GET", "purchase-orders", "purchase_orders.read", rows.purchase_order, OF_SUPPLIER,
         at="list"),
    Line("GET", "purchase-orders/<uuid:pk>", "purchase_orders.read", rows.purchase_order,
         OF_SUPPLIER),
    Line("GET", "purchase-orders/<uuid:pk>/lines", "purchase_orders.read", rows.purchase_order,
         OF_SUPPLIER),
    Line("POST", "purchase-orders/<uuid:pk>/confirm", "purchase_orders.answer",
         rows.purchase_order, OF_SUPPLIER),
    Line("POST", "purchase-orders/<uuid:pk>/refuse", "purchase_orders.answer",
         rows.purchase_order, OF_SUPPLIER, _why),
    Line("POST", "purchase-orders/<uuid:pk>/confirm-less", "purchase_orders.answer",
         rows.purchase_order, OF_SUPPLIER, rows_less.saying),
    Line("GET", "campaigns/<uuid:pk>/confirmed-less", "campaigns.inspect", rows_less.campaign,
         OF_OFFICE),
    Line("POST", "confirmed-less/<uuid:pk>/decide", "campaigns.write", rows_less.asked, OF_OFFICE,
         rows_less.deciding),
    Line("GET", "shipments", "orders.read", rows.shipment, OF_BOTH, at="list"),
    Line("POST", "shipments", "shipments.write", rows.confirmed, OF_SUPPLIER_ALONE, _parcel,
         at="body", ok=201),
    Line("POST", "shipments/bulk", "shipments.write", rows.confirmed, OF_SUPPLIER_ALONE, _parcels,
         at="body", ok=201),
    Line("POST", "shipments/bulk", "shipments.write", rows.confirmed, OF_SUPPLIER_ALONE,
         _parcels_of_another, at="body", ok=201, case="a line of another's"),
    Line("POST", "shipments/<uuid:pk>/receive", "receipts.write", rows.shipment, OF_FIRM_ALONE,
         _received),
]  # fmt: skip


def _new_listing(world: World, row: Any) -> dict[str, Any]:
    return {"title": "간판 제작", "kind": "service", "category": row, "unit": "case",
            "price": "150000", "for_campaigns": True}  # fmt: skip


def _campaign_of_affair(world: World, firm: Any) -> dict[str, Any]:
    return {"campaign": world.row(rows.running, "own"), "said": "함께 사시면 좋겠습니다."}


def _pool_for(world: World, firm: Any) -> dict[str, Any]:
    return {"pool": world.row(rows.pool, "own"), "said": ""}


def _to_neighbour(world: World, firm: Any) -> dict[str, Any]:
    return {"giver": world.row(rows.silent_member, "own"), "reason": "포장재를 찾고 있어"}


def _introduction_of(world: World, firm: Any) -> dict[str, Any]:
    return {"seeker": firm, "giver": world.row(rows.silent_member, "own"), "reason": "같은 업종"}


REPORTS = [
    Line("GET", "reports/assembly?first=2026-01-01", "reports.read"),
    Line("GET", "reports/savings?first=2026-01-01", "orders.read"),
    Line("GET", "reports/savings/lines?against=list_price", "orders.read", rows.order, OF_FIRM,
         at="list"),
]  # fmt: skip
MEMBER: Sees = {"own": OFFICE, "sibling": OFFICE}

OUTREACH = [
    Line("GET", "directory", "directory.read", rows.listing, OF_MEMBERS, at="list"),
    Line("GET", "listings", "directory.read", rows.listing, OF_FIRM_ALONE, at="list"),
    Line("POST", "listings", "listings.write", rows.category, PUBLIC, _new_listing, at="body",
         ok=201, hidden=422, but=dict.fromkeys([(side, "supplier") for side in SIDES], 409)),
    Line("GET", "listings/<uuid:pk>", "directory.read", rows.listing, OF_MEMBERS),
    Line("GET", "listings/<uuid:pk>", "directory.read", rows.withdrawn_listing, OF_FIRM_ALONE,
         case="withdrawn"),
    Line("PATCH", "listings/<uuid:pk>", "listings.write", rows.listing, OF_FIRM_ALONE,
         _with(title="새 제목")),
    Line("POST", "listings/<uuid:pk>/withdraw", "listings.write", rows.listing, OF_FIRM_ALONE),
    Line("POST", "listings/<uuid:pk>/show", "listings.write", rows.withdrawn_listing,
         OF_FIRM_ALONE),
    Line("POST", "listings/<uuid:pk>/campaign", "campaigns.write", rows.listing_for_campaigns,
         OF_OFFICE, ok=201),
    Line("GET", "introductions", "introductions.read", rows.introduction, OF_FIRM, at="list"),
    Line("POST", "introductions", "introductions.answer", rows.neighbours_listing,
         {"own": FIRM, "sibling": FIRM}, _named("listing", reason="상담을 받고 싶어"), at="body",
         ok=201),
    Line("GET", "introductions/office", "outreach.read", rows.introduction, OF_OFFICE, at="list"),
    Line("POST", "introductions/office", "outreach.write", rows.a_firm, MEMBER,
         _introduction_of, at="body", ok=201),
    Line("GET", "introductions/<uuid:pk>", "introductions.read", rows.introduction, OF_FIRM),
    Line("POST", "introductions/<uuid:pk>/accept", "introductions.answer",
         rows.introduction_to_answer, OF_FIRM_ALONE, _with(phone="010-1234-5678")),
    Line("POST", "introductions/<uuid:pk>/decline", "introductions.answer",
         rows.introduction_to_answer, OF_FIRM_ALONE, _why),
    Line("POST", "introductions/<uuid:pk>/withdraw", "introductions.withdraw", rows.introduction,
         OF_FIRM),
    Line("POST", "introductions/<uuid:pk>/withdraw", "introductions.withdraw",
         rows.introduction_to_answer, OF_OFFICE, case="another firm's asking"),
    Line("POST", "introductions/<uuid:pk>/outcome", "outreach.write", rows.introduced, OF_OFFICE,
         _with(worked_out=True, note="월 계약", value=220000)),
    Line("POST", "introductions/<uuid:pk>/follow-up", "outreach.write", rows.introduced,
         OF_OFFICE, lambda world, row: {"date": later(10)[:10]}),
    Line("GET", "left-out", "outreach.read", rows.silent_member, MEMBER, at="list"),
    Line("GET", "left-out/summary", "outreach.read"),
    Line("GET", "left-out/<uuid:pk>", "outreach.read", rows.silent_member, MEMBER),
    Line("POST", "left-out/<uuid:pk>/campaign", "outreach.write", rows.a_firm, MEMBER,
         _campaign_of_affair, ok=201),
    Line("POST", "left-out/<uuid:pk>/pool", "outreach.write", rows.a_firm, MEMBER, _pool_for,
         ok=201),
    Line("POST", "left-out/<uuid:pk>/needs", "outreach.write", rows.a_firm, MEMBER,
         _with(said="요즘 필요한 것이 있으신지요?"), ok=201),
    Line("POST", "left-out/<uuid:pk>/introduce", "outreach.write", rows.a_firm, MEMBER,
         _to_neighbour, ok=201),
    Line("GET", "contacts", "outreach.read", rows.contact, OF_OFFICE, at="list"),
    Line("POST", "contacts", "outreach.write", rows.a_firm, MEMBER,
         _named("firm", how="visit", said="방문", answer="later", outcome="다음 달에",
                follow_up_date="2027-01-05"), at="body", ok=201),
    Line("PATCH", "contacts/<uuid:pk>", "outreach.write", rows.contact, OF_OFFICE,
         _with(answer="interested", outcome="참여하기로", follow_up_date=None)),
    Line("GET", "proposals", "wishes.read", rows.suggestion, OF_FIRM_ALONE, at="list"),
    Line("POST", "proposals/<uuid:pk>/answer", "wishes.write", rows.suggestion, OF_FIRM_ALONE,
         _with(answer="later", note="다음 달에")),
    Line("GET", "wishes", "wishes.read", rows.own_membership, OF_FIRM_ALONE, at="list"),
    Line("PUT", "wishes/<uuid:pk>", "wishes.write", rows.cooperative,
         {"own": FIRM, "sibling": FIRM}),
    Line("DELETE", "wishes/<uuid:pk>", "wishes.write", rows.cooperative,
         {"own": FIRM, "sibling": FIRM}),
]  # fmt: skip

NOTIFICATIONS = [
    Line("GET", "notifications", "notifications.read", rows.notification, {"own": ("owner",)},
         at="list"),
    Line("GET", "notifications/unread", "notifications.read"),
    # Naming another's changes nothing and tells nothing.
    Line("POST", "notifications/read", "notifications.read", rows.notification,
         {"own": ("owner",)}, lambda world, row: {"ids": [row]}, at="body", hidden=200),
    Line("GET", "notifications/choices", "notifications.read"),
    Line("PATCH", "notifications/choices", "notifications.write", body=_with(
        choices=[{"kind": "campaign_cleared", "shown": True, "mail": "digest"}])),
    Line("PUT", "notifications/mailbox", "notifications.write", body=_with(
        only_necessary=False, quiet_from="21:00", quiet_to="08:00", digest_at="07:30",
        try_again=True)),
    Line("GET", "calendar", "notifications.read"), Line("POST", "calendar", "notifications.write"),
    Line("DELETE", "calendar", "notifications.write", ok=204),
    # Whoever holds the e-mail, or the address, is let in by what stands in it.
    Line("GET", "unsubscribe?token=<uuid:pk>", ANYONE, rows.token, ALL_OF_THEM),
    Line("POST", "unsubscribe?token=<uuid:pk>", ANYONE, rows.token, ALL_OF_THEM),
    Line("GET", "calendar.ics?key=<uuid:pk>", ANYONE, rows.calendar_key, ALL_OF_THEM),
    Line("GET", "desk", "notifications.read"),
]  # fmt: skip

LINES = [
    *ACCOUNTS, *MEMBERS, *PEOPLE, *COOPERATIVES, *FIRMS, *CATALOG, *DEMAND, *CAMPAIGNS, *SOURCING,
    *NEED_LISTS, *ORDERS, *OUTREACH, *REPORTS, *NOTIFICATIONS, *JOINING_IN_DEPTH, *MONEY, *PRICES,
    *BUNDLES, *WAYS, *TERMS, *CLAIMS,
]  # fmt: skip

# Addresses outside the API, by their first words: who they answer is tested beside the matrix.
OUTSIDE = ("healthz", "readyz", "admin/", "s/", "api/auth/")
