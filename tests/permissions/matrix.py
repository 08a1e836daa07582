"""The table: every address, method, and who gets what for whose row.

A line says which capability the view must ask for, how a row of each side is made, what is sent,
and who sees it. A role without the capability is refused (403) whatever the row; one with it that
does not see the row is answered as if there were none (404, the same body to the byte). Roles and
their capabilities come from accounts.domain.permissions; here stands only whose rows are seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.orders import today
from tests.permissions import rows
from tests.permissions.world import SIDES, Maker, World, later

from mungchi.accounts.domain.permissions import SIGNED_IN
from mungchi.deliveries.models import Shipment
from mungchi.payments.models import Payment

FIRM = ("owner", "buyer", "viewer")
OFFICE = ("coordinator", "auditor")
EVERYBODY = (*FIRM, "supplier", *OFFICE, "operator", "seatless")
ROLES = ("anonymous", *EVERYBODY)

Sees = Mapping[str, tuple[str, ...]]
# Whose rows are seen by whom. What is not named is hidden.
OF_OFFICE: Sees = {"own": OFFICE, "sibling": OFFICE}
OF_FIRM: Sees = {"own": (*FIRM, *OFFICE), "sibling": OFFICE}
OF_FIRM_ALONE: Sees = {"own": FIRM}
OF_SUPPLIER: Sees = {"own": ("supplier", *OFFICE), "sibling": OFFICE}
OF_SUPPLIER_ALONE: Sees = {"own": ("supplier",)}
OF_BOTH: Sees = {"own": (*FIRM, "supplier", *OFFICE), "sibling": OFFICE}
OF_MEMBERS: Sees = {"own": (*FIRM, *OFFICE), "sibling": (*FIRM, *OFFICE)}
CAMPAIGN: Sees = {"own": (*FIRM, "supplier", *OFFICE), "sibling": (*FIRM, *OFFICE)}
# A partner of one's own cooperative is a partner of the sibling's, which is the same.
PARTNER: Sees = {"own": OFFICE, "sibling": OFFICE}
JOINING: Sees = {"own": FIRM, "sibling": FIRM}
OF_PLATFORM: Sees = dict.fromkeys(SIDES, ("operator",))
PUBLIC: Sees = dict.fromkeys(SIDES, EVERYBODY)

# What is sent: a body made of the row's key (or of whatever the maker returned).
Body = Callable[[World, Any], Any]


@dataclass(frozen=True)
class Line:
    """One line of the table.

    make: makes the row; None when the request names no row (then there is one cell a role).
    at: "path" when the row's key stands in the address, "body" when in what is sent, "list" when
        the row is to be found, or not to be found, among the results.
    ok: the answer to who may and sees. but: (side, role) -> another answer, where the row is seen
        and something else forbids it. hidden: the answer in place of a row that is not seen.
    key: what stands in the address, of what the maker returned.
    """

    method: str
    path: str
    capability: str
    make: Maker | None = None
    sees: Sees = field(default_factory=dict)
    body: Body | None = None
    at: str = "path"
    ok: int = 200
    but: Mapping[tuple[str, str], int] = field(default_factory=dict)
    hidden: int = 404
    key: Callable[[Any], Any] = lambda row: row
    multipart: bool = False
    case: str = ""

    @property
    def name(self) -> str:
        """How the line is called in reports."""
        return f"{self.method} {self.path}{' · ' if self.case else ''}{self.case}"


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


def _document(world: World, row: Any) -> dict[str, Any]:
    content = SimpleUploadedFile("c.pdf", b"%PDF-1.7 x", content_type="application/pdf")
    return {"file": content, "kind": "registration"}


def _registration(world: World, row: Any) -> dict[str, Any]:
    return {
        "name": "새 기업", "business_number": "2208162517", "representative": "박대표",
        "address": "부산광역시 중구",
    }  # fmt: skip


def _cooperative(world: World, row: Any) -> dict[str, Any]:
    return {
        "name": "새 협동조합", "business_number": "1078614075", "representative": "최이사장",
        "address": "대전광역시 서구", "phone": "042-555-0100", "zone": "Asia/Seoul",
        "currency": "KRW",
    }  # fmt: skip


def _award_of(world: World, affair: Any) -> dict[str, Any]:
    return {"offer": affair if isinstance(affair, str) else affair.offer.pk, "reason": "최저가"}


def _award_in_own(world: World, offer: Any) -> dict[str, Any]:
    return {"offer": offer, "reason": "최저가"}


def _confirmation(world: World, payment: Any) -> dict[str, Any]:
    amount = payment.amount if isinstance(payment, Payment) else 1
    return {"amount": amount, "depositor": "홍길동", "received_date": today().isoformat()}


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


def _with(**body: Any) -> Body:
    return lambda world, row: body


def _why(world: World, row: Any) -> dict[str, Any]:
    return {"why": "사정이 있어서"}


def _named(member: str, /, **rest: Any) -> Body:
    """The row's key as one member of the body."""
    return lambda world, row: {**rest, member: row}


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
    Line("GET", "cooperative-applications", SIGNED_IN),
    Line("POST", "cooperative-applications", SIGNED_IN, body=_cooperative, ok=201),
    Line(
        "GET",
        "platform/cooperatives",
        "cooperatives.decide",
        rows.cooperative,
        OF_PLATFORM,
        at="list",
    ),
    Line(
        "GET",
        "platform/cooperatives/<uuid:pk>",
        "cooperatives.decide",
        rows.cooperative,
        OF_PLATFORM,
    ),
    Line(
        "GET",
        "platform/cooperatives/<uuid:pk>/history",
        "cooperatives.decide",
        rows.cooperative,
        OF_PLATFORM,
    ),
    Line(
        "POST",
        "platform/cooperatives/<uuid:pk>/admit",
        "cooperatives.decide",
        rows.applying,
        OF_PLATFORM,
    ),
    Line(
        "POST",
        "platform/cooperatives/<uuid:pk>/refuse",
        "cooperatives.decide",
        rows.applying,
        OF_PLATFORM,
        _why,
    ),
    Line(
        "POST",
        "platform/cooperatives/<uuid:pk>/suspend",
        "cooperatives.decide",
        rows.cooperative,
        OF_PLATFORM,
        _why,
    ),
    Line("GET", "cooperative", "cooperative.read"),
    Line("GET", "cooperative/history", "cooperative.read"),
    Line(
        "PATCH",
        "cooperative",
        "cooperative.write",
        body=_with(
            name="고친 이름",
            name_en="Corrected",
            region="서울",
            representative="김이사장",
            address="서울특별시",
            phone="02-555-0100",
            payment_days=10,
            default_rationing="first_come",
            default_open_days=20,
        ),
    ),
    Line(
        "POST",
        "cooperative/account",
        "cooperative.write",
        body=_with(bank_name="가람은행", bank_account="110-482-337190", bank_holder="조합"),
    ),
    Line(
        "POST",
        "account-changes/<uuid:pk>/confirm",
        "cooperative.write",
        rows.account_change,
        OF_OFFICE,
    ),
    Line(
        "POST",
        "account-changes/<uuid:pk>/decline",
        "cooperative.write",
        rows.account_change,
        OF_OFFICE,
        _why,
    ),
    Line("GET", "partners", "cooperative.read", rows.partner, PARTNER, at="list"),
    Line("GET", "partnerships", "cooperative.read", rows.partnership, OF_OFFICE, at="list"),
    Line(
        "POST",
        "partnerships",
        "cooperative.write",
        rows.cooperative,
        {"foreign": OFFICE},
        _named("cooperative"),
        at="body",
        ok=201,
        hidden=422,
    ),
    Line("POST", "partnerships/<uuid:pk>/accept", "cooperative.write", rows.partnership, OF_OFFICE),
    Line(
        "POST",
        "partnerships/<uuid:pk>/decline",
        "cooperative.write",
        rows.partnership,
        OF_OFFICE,
        _why,
    ),
    Line(
        "POST", "partnerships/<uuid:pk>/withdraw", "cooperative.write", rows.own_proposal, OF_OFFICE
    ),
    Line(
        "POST",
        "partnerships/<uuid:pk>/end",
        "cooperative.write",
        rows.agreed,
        OF_OFFICE,
        lambda world, row: {"last_day": today().isoformat(), "why": "정리"},
    ),
    Line("POST", "cooperative/leave", "cooperative.write", body=_why),
    Line("GET", "firm", "firm.read"),
    Line(
        "PATCH",
        "firm",
        "firm.write",
        body=_with(
            name="고친 이름",
            representative="김대표",
            address="부산광역시",
            phone="051-1",
            trade="제조업",
        ),
    ),
    Line("GET", "firm/documents", "firm.read", rows.document, OF_FIRM_ALONE, at="list"),
    Line("POST", "firm/documents", "firm.write", body=_document, ok=201, multipart=True),
    Line("DELETE", "firm/documents/<uuid:pk>", "firm.write", rows.document, OF_FIRM_ALONE, ok=204),
    Line("GET", "documents/<uuid:pk>/content", "documents.read", rows.document, OF_FIRM),
    Line("GET", "members/<uuid:pk>", "members.read", rows.membership, OF_OFFICE),
    Line("GET", "members/<uuid:pk>/activity", "members.read", rows.membership, OF_OFFICE),
    Line("GET", "members", "members.read", rows.membership, OF_OFFICE, at="list"),
    Line("POST", "members/<uuid:pk>/admit", "members.write", rows.applicant, OF_OFFICE),
    Line("POST", "members/<uuid:pk>/suspend", "members.write", rows.membership, OF_OFFICE, _why),
    Line("GET", "divisions", "members.read", rows.division, OF_OFFICE, at="list"),
    Line("GET", "suppliers", "campaigns.inspect", rows.supplier_firm, PUBLIC, at="list"),
]

