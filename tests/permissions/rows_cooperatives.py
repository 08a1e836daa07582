"""Rows of cooperatives among each other, and of what firms show of themselves; see rows.py."""

import io
from typing import Any
from uuid import UUID

from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    UserFactory,
    buyer_of,
    coordinator_of,
    partners,
)
from tests.factories.orders import today
from tests.permissions.rows import category, confirmed
from tests.permissions.world import Affair, Side

from mungchi.accounts import operations, queries
from mungchi.accounts.models import Firm, Seat, TaxStatus
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.models import Erasure
from mungchi.deliveries import operations as deliveries
from mungchi.demand import operations as demand


def applying(side: Side) -> UUID:
    """A cooperative that has applied, registered by the side's person."""
    return CooperativeFactory(
        state="applied", applicant_id=side.firm.user_id, applied_at=clock.now()
    ).pk


def somebody(side: Side) -> str:
    """The address of a person who has no seat."""
    return UserFactory().email


def erasure(side: Side) -> int:
    """The side's person has asked to be erased; it keeps its seat, so that it can be asked as."""
    return Erasure.objects.create(user_id=side.firm.user_id, asked_at=clock.now()).pk


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
