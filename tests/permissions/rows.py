"""How to make one row of each kind for a side. Each returns what the matrix needs of it."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    buyer_of,
    coordinator_of,
    partners,
)
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.orders import today
from tests.permissions.world import Affair, Side

from mungchi.accounts import operations, queries
from mungchi.accounts.models import Division, Firm, Membership, Seat, TaxStatus
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.operations import receive_shipment
from mungchi.demand import operations as demand
from mungchi.demand.models import Need, Purchase, PurchaseImport
from mungchi.notifications.models import Notification

CSV = (
    "거래일자,거래처명,품목코드,품목명,수량,단가\n"
    "2026-03-02,한빛상사,P-1,복사용지,10,25000\n"
    "2026-03-03,한빛상사,P-1,복사용지,없음,25000\n"
)


def cooperative(side: Side) -> UUID:
    return side.cooperative.pk


def applying(side: Side) -> UUID:
    """A cooperative that has applied, registered by the side's person."""
    return CooperativeFactory(
        state="applied", applicant_id=side.firm.user_id, applied_at=clock.now()
    ).pk


def account_change(side: Side) -> UUID:
    """A change of account that another coordinator than the side's has proposed: one at a time."""
    waiting = queries.waiting_account_change(side.cooperative.pk)
    if waiting is None:
        waiting = operations.propose_account(
            actor=coordinator_of(side.cooperative), bank_name="누리은행",
            bank_account="301-0457-8812-01", bank_holder="조합",
        )  # fmt: skip
    return waiting.pk


def partnership(side: Side) -> UUID:
    """Proposed to the side's cooperative by another."""
    stranger = coordinator_of(CooperativeFactory())
    return operations.propose_partnership(
        actor=stranger, cooperative_id=side.cooperative.pk, message=""
    ).pk


def own_proposal(side: Side) -> UUID:
    """Proposed by the side's cooperative to another."""
    return operations.propose_partnership(
        actor=side.office, cooperative_id=CooperativeFactory().pk, message=""
    ).pk


def agreed(side: Side) -> UUID:
    return partners(side.cooperative, CooperativeFactory()).pk


def partner(side: Side) -> UUID:
    return partners(CooperativeFactory(), side.cooperative).asking_id


def applicant(side: Side) -> UUID:
    return MembershipFactory(
        cooperative=side.cooperative, firm=FirmFactory(), state="applied", joined_at=None
    ).pk


def membership(side: Side) -> UUID:
    return Membership.objects.get(cooperative=side.cooperative, firm_id=side.firm.firm_id).pk


def division(side: Side) -> UUID:
    return Division.objects.create(cooperative=side.cooperative, name=f"분과 {side.name}").pk


def supplier_firm(side: Side) -> UUID:
    return side.supplier.firm_id  # type: ignore[return-value]


def category(side: Side) -> UUID:
    return CategoryFactory().pk


def item(side: Side) -> UUID:
    return ItemFactory(cooperative=side.cooperative).pk


def uploaded(side: Side) -> UUID:
    return demand.upload_purchases(
        actor=side.office,
        filename=f"{side.name}.csv",
        stream=io.BytesIO(CSV.replace("한빛상사", f"한빛 {side.name}").encode()),
    ).pk


def imported(side: Side) -> UUID:
    pk = uploaded(side)
    demand.start_import(actor=side.office, import_id=pk)
    demand.run_import(import_id=pk)
    assert PurchaseImport.objects.get(pk=pk).rejected == 1
    return pk


def purchase(side: Side) -> int:
    """A purchase of the side's firm."""
    return Purchase.objects.create(
        cooperative=side.cooperative,
        firm_id=side.firm.firm_id,
        item_id=item(side),
        purchase_import_id=uploaded(side),
        quantity=3,
        unit_price="10",
        currency="KRW",
        purchased_date=today(),
        fingerprint=side.cooperative.pk if side.name == "own" else side.firm.firm_id,
    ).pk


def _need(side: Side) -> Need:
    return demand.state_need(
        actor=side.firm,
        cooperative_id=side.cooperative.pk,
        item_id=item(side),
        quantity=10,
        needed_by=today() + timedelta(days=40),
    )


def need(side: Side) -> UUID:
    return _need(side).pk


def withdrawn_need(side: Side) -> UUID:
    return demand.withdraw_need(actor=side.firm, need_id=need(side)).pk


def pool(side: Side) -> UUID:
    return _need(side).pool_id


def draft(side: Side) -> UUID:
    return Affair(side).campaign.pk


