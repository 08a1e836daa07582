"""What waits for a cooperative's office. Twenty-four queries; two more where payouts wait."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, F, Min, Q, Sum

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import may
from mungchi.accounts.models import Membership
from mungchi.accounts.queries import partnerships_visible_to, waiting_account_change
from mungchi.campaigns import queries as campaigns
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.deliveries.models import Receipt
from mungchi.demand.models import Pool, PurchaseImport
from mungchi.demand.queries import foretold_at
from mungchi.notifications.queries.claims import claims_to_decide
from mungchi.notifications.queries.deciding_desk import confirmed_less, undecided
from mungchi.notifications.queries.waiting import MOST, Waiting
from mungchi.outreach import queries as outreach
from mungchi.payments.domain.states import REFUND_TO_SEND
from mungchi.payments.models import Payment, Refund
from mungchi.payments.queries import payouts_visible_to, with_approval

SOON: Final = timedelta(hours=48)
# A failed import is worth a look for two weeks; after that it is history.
IMPORTS_SHOWN: Final = timedelta(days=14)
ENOUGH_FIRMS: Final = 3

ADMIT = Text(
    ko="조합 가입 신청 {count}건", en="{count} {count:firm applies|firms apply} for membership"
)
AWARD = Text(
    ko="‘{title}’ 공급 제안 {count}건 중 선정",
    en="Choose among {count} {count:offer|offers} on “{title}”",
)
OPEN = Text(ko="‘{title}’ 시작", en="Open “{title}”")
CLOSING = Text(ko="‘{title}’ 마감 임박", en="“{title}” closes soon")
FILLING = Text(ko="‘{title}’ 물량 채우기", en="“{title}” is being filled")
OVERDUE = Text(
    ko="입금 기한이 지난 {count}건, {amount}",
    en="{count} {count:payment|payments} overdue, {amount}",
)
AWAITED = Text(
    ko="입금 대기 {count}건, {amount}", en="{count} {count:payment|payments} awaited, {amount}"
)
REFUND = Text(
    ko="환불할 {count}건, {amount}", en="{count} {count:refund|refunds} to send, {amount}"
)
APPROVE = Text(
    ko="‘{title}’ {supplier}에 지급할 {amount} 승인 ({person}님 준비)",
    en="“{title}”: approve paying {amount} to {supplier}, prepared by {person}",
)
PAY = Text(
    ko="‘{title}’ {supplier}에 승인된 {amount} 송금",
    en="“{title}”: send {amount} to {supplier}, which is approved",
)
ACCOUNT = Text(
    ko="입금 계좌가 등록되지 않아 기업이 입금할 수 없습니다({count}건).",
    en="Firms cannot pay: no bank account is registered ({count} {count:payment|payments}).",
)
ACCOUNT_CHANGE = Text(
    ko="새 입금 계좌 확인: {bank} {account}", en="Confirm the new account: {bank} {account}"
)
CONFIRM_AWARD = Text(
    ko="‘{title}’ 낙찰 확인: {supplier} ({person}님 요청)",
    en="Confirm the award of “{title}” to {supplier}, for {person}",
)
CONFIRM_CLOSE = Text(
    ko="‘{title}’ 마감 확인 ({person}님 요청)", en="Confirm closing “{title}”, for {person}"
)
CONFIRM_REST = Text(
    ko="‘{title}’ 진행 방법 확인 ({person}님 요청)",
    en="Confirm how “{title}” goes on, for {person}",
)
CONFIRMED_BY_OTHERS = Text(
    ko="‘{title}’ 다른 담당자의 확인을 기다리는 중",
    en="“{title}” waits for another coordinator to confirm",
)
CHANGE = Text(
    ko="‘{title}’ {supplier}의 공급 조건 변경 요청에 답하기",
    en="“{title}”: answer {supplier}, who would change its offer",
)
QUESTIONS = Text(
    ko="‘{title}’ 답하지 않은 질문 {count}건",
    en="“{title}”: {count} {count:question|questions} without an answer",
)
PARTNER = Text(ko="{name}의 협력 제안", en="{name} proposes a partnership")
SHORT = Text(
    ko="‘{title}’ 수령 수량 차이 {count}건",
    en="“{title}”: {count} {count:delivery|deliveries} came short",
)
IMPORT = Text(ko="‘{file}’ 가져오기 실패", en="“{file}” could not be imported")
POOLS = Text(
    ko="{least}개 기업 이상이 기다리는 수요 묶음 {count}건",
    en="{count} {count:pool|pools} in which {least} firms or more are waiting",
)
# More likely than not.
LIKELY: Final = 50
FORETOLD = Text(
    ko="다음 달 두 곳 이상이 살 것으로 보이는 품목 {count}건",
    en="{count} {count:item|items} that members will probably buy together next month",
)
FOLLOW_UP = Text(
    ko="다시 연락할 기업 {count}곳", en="{count} {count:firm|firms} to be turned to again"
)
INTRODUCTIONS = Text(
    ko="결과를 물을 연결 {count}건",
    en="{count} {count:introduction: ask what came of it|introductions: ask what came of them}",
)


def rows(actor: Actor, at: datetime) -> list[Waiting]:
    """Decisions, members, offers, campaigns, money, deliveries, imports, pools, the left out.

    Each for those who may do it: an auditor, who reads everything, has nothing to do here.
    """
    found: list[Waiting] = []
    for capability, ask in _KINDS:
        if may(actor.role, capability):
            found += ask(actor, at)
    return found


def _account(actor: Actor, at: datetime) -> list[Waiting]:
    """An account that somebody else in the office proposed."""
    change = waiting_account_change(actor.cooperative_id)
    if change is None or change.proposed_by_id == actor.user_id:
        return []
    text = ACCOUNT_CHANGE.format(bank=change.bank_name, account=change.bank_account)
    return [Waiting("account", text, "/desk/cooperative?tab=account")]


def _partners(actor: Actor, at: datetime) -> list[Waiting]:
    """Partnerships proposed by others."""
    asked = partnerships_visible_to(actor).filter(
        asked_id=actor.cooperative_id, state="proposed"
    )  # fmt: skip
    return [
        Waiting("partner", PARTNER.format(name=Text(
            ko=row.asking.name, en=row.asking.name_en or row.asking.name)),
            "/desk/cooperative?tab=partners")
        for row in asked.order_by("id")[:MOST]
    ]  # fmt: skip


def _second(actor: Actor, at: datetime) -> list[Waiting]:
    """Decisions that another coordinator may not make alone, and one's own that wait for one."""
    found = []
    for row in campaigns.decisions_waiting(actor)[:MOST]:
        link = f"/desk/campaigns/{row.campaign_id}"
        title = row.campaign.title
        if row.mine:
            said = CONFIRMED_BY_OTHERS.format(title=title)
            found.append(Waiting("second_asked", said, link, row.campaign.ends_at))
        elif row.may_answer and row.offer is not None:
            said = CONFIRM_AWARD.format(
                title=title, supplier=row.offer.supplier.name, person=row.asked_by.called
            )
            found.append(Waiting("second", said, link, row.campaign.ends_at))
        elif row.may_answer and row.kind != "close":
            said = CONFIRM_REST.format(title=title, person=row.asked_by.called)
            found.append(Waiting("second", said, link))
        elif row.may_answer:
            said = CONFIRM_CLOSE.format(title=title, person=row.asked_by.called)
            found.append(Waiting("second", said, link, row.campaign.ends_at))
    return found