CATALOG = [
    Line("GET", "items", "items.read", rows.item,
         {"own": (*FIRM, *OFFICE, "operator"), "sibling": (*FIRM, *OFFICE, "operator"),
          "foreign": ("operator",)}, at="list"),
    Line("POST", "items", "items.write", body=_with(name="새 품목"), ok=201),
    Line("POST", "items", "items.write", rows.category, PUBLIC, at="body", hidden=422,
         body=_named("category", name="새 품목"), ok=201, case="in a category"),
    Line("GET", "categories", "items.read", rows.category, PUBLIC, at="list"),
    Line("GET", "units", "items.read"),
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
    Line("GET", "firm/categories", "firm.read"),
    Line("PUT", "firm/categories", "firm.write", rows.category, PUBLIC, at="body", hidden=422,
         body=lambda world, row: {"categories": [row]}),
    Line("GET", "needs", "needs.read", rows.need, OF_FIRM, at="list"),
    Line("POST", "needs", "needs.write", rows.item, {"own": FIRM, "sibling": FIRM}, _need_of,
         at="body", ok=201, hidden=422, case="of an item"),
    Line("POST", "needs", "needs.write", rows.cooperative, {"own": FIRM, "sibling": FIRM},
         _need_at, at="body", ok=201, hidden=422, case="to a cooperative"),
    Line("GET", "needs/<uuid:pk>", "needs.read", rows.need, OF_FIRM),
    Line("PATCH", "needs/<uuid:pk>", "needs.write", rows.need, OF_FIRM, _with(quantity=7)),
    Line("POST", "needs/<uuid:pk>/withdraw", "needs.write", rows.need, OF_FIRM),
    Line("POST", "needs/<uuid:pk>/reopen", "needs.write", rows.withdrawn_need, OF_FIRM),
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
    Line("POST", "campaigns/<uuid:pk>/close", "campaigns.write", rows.running, OF_OFFICE),
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
    Line("GET", "campaigns/<uuid:pk>/guests", "campaigns.inspect", rows.running, OF_OFFICE),
    Line("POST", "campaigns/<uuid:pk>/guests", "campaigns.write", rows.with_guests, OF_OFFICE,
         lambda world, row: {"business_number": world.guest_number}, ok=201),
    Line("DELETE", "guests/<uuid:pk>", "campaigns.write", rows.guest, OF_OFFICE, ok=204),
    Line("GET", "campaigns/<uuid:pk>", "campaigns.read", rows.guested,
         {**CAMPAIGN, "foreign": FIRM}, case="as a guest"),
    Line("GET", "offers", "offers.read", rows.offer, OF_SUPPLIER, at="list"),
    Line("GET", "offers/<uuid:pk>", "offers.read", rows.offer, OF_SUPPLIER),
    Line("PATCH", "offers/<uuid:pk>", "offers.write", rows.offer, OF_SUPPLIER, _terms),
    Line("POST", "offers/<uuid:pk>/withdraw", "offers.write", rows.offer, OF_SUPPLIER),
    Line("GET", "invitations", "offers.read", rows.sourcing, OF_SUPPLIER_ALONE, at="list"),
]  # fmt: skip

