"""How to make one row of each kind for a side. Each returns what the matrix needs of it."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from tests.factories.accounts import FirmFactory, MembershipFactory, SeatFactory, member
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.orders import today
from tests.factories.outreach import listing as a_listing
from tests.permissions.world import Affair, Side

from mungchi.accounts import operations as accounts
from mungchi.accounts.models import Division, Membership, Seat, Session, User
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.deliveries.operations import receive_shipment
from mungchi.demand import operations as demand
from mungchi.demand.models import Need, Purchase, PurchaseImport
from mungchi.notifications.models import Notification
from mungchi.outreach import operations as outreach
from mungchi.outreach.models import Introduction, Spell

CSV = (
    "거래일자,거래처명,품목코드,품목명,수량,단가\n"
    "2026-03-02,한빛상사,P-1,복사용지,10,25000\n"
    "2026-03-03,한빛상사,P-1,복사용지,없음,25000\n"
)


MEMBERS = "상호,사업자등록번호\n새로이상회,220-81-62517\n"


def member_list(side: Side) -> UUID:
    return accounts.upload_members(
        actor=side.office, filename=f"{side.name}.csv", stream=io.BytesIO(MEMBERS.encode())
    ).pk


def cooperative(side: Side) -> UUID:
    return side.cooperative.pk


def applicant(side: Side) -> UUID:
    return MembershipFactory(
        cooperative=side.cooperative, firm=FirmFactory(), state="applied", joined_at=None
    ).pk


def membership(side: Side) -> UUID:
    return Membership.objects.get(cooperative=side.cooperative, firm_id=side.firm.firm_id).pk


def invited_firm(side: Side) -> UUID:
    """A firm that the side's cooperative would have."""
    return MembershipFactory(
        cooperative=side.cooperative, firm=FirmFactory(), state="invited", joined_at=None
    ).pk


def gone(side: Side) -> UUID:
    """A member that has left."""
    row = MembershipFactory(cooperative=side.cooperative, firm=FirmFactory())
    Membership.objects.filter(pk=row.pk).update(state="left")
    return row.pk


def invited_own(side: Side) -> UUID:
    """An invitation of the side's firm by some cooperative."""
    return MembershipFactory(firm_id=side.firm.firm_id, firm=None, state="invited").pk


def colleague(side: Side) -> UUID:
    """A person beside the owner of the side's firm."""
    return SeatFactory(role="buyer", firm_id=side.firm.firm_id).pk


def buyers_seat(side: Side) -> UUID:
    """Of the buyer who asks, on our side."""
    there = Seat.objects.filter(firm_id=side.firm.firm_id, role="buyer").order_by("id").first()
    return there.pk if there else colleague(side)


def staff(side: Side) -> UUID:
    """A person beside the coordinator of the side's office."""
    return SeatFactory(role="auditor", cooperative=side.cooperative).pk


def invited(side: Side) -> UUID:
    return accounts.invite(actor=side.firm, role="buyer").invitation.pk


def invited_to_office(side: Side) -> UUID:
    return accounts.invite(actor=side.office, role="auditor").invitation.pk


def invitation_key(side: Side) -> str:
    """What opens a seat at the side's firm."""
    return accounts.invite(actor=side.firm, role="viewer").link.rpartition("/")[2]


def vacant(side: Side) -> UUID:
    """A member firm that nobody represents."""
    return MembershipFactory(cooperative=side.cooperative, firm=FirmFactory()).firm_id


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
        fingerprint=uuid4(),
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


def session(side: Side) -> UUID:
    """A browser in which the owner of the side's firm is signed in."""
    at = clock.now()
    return Session.objects.create(
        session_key=uuid4().hex, user_id=side.firm.user_id, signed_in_at=at, last_seen_at=at,
        expire_date=at + timedelta(days=1),
    ).pk  # fmt: skip


def key(side: Side) -> UUID:
    """A key of the owner of the side's firm."""
    made, _ = accounts.make_key(actor=side.firm, name="창고", scopes=["orders.read"], days=30)
    return made.pk  # type: ignore[no-any-return]


def person_with_a_factor(side: Side) -> str:
    """The address of somebody who may have lost a telephone."""
    user = User.objects.get(pk=side.supplier.user_id)
    TOTP.activate(user, generate_totp_secret())
    return user.email


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


def listing(side: Side) -> UUID:
    """What the side's firm offers."""
    return a_listing(side.firm).pk


def withdrawn_listing(side: Side) -> UUID:
    return outreach.withdraw_listing(actor=side.firm, listing_id=listing(side)).pk


def listing_for_campaigns(side: Side) -> UUID:
    return a_listing(side.firm, for_campaigns=True).pk


def neighbours_listing(side: Side) -> UUID:
    """What another member of the side's cooperative offers."""
    return a_listing(member(side.cooperative)).pk


def _asked(side: Side) -> Introduction:
    return outreach.ask_for_introduction(
        actor=side.firm, listing_id=neighbours_listing(side), reason="상담"
    )


def introduction(side: Side) -> UUID:
    """One that the side's firm has asked for."""
    return _asked(side).pk


def introduction_to_answer(side: Side) -> UUID:
    """One that the side's firm has been asked for."""
    return outreach.ask_for_introduction(
        actor=member(side.cooperative), listing_id=listing(side), reason="상담"
    ).pk


def introduced(side: Side) -> UUID:
    pk = introduction_to_answer(side)
    return outreach.accept_introduction(actor=side.firm, introduction_id=pk).pk


def silent_member(side: Side) -> UUID:
    """A member of the side's cooperative from which nothing was heard; by its membership's firm."""
    row = MembershipFactory(
        cooperative=side.cooperative,
        firm=FirmFactory(created_at=clock.now() - timedelta(days=200)),
        joined_at=clock.now() - timedelta(days=200),
    )
    return row.firm_id


def a_firm(side: Side) -> UUID:
    return side.firm.firm_id  # type: ignore[return-value]


def contact(side: Side) -> UUID:
    """What the side's office wrote down of a talk with the side's firm."""
    return outreach.record_contact(
        actor=side.office, firm_id=side.firm.firm_id, how="telephone", said="안부"
    ).pk


def suggestion(side: Side) -> UUID:
    """What the side's office suggested to the side's firm."""
    return outreach.ask_for_needs(actor=side.office, firm_id=side.firm.firm_id).pk


def quiet(side: Side) -> UUID:
    """The wish of a member to be left alone."""
    firm = member(side.cooperative)
    return outreach.leave_us_alone(actor=firm, cooperative_id=side.cooperative.pk).pk


def spell(side: Side) -> UUID:
    """A time in which a member was left out."""
    firm = silent_member(side)
    outreach.survey_cooperative(cooperative_id=side.cooperative.pk, at=clock.now())
    return Spell.objects.get(firm_id=firm, ended_at=None).pk


def own_membership(side: Side) -> UUID:
    return membership(side)