def sourcing(side: Side) -> UUID:
    return Affair(side).sourcing().campaign.pk


def offered(side: Side) -> Affair:
    return Affair(side).offered()  # type: ignore[return-value]


def offer(side: Side) -> UUID:
    return offered(side).offer.pk


def awarded(side: Side) -> UUID:
    affair = offered(side)
    campaigns.award_offer(
        actor=side.office, campaign_id=affair.campaign.pk, offer_id=affair.offer.pk, reason="최저가"
    )
    return affair.campaign.pk


def running(side: Side) -> UUID:
    """Open, with the side's firm in it."""
    return Affair(side).joined().campaign.pk


def cleared(side: Side) -> UUID:
    return Affair(side).settling().campaign.pk


def order(side: Side) -> UUID:
    return Affair(side).placed().order.pk


def awaited(side: Side) -> Any:
    """A payment that is waited for."""
    return Affair(side).placed().payment


def paid(side: Side) -> UUID:
    """A payment that arrived, before the supplier was ordered from."""
    affair = Affair(side).placed()
    return affair.pay(affair.payment).pk  # type: ignore[no-any-return]


def refund(side: Side) -> UUID:
    return Affair(side).refunding().payment.pk  # type: ignore[no-any-return]


def purchase_order(side: Side) -> UUID:
    return Affair(side).ordered().purchase_order.pk


def confirmed(side: Side) -> Affair:
    return Affair(side).confirmed()  # type: ignore[return-value]


def shipment(side: Side) -> UUID:
    return Affair(side).shipped().shipment.pk  # type: ignore[attr-defined]


def received(side: Side) -> UUID:
    """A shipment that the side's firm has answered for."""
    row = Affair(side).shipped().shipment  # type: ignore[attr-defined]
    receive_shipment(
        actor=side.firm, shipment_id=row.pk, quantity=row.quantity - 1, note="하나 부족"
    )
    return row.pk  # type: ignore[no-any-return]


def notification(side: Side) -> UUID:
    """Something that the owner of the side's firm was told."""
    draft(side)
    return Notification.objects.create(
        user_id=side.firm.user_id,
        seat_id=side.firm.seat_id,
        event=History.objects.latest("id"),
        kind="campaign_opened",
        sentence_ko="공동구매가 시작되었습니다.",
        sentence_en="A campaign has opened.",
        link="/",
        created_at=clock.now(),
    ).pk


def with_guests(side: Side) -> UUID:
    """Open, and taking guests."""
    return Affair(side, takes_guests=True).joined().campaign.pk


def _guest(side: Side, firm: Firm) -> Any:
    return campaigns.admit_guest(
        actor=side.office, campaign_id=with_guests(side), business_number=firm.business_number
    )


def guest(side: Side) -> UUID:
    """A firm that is nobody's member, admitted to a campaign of the side."""
    firm = FirmFactory()
    buyer_of(firm)
    return _guest(side, firm).pk


def guested(side: Side) -> UUID:
    """A campaign of the side; of a stranger's, the firm of those who ask is a guest."""
    if side.name != "foreign":
        return Affair(side, takes_guests=True).joined().campaign.pk
    ours = Firm.objects.get(seats__in=Seat.objects.filter(role="viewer"))
    return _guest(side, ours).campaign_id  # type: ignore[no-any-return]


def point(side: Side) -> UUID:
    return deliveries.add_point(
        actor=side.office, name=f"물류창고 {side.name}", address="서울특별시 중구", hours="평일"
    ).pk


def collection(side: Side) -> UUID:
    """Of a campaign that was ordered from the side's supplier."""
    affair = confirmed(side)
    where = deliveries.add_point(
        actor=side.office, name=f"수령 장소 {side.name}", address="서울특별시 중구", hours=""
    )
    return deliveries.set_collection(
        actor=side.office, campaign_id=affair.campaign.pk, point_id=where.pk,
        first_date=today(), last_date=today(),
    ).pk  # fmt: skip


def document(side: Side) -> UUID:
    """A document of the side's firm, which also says what it buys and was looked up."""
    demand.choose_categories(actor=side.firm, categories=[category(side)])
    TaxStatus.objects.get_or_create(
        firm_id=side.firm.firm_id, defaults={"status": "registered", "next_at": clock.now()}
    )
    content = io.BytesIO(b"%PDF-1.7 " + side.name.encode())
    return operations.add_document(
        actor=side.firm, kind="registration", filename=f"{side.name}.pdf", stream=content
    ).pk
