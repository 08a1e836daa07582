"""The table of cooperatives among each other, and of what firms show of themselves."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.orders import today
from tests.permissions import rows
from tests.permissions import rows_cooperatives as made
from tests.permissions.line import (
    CAMPAIGN,
    FIRM,
    OF_BOTH,
    OF_FIRM,
    OF_FIRM_ALONE,
    OF_OFFICE,
    OFFICE,
    PUBLIC,
    Line,
    Sees,
    named,
    why,
    with_body,
)
from tests.permissions.world import SIDES, World, later

from mungchi.accounts.domain.permissions import SIGNED_IN

OF_PLATFORM: Sees = dict.fromkeys(SIDES, ("operator",))
# A partner of one's own cooperative is a partner of the sibling's, which is the same.
PARTNER: Sees = {"own": OFFICE, "sibling": OFFICE}


def _cooperative(world: World, row: Any) -> dict[str, Any]:
    return {
        "name": "새 협동조합", "business_number": "1078614075", "representative": "최이사장",
        "address": "대전광역시 서구", "phone": "042-555-0100", "zone": "Asia/Seoul",
        "currency": "KRW",
    }  # fmt: skip


def _document(world: World, row: Any) -> dict[str, Any]:
    content = SimpleUploadedFile("c.pdf", b"%PDF-1.7 x", content_type="application/pdf")
    return {"file": content, "kind": "registration"}


def _guest_number(world: World, row: Any) -> dict[str, Any]:
    return {"business_number": world.guest_number}


def _collection(world: World, row: Any) -> dict[str, Any]:
    return {"campaign": row, "point": world.row(made.point, "own"), "note": "2층",
            "first_date": later(30)[:10], "last_date": later(31)[:10]}  # fmt: skip


COOPERATIVES = [
    Line("GET", "cooperative-applications", SIGNED_IN),
    Line("POST", "cooperative-applications", SIGNED_IN, body=_cooperative, ok=201),
    Line("GET", "platform/cooperatives", "cooperatives.decide", rows.cooperative, OF_PLATFORM,
         at="list"),
    Line("GET", "platform/cooperatives/<uuid:pk>", "cooperatives.decide", rows.cooperative,
         OF_PLATFORM),
    Line("GET", "platform/cooperatives/<uuid:pk>/history", "cooperatives.decide",
         rows.cooperative, OF_PLATFORM),
    Line("POST", "platform/cooperatives/<uuid:pk>/admit", "cooperatives.decide", made.applying,
         OF_PLATFORM),
    Line("POST", "platform/cooperatives/<uuid:pk>/refuse", "cooperatives.decide", made.applying,
         OF_PLATFORM, why),
    Line("POST", "platform/cooperatives/<uuid:pk>/suspend", "cooperatives.decide",
         rows.cooperative, OF_PLATFORM, why),
    Line("GET", "cooperative", "cooperative.read"),
    Line("GET", "cooperative/history", "cooperative.read"),
    Line("GET", "cooperative/history/file?since=2026-01-01&until=2026-12-31", "cooperative.read"),
    Line("PATCH", "cooperative", "cooperative.write", body=with_body(
        name="고친 이름", name_en="Corrected", region="서울", representative="김이사장",
        address="서울특별시", phone="02-555-0100", payment_days=10,
        default_rationing="first_come", default_open_days=20, vat_rate_bp=1000,
        currency="KRW")),
    Line("POST", "cooperative/account", "cooperative.account", body=with_body(
        bank_name="가람은행", bank_account="110-482-337190", bank_holder="조합")),
    Line("POST", "account-changes/<uuid:pk>/confirm", "cooperative.account",
         made.account_change, OF_OFFICE),
    Line("POST", "account-changes/<uuid:pk>/decline", "cooperative.account",
         made.account_change, OF_OFFICE, why),
    Line("GET", "partners", "cooperative.read", made.partner, PARTNER, at="list"),
    Line("GET", "partnerships", "cooperative.read", made.partnership, OF_OFFICE, at="list"),
    Line("POST", "partnerships", "cooperative.write", rows.cooperative, {"foreign": OFFICE},
         named("cooperative"), at="body", ok=201, hidden=422),
    Line("POST", "partnerships/<uuid:pk>/accept", "cooperative.write", made.partnership,
         OF_OFFICE),
    Line("POST", "partnerships/<uuid:pk>/decline", "cooperative.write", made.partnership,
         OF_OFFICE, why),
    Line("POST", "partnerships/<uuid:pk>/withdraw", "cooperative.write", made.own_proposal,
         OF_OFFICE),
    Line("POST", "partnerships/<uuid:pk>/end", "cooperative.write", made.agreed, OF_OFFICE,
         lambda world, row: {"last_day": today().isoformat(), "why": "정리"}),
    Line("POST", "cooperative/leave", "cooperative.write", body=why),
    Line("GET", "campaigns/<uuid:pk>/guests", "campaigns.inspect", rows.running, OF_OFFICE),
    Line("POST", "campaigns/<uuid:pk>/guests", "campaigns.write", made.with_guests, OF_OFFICE,
         _guest_number, ok=201),
    Line("DELETE", "guests/<uuid:pk>", "campaigns.write", made.guest, OF_OFFICE, ok=204),
    Line("GET", "campaigns/<uuid:pk>", "campaigns.read", made.guested,
         {**CAMPAIGN, "foreign": FIRM}, case="as a guest"),
    Line("GET", "pickup-points", "cooperative.read", made.point, OF_OFFICE, at="list"),
    Line("POST", "pickup-points", "cooperative.write", ok=201, body=with_body(
        name="새 장소", address="서울특별시 중구", hours="평일 9-18시")),
    Line("PATCH", "pickup-points/<uuid:pk>", "cooperative.write", made.point, OF_OFFICE,
         with_body(name="고친 장소", address="서울특별시", hours="")),
    Line("POST", "pickup-points/<uuid:pk>/close", "cooperative.write", made.point, OF_OFFICE),
    Line("GET", "collections", "orders.read", made.collection, OF_BOTH, at="list"),
    Line("POST", "collections", "cooperative.write", rows.running, OF_OFFICE, _collection,
         at="body", ok=201),
    Line("GET", "collections/<uuid:pk>", "orders.read", made.collection, OF_BOTH),
    Line("DELETE", "collections/<uuid:pk>", "cooperative.write", made.collection, OF_OFFICE,
         ok=204),
    Line("GET", "trade", "trade.read"),
    Line("GET", "trade/evidence", "trade.read"),
]  # fmt: skip

FIRMS = [
    Line("GET", "firm", "firm.read"),
    Line("GET", "firm/history", "firm.read"),
    Line("PATCH", "firm", "firm.write", body=with_body(
        name="고친 이름", representative="김대표", address="부산광역시", phone="051-1",
        trade="제조업")),
    Line("GET", "firm/documents", "firm.read", made.document, OF_FIRM_ALONE, at="list"),
    Line("POST", "firm/documents", "firm.write", body=_document, ok=201, multipart=True),
    Line("DELETE", "firm/documents/<uuid:pk>", "firm.write", made.document, OF_FIRM_ALONE,
         ok=204),
    Line("GET", "documents/<uuid:pk>/content", "documents.read", made.document, OF_FIRM),
    Line("GET", "firm/categories", "firm.read"),
    Line("PUT", "firm/categories", "firm.write", rows.category, PUBLIC, at="body", hidden=422,
         body=lambda world, row: {"categories": [row]}),
    Line("GET", "members/<uuid:pk>/profile", "members.read", rows.membership, OF_OFFICE),
    Line("GET", "members/<uuid:pk>/history", "members.read", rows.membership, OF_OFFICE),
    Line("GET", "members/<uuid:pk>/activity", "members.read", rows.membership, OF_OFFICE),
]  # fmt: skip