ORDERS = [
    Line("GET", "orders", "orders.read", rows.order, OF_FIRM, at="list"),
    Line("GET", "orders/<uuid:pk>", "orders.read", rows.order, OF_FIRM),
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
    Line("GET", "payments", "payments.read", rows.awaited, OF_OFFICE, at="list",
         key=lambda payment: payment.pk),
    Line("GET", "payments/<uuid:pk>", "payments.read", rows.paid, OF_OFFICE),
    Line("POST", "payments/<uuid:pk>/confirm", "payments.write", rows.awaited, OF_OFFICE,
         _confirmation, key=lambda payment: payment.pk),
    Line("POST", "payments/<uuid:pk>/undo-confirm", "payments.write", rows.paid, OF_OFFICE, _why),
    Line("POST", "payments/<uuid:pk>/refund-sent", "payments.write", rows.refund, OF_OFFICE, _why),
    Line("GET", "shipments", "orders.read", rows.shipment, OF_BOTH, at="list"),
    Line("POST", "shipments", "shipments.write", rows.confirmed, OF_SUPPLIER_ALONE, _parcel,
         at="body", ok=201),
    Line("POST", "shipments/bulk", "shipments.write", rows.confirmed, OF_SUPPLIER_ALONE, _parcels,
         at="body", ok=201),
    Line("POST", "shipments/bulk", "shipments.write", rows.confirmed, OF_SUPPLIER_ALONE,
         _parcels_of_another, at="body", ok=201, case="a line of another's"),
    Line("GET", "pickup-points", "cooperative.read", rows.point, OF_OFFICE, at="list"),
    Line("POST", "pickup-points", "cooperative.write", ok=201,
         body=_with(name="새 장소", address="서울특별시 중구", hours="평일 9-18시")),
    Line("PATCH", "pickup-points/<uuid:pk>", "cooperative.write", rows.point, OF_OFFICE,
         _with(name="고친 장소", address="서울특별시", hours="")),
    Line("POST", "pickup-points/<uuid:pk>/close", "cooperative.write", rows.point, OF_OFFICE),
    Line("GET", "collections", "orders.read", rows.collection, OF_BOTH, at="list"),
    Line("POST", "collections", "cooperative.write", rows.running, OF_OFFICE,
         lambda world, row: {
             "campaign": row, "point": world.row(rows.point, "own"), "note": "2층",
             "first_date": later(30)[:10], "last_date": later(31)[:10]}, at="body", ok=201),
    Line("GET", "collections/<uuid:pk>", "orders.read", rows.collection, OF_BOTH),
    Line("DELETE", "collections/<uuid:pk>", "cooperative.write", rows.collection, OF_OFFICE,
         ok=204),
    Line("POST", "shipments/<uuid:pk>/receive", "receipts.write", rows.shipment, OF_FIRM_ALONE,
         _received),
]  # fmt: skip

NOTIFICATIONS = [
    Line("GET", "notifications", "notifications.read", rows.notification, {"own": ("owner",)},
         at="list"),
    Line("GET", "notifications/unread", "notifications.read"),
    # Naming another's changes nothing and tells nothing.
    Line("POST", "notifications/read", "notifications.read", rows.notification,
         {"own": ("owner",)}, lambda world, row: {"ids": [row]}, at="body", hidden=200),
    Line("GET", "desk", "notifications.read"),
]  # fmt: skip

REPORTS = [
    Line("GET", "trade", "trade.read"),
    Line("GET", "trade/evidence", "trade.read"),
]

LINES = [*ACCOUNTS, *CATALOG, *DEMAND, *CAMPAIGNS, *ORDERS, *NOTIFICATIONS, *REPORTS]

# Addresses outside the API, by their first words: who they answer is tested beside the matrix.
OUTSIDE = ("healthz", "readyz", "admin/", "api/auth/")
