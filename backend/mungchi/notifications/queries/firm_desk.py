"""What waits for a firm that buys. Twelve queries."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import may
from mungchi.accounts.queries import cooperative_ids_of, memberships_visible_to
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.deliveries.models import Shipment
from mungchi.demand.models import CountedNeed, Need, Pool, ProposedNeed
from mungchi.notifications.queries.claims import claims_to_answer
from mungchi.notifications.queries.waiting import MOST, Waiting
from mungchi.payments.models import Payment

SOON: Final = timedelta(hours=72)
SUGGESTED: Final = 5

INVITED = Text(
    ko="{cooperative}의 조합원사 초대에 답하기", en="Answer the invitation of {cooperative}"
)
APPROVE = Text(
    ko="‘{title}’ {quantity} 참여 승인 (최대 {amount}, {person}님 신청)",
    en="Approve {quantity} in “{title}” (at most {amount}, asked for by {person})",
)
ANSWER = Text(ko="‘{title}’ 바뀐 공급 조건에 답하기", en="“{title}”: answer the changed offer")
PAY = Text(ko="‘{title}’ 주문 대금 {amount} 입금", en="Transfer {amount} for “{title}”")
ASK = Text(
    ko="‘{title}’ 주문 대금 {amount}: 입금 계좌를 사무국에 문의",
    en="{amount} for “{title}”: ask the office for its account",
)
PAY_ON_LINE = Text(
    ko="‘{title}’ 주문 대금 {amount}: 결제 확인 필요",
    en="{amount} for “{title}”: your payment needs you",
)
RECEIVE = Text(ko="‘{title}’ 물품 수령 확인", en="Confirm what arrived of “{title}”")
CLAIM = Text(
    ko="‘{title}’ 클레임에 대한 공급사의 제안에 답하기",
    en="“{title}”: say whether you agree to the supplier’s answer",
)
CLOSING = Text(ko="참여 중인 ‘{title}’ 마감 임박", en="“{title}”, which you are in, closes soon")
FILLING = Text(
    ko="참여 중인 ‘{title}’의 물량 채우기: 더할 수 있는 물량 확인",
    en="“{title}”, which you are in, is being filled: see what you could add",
)
JOIN = Text(ko="참여할 수 있는 공동구매 ‘{title}’", en="You could join “{title}”")
POOLS = Text(
    ko="모이고 있는 구매 수요 {count}건",
    en="{count} {count:pool of needs is|pools of needs are} gathering",
)

PROPOSED = Text(
    ko="구매 이력으로 본 다음 구매 {count}건: 수요로 올릴지 확인",
    en="{count} {count:need|needs} proposed from what you bought before",
)


def rows(actor: Actor, at: datetime) -> list[Waiting]:
    """Invitations, money, goods, deadlines, and what could be joined: what the role may do."""
    buys = may(actor.role, "commitments.write")
    return [
        *_invitations(actor),
        *_approvals(actor),
        *(_answers(actor) if buys else ()),
        *(_payments(actor) if buys else ()),
        *(_shipments(actor) if may(actor.role, "receipts.write") else ()),
        *(claims_to_answer(actor, "offered", CLAIM) if may(actor.role, "claims.write") else ()),
        *(_closing(actor, at) if buys else ()),
        *(_open_to_join(actor, at) if buys else ()),
        *(_proposed_and_pools(actor) if may(actor.role, "needs.write") else ()),
    ]


def _invitations(actor: Actor) -> list[Waiting]:
    """For the owner, who alone may answer."""
    if not may(actor.role, "memberships.write"):
        return []
    found = memberships_visible_to(actor).filter(state="invited").order_by("id")
    return [
        Waiting(
            "member",
            INVITED.format(
                cooperative=Text(
                    ko=row.cooperative.name, en=row.cooperative.name_en or row.cooperative.name
                )
            ),
            "/settings/memberships",
        )
        for row in found[:MOST]
    ]


def _approvals(actor: Actor) -> list[Waiting]:
    """For the owner, who alone may approve."""
    if not may(actor.role, "approvals.decide"):
        return []
    found = campaigns.approvals_visible_to(actor).filter(
        state="waiting", campaign__state="open"
    ).order_by("campaign__closes_at", "id")  # fmt: skip
    return [
        Waiting(
            "approve",
            APPROVE.format(
                title=row.campaign.title,
                quantity=counted(row.quantity, UNITS[row.campaign.item.unit]),
                amount=amount_label(row.value, row.campaign.currency),
                person=row.asked_by.called,
            ),
            "/approvals",
            row.campaign.closes_at,
        )
        for row in found[:MOST]
    ]


def _answers(actor: Actor) -> list[Waiting]:
    """Changed offers of campaigns that the firm is in: who does not answer is left out."""
    found = Campaign.objects.filter(
        commitments__firm_id=actor.firm_id, commitments__must_answer=True, state="open"
    )
    return [
        Waiting("answer", ANSWER.format(title=row.title), f"/campaigns/{row.pk}", row.closes_at)
        for row in found.order_by("closes_at", "id")[:MOST]
    ]


def _payments(actor: Actor) -> list[Waiting]:
    found = Payment.objects.filter(
        firm_id=actor.firm_id, state__in=["awaiting_transfer", "requires_action"]
    ).select_related("order__campaign")  # fmt: skip
    return [
        Waiting(
            "pay",
            _to_pay(row).format(
                title=row.order.campaign.title, amount=amount_label(row.amount, row.currency)
            ),
            f"/orders/{row.order_id}",
            row.due_at,
        )
        for row in found.order_by("due_at", "id")[:MOST]
    ]


def _to_pay(payment: Payment) -> Text:
    if payment.state == "requires_action":
        return PAY_ON_LINE
    return ASK if "notice" in payment.instructions else PAY


def _shipments(actor: Actor) -> list[Waiting]:
    found = (
        Shipment.objects.filter(order__firm_id=actor.firm_id, state="shipped")
        .values("order_id", "order__campaign__title")
        .annotate(count=Count("id"))
        .order_by("order_id")
    )
    return [
        Waiting(
            "receive",
            RECEIVE.format(title=row["order__campaign__title"]),
            f"/orders/{row['order_id']}",
            count=row["count"],
        )
        for row in found[:MOST]
    ]


def _closing(actor: Actor, at: datetime) -> list[Waiting]:
    found = Campaign.objects.filter(
        Q(state="open", closes_at__lte=at + SOON) | Q(state="filling"),
        commitments__firm_id=actor.firm_id,
        commitments__state="active",
    )
    return [
        Waiting("closing", (CLOSING if row.state == "open" else FILLING).format(title=row.title),
                f"/campaigns/{row.pk}", row.ends_at)
        for row in found.order_by(campaigns.ENDS, "id")[:MOST]
    ]  # fmt: skip


def _open_to_join(actor: Actor, at: datetime) -> list[Waiting]:
    mine = Commitment.objects.filter(
        campaign_id=OuterRef("pk"), firm_id=actor.firm_id, state="active"
    )
    found = campaigns.joined_once_open(actor).filter(~Exists(mine), state="open", closes_at__gt=at)
    return [
        Waiting("join", JOIN.format(title=row.title), f"/campaigns/{row.pk}", row.closes_at)
        for row in found.order_by("closes_at", "id")[:SUGGESTED]
    ]


def _proposed_and_pools(actor: Actor) -> list[Waiting]:
    return [*_proposed(actor), *_pools(actor)]


def _proposed(actor: Actor) -> list[Waiting]:
    count = ProposedNeed.objects.filter(firm_id=actor.firm_id, state="open").count()
    text = PROPOSED.format(count=count)
    return [Waiting("proposed", text, "/needs", count=count)] if count else []


def _pools(actor: Actor) -> list[Waiting]:
    mine = Need.objects.filter(pool_id=OuterRef("pk"), firm_id=actor.firm_id, state="open")
    count = Pool.objects.filter(
        ~Exists(mine),
        Exists(CountedNeed.objects.filter(pool_id=OuterRef("pk"), state="open")),
        cooperative__in=cooperative_ids_of(actor),
        state="open",
    ).count()
    return [Waiting("pools", POOLS.format(count=count), "/needs", count=count)] if count else []