def _changes(actor: Actor, at: datetime) -> list[Waiting]:
    """Changes of offers on open campaigns that need the office's word."""
    return [
        Waiting(
            "offer_change",
            CHANGE.format(title=row.campaign.title, supplier=row.offer.supplier.name),
            f"/desk/campaigns/{row.campaign_id}",
            row.campaign.closes_at,
        )
        for row in campaigns.changes_waiting(actor).order_by("campaign__closes_at", "id")[:MOST]
    ]


def _questions(actor: Actor, at: datetime) -> list[Waiting]:
    """Questions of suppliers that can still be answered."""
    found = (
        campaigns.hosted(actor)
        .filter(Q(offers_due_at__isnull=True) | Q(offers_due_at__gt=at), state="sourcing")
        .annotate(open_questions=Count("questions", filter=Q(questions__answer="")))
        .filter(open_questions__gt=0)
        .order_by(F("offers_due_at").asc(nulls_last=True), "id")
    )
    return [
        Waiting("question", QUESTIONS.format(title=row.title, count=row.open_questions),
                f"/desk/campaigns/{row.pk}?tab=questions", row.offers_due_at,
                row.open_questions)
        for row in found[:MOST]
    ]  # fmt: skip


def _applications(actor: Actor, at: datetime) -> list[Waiting]:
    count = Membership.objects.filter(cooperative_id=actor.cooperative_id, state="applied").count()
    row = Waiting("admit", ADMIT.format(count=count), "/desk/members?status=applied", count=count)
    return [row] if count else []


def _sourced(actor: Actor, at: datetime) -> list[Waiting]:
    """Offers to choose from once they are due, and campaigns that could open."""
    found = (
        campaigns.hosted(actor)
        .filter(state="sourcing")
        .filter(
            Q(awarded_offer__isnull=False) | Q(offers_due_at__isnull=True)
            | Q(offers_due_at__lte=at)
        )
        .annotate(standing=Count("offers", filter=Q(offers__state="submitted")))
        .filter(Q(standing__gt=0) | Q(awarded_offer__isnull=False))
    )  # fmt: skip
    return [
        Waiting("open", OPEN.format(title=row.title), f"/desk/campaigns/{row.pk}", row.closes_at)
        if row.awarded_offer_id
        else Waiting("award", AWARD.format(title=row.title, count=row.standing),
                     f"/desk/campaigns/{row.pk}", row.offers_due_at, row.standing)
        for row in found.order_by(F("offers_due_at").asc(nulls_last=True), "id")[:MOST]
    ]  # fmt: skip


def _closing(actor: Actor, at: datetime) -> list[Waiting]:
    found = campaigns.hosted(actor).filter(
        Q(state="open", closes_at__lte=at + SOON) | Q(state="filling")
    )
    return [
        Waiting("closing", (CLOSING if row.state == "open" else FILLING).format(title=row.title),
                f"/desk/campaigns/{row.pk}", row.ends_at)
        for row in found.order_by(campaigns.ENDS, "id")[:MOST]
    ]  # fmt: skip


def _money(actor: Actor, at: datetime) -> list[Waiting]:
    """Sums by currency of what is overdue, awaited, to be returned, and cannot be paid."""
    own = Payment.objects.filter(cooperative_id=actor.cooperative_id)
    refunds = Refund.objects.filter(
        Q(way="bank_transfer") | ~Q(state="requested"),
        cooperative_id=actor.cooperative_id, state__in=REFUND_TO_SEND,
    )  # fmt: skip
    sums = {"count": Count("id"), "amount": Sum("amount"), "due": Min("due_at")}
    awaited = own.filter(state="awaiting_transfer").order_by().values("currency")
    found = [
        ("overdue", OVERDUE, awaited.filter(due_at__lte=at).annotate(**sums)),
        ("awaited", AWAITED, awaited.filter(due_at__gt=at).annotate(**sums)),
        ("refund", REFUND,
         refunds.order_by().values("currency")
         .annotate(count=Count("id"), amount=Sum("amount"))),
    ]  # fmt: skip
    waiting = [
        Waiting(
            kind,
            text.format(count=row["count"], amount=amount_label(row["amount"], row["currency"])),
            "/desk/payments/returns" if kind == "refund" else "/desk/payments",
            None if kind == "refund" else row["due"],
            row["count"],
        )
        for kind, text, rows in found
        for row in rows
    ]
    without = own.filter(state="awaiting_transfer", instructions__has_key="notice").aggregate(
        count=Count("id"), due=Min("created_at")
    )
    if without["count"]:
        text = ACCOUNT.format(count=without["count"])
        waiting.append(
            Waiting("no_account", text, "/desk/payments", without["due"], without["count"])
        )
    return waiting


def _to_approve(actor: Actor, at: datetime) -> list[Waiting]:
    """Payouts that this person may approve; those of others, or of a person who is alone."""
    rows = payouts_visible_to(actor).filter(state="requested").order_by("id")[:MOST]
    return [
        Waiting("approve_payout", APPROVE.format(
            title=row.campaign.title, supplier=row.supplier.name,
            person=row.requested_by.called, amount=amount_label(row.amount, row.currency)),
            "/desk/payouts")
        for row in with_approval(actor, list(rows)) if row.approval != "no"
    ]  # fmt: skip


def _to_pay(actor: Actor, at: datetime) -> list[Waiting]:
    """Payouts that are approved and to be sent."""
    rows = payouts_visible_to(actor).filter(state="approved")
    return [
        Waiting("pay_out", PAY.format(title=row.campaign.title, supplier=row.supplier.name,
                                      amount=amount_label(row.amount, row.currency)),
                "/desk/payouts")
        for row in rows.order_by("id")[:MOST]
    ]  # fmt: skip


def _differences(actor: Actor, at: datetime) -> list[Waiting]:
    """Until the campaign ends; claims will take them over."""
    found = (
        Receipt.objects.filter(
            shipment__order__host_id=actor.cooperative_id,
            shipment__order__campaign__state="delivering",
            quantity__lt=F("shipment__quantity"),
        )
        .values("shipment__order__campaign_id", "shipment__order__campaign__title")
        .annotate(count=Count("id"))
        .order_by("shipment__order__campaign_id")
    )
    return [
        Waiting("difference",
                SHORT.format(title=row["shipment__order__campaign__title"], count=row["count"]),
                f"/desk/campaigns/{row['shipment__order__campaign_id']}", count=row["count"])
        for row in found[:MOST]
    ]  # fmt: skip


def _imports(actor: Actor, at: datetime) -> list[Waiting]:
    found = PurchaseImport.objects.filter(
        cooperative_id=actor.cooperative_id, state="failed", finished_at__gt=at - IMPORTS_SHOWN
    ).only("id", "filename")
    return [
        Waiting("import", IMPORT.format(file=row.filename), f"/desk/imports/{row.pk}")
        for row in found.order_by("-id")[:MOST]
    ]


def _pools(actor: Actor, at: datetime) -> list[Waiting]:
    count = (
        Pool.objects.filter(cooperative_id=actor.cooperative_id, state="open")
        .annotate(firms=Count("needs__firm", filter=Q(needs__state="open"), distinct=True))
        .filter(firms__gte=ENOUGH_FIRMS)
        .count()
    )
    text = POOLS.format(count=count, least=ENOUGH_FIRMS)
    return [Waiting("pools", text, "/desk/pools", count=count)] if count else []


def _foretold(actor: Actor, at: datetime) -> list[Waiting]:
    """Items that members will more likely than not buy together, and nothing was done about."""
    count = (
        foretold_at(actor, at)
        .filter(chance__gte=LIKELY, asked_at=None, campaign__isnull=True, month__gt=at.date())
        .count()
    )
    text = FORETOLD.format(count=count)
    return [Waiting("foretold", text, "/desk/foretold", count=count)] if count else []


def _follow_ups(actor: Actor, at: datetime) -> list[Waiting]:
    """Firms and introductions that the office meant to come back to by now. Three queries."""
    found = outreach.follow_ups_of(actor, at)
    waiting = []
    if found.contacts:
        text = FOLLOW_UP.format(count=found.contacts)
        link = "/desk/left-out?tab=contacts&due=true"
        waiting.append(Waiting("follow_up", text, link, count=found.contacts))
    if found.introductions:
        text = INTRODUCTIONS.format(count=found.introductions)
        waiting.append(
            Waiting("introductions", text, "/introductions?show=made", count=found.introductions)
        )
    return waiting


# What one may do -> what of it waits.
_KINDS: Final[tuple[tuple[str, Callable[[Actor, datetime], list[Waiting]]], ...]] = (
    ("cooperative.account", _account),
    ("cooperative.write", _partners),
    ("campaigns.write", _second),
    ("campaigns.write", undecided),
    ("campaigns.write", confirmed_less),
    ("campaigns.write", _changes),
    ("campaigns.write", _questions),
    ("payments.write", _money),
    ("payouts.approve", _to_approve),
    ("payouts.write", _to_pay),
    ("campaigns.write", _sourced),
    ("campaigns.write", _closing),
    ("members.write", _applications),
    ("campaigns.write", _differences),
    ("claims.decide", claims_to_decide),
    ("imports.write", _imports),
    ("pools.write", _pools),
    ("foretold.write", _foretold),
    ("outreach.write", _follow_ups),
)
