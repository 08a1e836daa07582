"""What people are told of: one row a kind, with its words and how it reaches whom. Pure.

To add one: a row here, a function of the same name in operations/*_news.py, and a migration with
`also_tell_of` (a trigger on the history puts these kinds, and only these, aside; a test compares).
A row with `own=False` has no event of its own: the functions of other events make it of some of
their notices, so that people can choose for it alone.
"""

from dataclasses import dataclass
from typing import Final

from mungchi.common.text import Text

# How an e-mail goes out: at once, with the others of the day, or not at all.
NOW, DIGEST, OFF = "now", "digest", "off"
WAYS: Final = (NOW, DIGEST, OFF)

# Why a kind cannot be turned off.
SECURITY: Final = Text(
    ko="계정과 계좌의 안전에 관한 알림이라 끌 수 없습니다.",
    en="It is about the safety of accounts, so it cannot be turned off.",
)
MONEY: Final = Text(
    ko="갚거나 받을 돈에 관한 알림이라 끌 수 없습니다.",
    en="It is about money that is owed, so it cannot be turned off.",
)

# The headings under which people choose, in the order of the screen.
GROUPS: Final[dict[str, Text]] = {
    "campaigns": Text(ko="공동구매", en="Campaigns"),
    "money": Text(ko="입금과 환불", en="Money"),
    "deliveries": Text(ko="배송과 수령", en="Deliveries"),
    "supplying": Text(ko="공급", en="Supplying"),
    "office": Text(ko="사무국 업무", en="The office's work"),
    "introductions": Text(ko="연결과 권유", en="Introductions and suggestions"),
    "people": Text(ko="조합원사와 사람", en="Members and people"),
    "cooperative": Text(ko="협동조합과 협력", en="Cooperatives and partners"),
}
# Whom a kind is for: firms that buy, firms that supply, offices, operators.
BUYER, SUPPLIER, OFFICE, PLATFORM = "buyer", "supplier", "office", "platform"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of news: what it is called (the e-mail's subject too), and what is done unasked.

    `mail`: one of WAYS. `doer`: whoever did it is told as well, because it may have been somebody
    else in that person's name. `necessary`: why nobody can turn it off. `own`: whether the history
    has rows of this kind. `under`: the kind with which it is chosen together.
    """

    title: Text
    mail: str
    group: str
    to: frozenset[str]
    doer: bool = False
    necessary: Text | None = None
    own: bool = True
    under: str = ""


def _kind(
    ko: str, en: str, mail: str, group: str, *to: str, doer: bool = False,
    necessary: Text | None = None, own: bool = True, under: str = "",
) -> Kind:  # fmt: skip
    title = Text(ko=ko, en=en)
    return Kind(title, mail, group, frozenset(to), doer, necessary, own, under)


# One row a kind, whatever its length.
# fmt: off
KINDS: Final[dict[str, Kind]] = {
    "campaign_opened": _kind("새 공동구매", "A new campaign", DIGEST, "campaigns", BUYER, OFFICE),
    "guest_admitted": _kind("공동구매 초대", "You are admitted to a campaign", NOW, "campaigns", BUYER),
    "tier_reached": _kind("다음 수량 구간 도달", "The next tier is reached", DIGEST, "campaigns", BUYER),
    "price_fell": _kind("필요한 품목의 단가 하락", "The price of what you need fell", DIGEST, "campaigns", BUYER, own=False),
    "limit_keeps_out": _kind("희망 최고 단가로 제외 예정", "Your price limit keeps you out", NOW, "campaigns", BUYER, own=False),
    "price_rose": _kind("공동구매 단가 상승", "The price of a campaign rose", DIGEST, "campaigns", BUYER),
    # A changed offer: to be answered, then reminded of.
    "offer_changed": _kind("바뀐 공급 조건에 답변 필요", "The offer changed: please answer", NOW, "campaigns", BUYER),
    "offer_still_unanswered": _kind("바뀐 공급 조건에 답변 필요", "The offer changed: please answer", NOW, "campaigns", BUYER, under="offer_changed"),
    "offer_bettered": _kind("참여 중인 공동구매의 조건 변경", "Terms of a campaign you are in changed", DIGEST, "campaigns", BUYER, own=False),
    "campaign_closing_soon": _kind("마감 하루 전", "Closing within a day", NOW, "campaigns", BUYER),
    "filling_began": _kind("물량 채우기", "A campaign is being filled", NOW, "campaigns", BUYER, OFFICE),
    "campaign_extended": _kind("마감 연장", "A deadline was extended", NOW, "campaigns", BUYER, SUPPLIER, OFFICE),
    "campaign_cancelled": _kind("공동구매 취소", "A campaign was cancelled", NOW, "campaigns", BUYER, SUPPLIER),
    "campaign_cleared": _kind("공동구매 마감 결과", "The result of a campaign", NOW, "campaigns", BUYER, SUPPLIER, OFFICE),
    "priced_out": _kind("희망 최고 단가로 제외됨", "Your price limit kept you out", NOW, "campaigns", BUYER, own=False),
    "campaign_failed": _kind("공동구매 무산", "A campaign came to nothing", NOW, "campaigns", BUYER, SUPPLIER, OFFICE),
    "campaign_completed": _kind("공동구매 완료", "A campaign is complete", OFF, "campaigns", BUYER, SUPPLIER, OFFICE),
    "approval_waits": _kind("참여 승인 요청", "A commitment waits for your approval", NOW, "campaigns", BUYER),
    "approval_still_waits": _kind("참여 승인 요청", "A commitment waits for your approval", NOW, "campaigns", BUYER, under="approval_waits"),
    # Yes, no, or too late: chosen as one.
    "approval_given": _kind("참여 승인 결과", "Whether your commitment was approved", NOW, "campaigns", BUYER),
    "approval_declined": _kind("참여 승인 결과", "Whether your commitment was approved", NOW, "campaigns", BUYER, under="approval_given"),
    "approval_lapsed": _kind("참여 승인 결과", "Whether your commitment was approved", NOW, "campaigns", BUYER, under="approval_given"),

    "payments_asked": _kind("입금 안내", "Please transfer the money for your order", NOW, "money", BUYER, necessary=MONEY),
    "payment_due_soon": _kind("입금 기한 안내", "Your payment is due", NOW, "money", BUYER, necessary=MONEY),
    "payment_overdue": _kind("입금 기한 안내", "Your payment is due", NOW, "money", BUYER, necessary=MONEY, under="payment_due_soon"),
    "payment_lapses_soon": _kind("입금 기한 안내", "Your payment is due", NOW, "money", BUYER, necessary=MONEY, under="payment_due_soon"),
    "payment_extended": _kind("입금 기한 연장", "You have more time to pay", NOW, "money", BUYER, necessary=MONEY),
    "payments_extended": _kind("입금 기한 연장", "You have more time to pay", NOW, "money", BUYER, necessary=MONEY, under="payment_extended"),
    "payment_lapsed": _kind("입금 기한이 지나 주문 취소", "Your order was cancelled: not paid in time", NOW, "money", BUYER, necessary=MONEY),
    "payment_confirmed": _kind("입금 확인", "Your transfer has arrived", NOW, "money", BUYER),
    "payment_unconfirmed": _kind("입금 확인 취소", "Your transfer is awaited again", NOW, "money", BUYER, necessary=MONEY),
    "payment_refunded": _kind("환불 완료", "Your refund was sent", NOW, "money", BUYER),
    "payment_charged": _kind("결제 완료", "Your saved method was charged", NOW, "money", BUYER),
    "charge_declined": _kind("결제 실패, 재시도 예정", "Charging did not work and is tried again", NOW, "money", BUYER, necessary=MONEY),
    "payment_needs_firm": _kind("결제 확인 필요", "Your payment needs you", NOW, "money", BUYER, necessary=MONEY),
    "payment_by_transfer": _kind("계좌이체로 입금 안내", "Please transfer the money instead", NOW, "money", BUYER, necessary=MONEY),
    "consent_not_kept": _kind("자동 결제 동의가 끝남", "You will not be charged by your saved method", NOW, "money", BUYER, necessary=MONEY),
    "payment_on_account": _kind("외상 주문 안내", "Your order is on account", NOW, "money", BUYER, necessary=MONEY),
    "terms_refused": _kind("외상 대신 계좌이체 안내", "Please transfer: it could not be put on account", NOW, "money", BUYER, necessary=MONEY),
    "account_due_soon": _kind("외상 대금 기한 안내", "What you owe on account is due", NOW, "money", BUYER, necessary=MONEY),
    "account_overdue": _kind("외상 대금 기한 안내", "What you owe on account is due", NOW, "money", BUYER, necessary=MONEY, under="account_due_soon"),
    "account_still_overdue": _kind("외상 대금 기한 안내", "What you owe on account is due", NOW, "money", BUYER, necessary=MONEY, under="account_due_soon"),
    "statement_made": _kind("월말 외상 명세서", "Your monthly statement", NOW, "money", BUYER),
    "credit_limit_set": _kind("외상 한도", "How much you may owe on account", NOW, "money", BUYER),
    "account_credited": _kind("외상 대금 감액", "You owe less on account", NOW, "money", BUYER),
    "charges_summed": _kind("결제 진행 결과", "How charging went", NOW, "money", OFFICE),
    "open_item_found": _kind("결제대행사와 맞춰 볼 항목", "Something to settle with the payment provider", NOW, "money", OFFICE, necessary=MONEY),
    "balance_differs": _kind("결제대행사와 맞춰 볼 항목", "Something to settle with the payment provider", NOW, "money", OFFICE, necessary=MONEY, under="open_item_found"),
    "provider_account_fails": _kind("결제대행사 계정 문제", "The provider’s account does not work", NOW, "money", OFFICE, necessary=MONEY),
    "dispute_opened": _kind("결제에 대한 이의 제기", "A payment is disputed", NOW, "money", OFFICE, necessary=MONEY),
    "dispute_due_soon": _kind("소명 기한 임박", "Evidence for a dispute is due", NOW, "money", OFFICE, necessary=MONEY),
    "dispute_ended": _kind("이의 제기 결과", "How a dispute ended", NOW, "money", OFFICE, necessary=MONEY),
    "dispute_asked_again": _kind("대금을 다시 입금해 주십시오", "Please pay again by transfer", NOW, "money", BUYER, necessary=MONEY),
    "dispute_paid_again": _kind("입금 확인", "Your transfer has arrived", NOW, "money", BUYER, under="payment_confirmed"),
    "dispute_asked_no_more": _kind("다시 청구한 금액 취소", "You need not pay again", NOW, "money", BUYER, necessary=MONEY, under="dispute_asked_again"),
    "dispute_asked_less": _kind("다시 청구한 금액 감액", "Less to pay again", NOW, "money", BUYER, necessary=MONEY, under="dispute_asked_again"),
    "order_reduced": _kind("공급사가 적게 확인하여 줄어든 주문", "Your order got smaller", NOW, "money", BUYER, necessary=MONEY),
    "order_left_out": _kind("공급사가 적게 확인하여 줄어든 주문", "Your order got smaller", NOW, "money", BUYER, necessary=MONEY, under="order_reduced"),
    "refund_requested": _kind("환불 안내", "Part of what you paid goes back to you", NOW, "money", BUYER),
    "refund_sent": _kind("환불 완료", "Your refund was sent", NOW, "money", BUYER, under="payment_refunded"),
    "refund_failed": _kind("되돌아온 환불", "A refund failed or came back", NOW, "money", OFFICE, necessary=MONEY),
    "refund_reversed": _kind("되돌아온 환불", "A refund failed or came back", NOW, "money", OFFICE, necessary=MONEY, under="refund_failed"),
    "payout_requested": _kind("공급사 지급 승인 요청", "Please approve a payout", NOW, "money", OFFICE),
    "payout_sent": _kind("대금 지급 완료", "You were paid", NOW, "money", SUPPLIER),
    "payout_failed": _kind("보내지 못한 지급", "A payout was not sent", NOW, "money", OFFICE, necessary=MONEY),
    "payout_taken_back": _kind("일부 되돌아온 지급", "Part of a payout came back", NOW, "money", SUPPLIER, OFFICE, necessary=MONEY, under="payout_reversed"),
    "payee_stopped": _kind("연결 계정 사용 중지", "A connected account cannot be paid any more", NOW, "money", SUPPLIER, OFFICE, necessary=MONEY),
    "payout_reversed": _kind("되돌아온 지급", "A payout came back", NOW, "money", SUPPLIER, OFFICE, necessary=MONEY),
    "supplier_owes": _kind("공급사가 돌려줄 돈", "Money that a supplier owes back", NOW, "money", SUPPLIER, OFFICE, necessary=MONEY),
    "firm_account_changed": _kind("돈을 받을 계좌 변경", "Your firm's account for money changed", NOW, "money", BUYER, SUPPLIER, doer=True, necessary=SECURITY),
    "refunds_due": _kind("환불할 금액", "Refunds are due", NOW, "money", OFFICE, necessary=MONEY),

    "collection_set": _kind("물품 수령 장소 안내", "Where to collect your goods", NOW, "deliveries", BUYER),
    "shipment_sent": _kind("출고 안내", "Your goods are on their way", NOW, "deliveries", BUYER),
    "shipment_received_short": _kind("수령 수량 차이", "Less arrived than was sent", NOW, "deliveries", OFFICE, SUPPLIER),

    "claim_opened": _kind("클레임 접수", "A claim was made", NOW, "deliveries", OFFICE, SUPPLIER),
    "claim_noted": _kind("클레임에 더한 내용", "Somebody added to a claim", DIGEST, "deliveries", BUYER, OFFICE, SUPPLIER),
    "claim_answered": _kind("클레임에 대한 공급사의 답", "The supplier answered your claim", NOW, "deliveries", BUYER),
    "claim_disputed": _kind("사무국이 결정할 클레임", "A claim to decide", NOW, "deliveries", OFFICE, SUPPLIER),
    "claim_passed_on": _kind("사무국이 결정할 클레임", "A claim to decide", NOW, "deliveries", BUYER, OFFICE, SUPPLIER, under="claim_disputed"),
    "claim_still_waits": _kind("답을 기다리는 클레임", "A claim still waits for you", NOW, "deliveries", BUYER, OFFICE, SUPPLIER),
    # Whatever came of it is chosen as one.
    "claim_accepted": _kind("클레임 결과", "What came of a claim", NOW, "deliveries", BUYER, OFFICE, SUPPLIER),
    "claim_decided": _kind("클레임 결과", "What came of a claim", NOW, "deliveries", BUYER, SUPPLIER, under="claim_accepted"),
    "claim_turned": _kind("클레임 결과", "What came of a claim", NOW, "deliveries", BUYER, SUPPLIER, under="claim_accepted"),
    "claim_refused": _kind("클레임 결과", "What came of a claim", NOW, "deliveries", BUYER, SUPPLIER, under="claim_accepted"),
    "claim_withdrawn": _kind("클레임 결과", "What came of a claim", NOW, "deliveries", OFFICE, SUPPLIER, under="claim_accepted"),

    "sourcing_started": _kind("공급 제안 모집", "Offers are wanted", NOW, "supplying", SUPPLIER),
    "suppliers_invited": _kind("공급 제안 요청", "You are invited to offer", NOW, "supplying", SUPPLIER),
    "standing_offer_taken": _kind("상시 제안을 공동구매에 넣음", "Your standing offer was taken into a campaign", NOW, "supplying", SUPPLIER),
    "offer_awarded": _kind("공급 제안 낙찰", "Your offer was chosen", NOW, "supplying", SUPPLIER),
    "offer_declined": _kind("공급 제안 결과", "Your offer was not chosen", NOW, "supplying", SUPPLIER),
    "offer_change_accepted": _kind("조건 변경 결과", "Whether your change was accepted", NOW, "supplying", SUPPLIER),
    "offer_change_refused": _kind("조건 변경 결과", "Whether your change was accepted", NOW, "supplying", SUPPLIER, under="offer_change_accepted"),
    "offer_change_lapsed": _kind("조건 변경 결과", "Whether your change was accepted", NOW, "supplying", SUPPLIER, under="offer_change_accepted"),
    "offers_due_moved": _kind("제안 마감 변경", "When offers are due has moved", NOW, "supplying", SUPPLIER),
    "award_withdrawn": _kind("선정한 제안의 철회", "A chosen offer was taken back", NOW, "supplying", SUPPLIER, OFFICE),
    "question_answered": _kind("질문에 대한 답변", "A question was answered", NOW, "supplying", SUPPLIER),
    "smaller_order_asked": _kind("줄어든 물량의 단가 유지 요청", "Would you hold your price?", NOW, "supplying", SUPPLIER),
    "purchase_order_issued": _kind("발주서 도착", "A purchase order for you", NOW, "supplying", SUPPLIER),
    "less_done": _kind("일부 수주 확인의 결과", "Whether less was accepted", NOW, "supplying", SUPPLIER),
    "less_ended": _kind("일부 수주 확인의 결과", "Whether less was accepted", NOW, "supplying", SUPPLIER, under="less_done"),
    "purchase_order_cancelled": _kind("발주 취소", "A purchase order was cancelled", NOW, "supplying", SUPPLIER),

    "offer_posted": _kind("새 공급 제안", "A new offer", OFF, "office", OFFICE),
    "offer_change_asked": _kind("공급 조건 변경 요청", "A supplier would change its offer", NOW, "office", OFFICE),
    "question_asked": _kind("공급사의 질문", "A supplier asks", NOW, "office", OFFICE),
    "decision_asked": _kind("다른 담당자의 확인 요청", "Please confirm a decision", NOW, "office", OFFICE),
    "decision_confirmed": _kind("결정 확인", "Your decision was confirmed", OFF, "office", OFFICE),
    "decision_refused": _kind("결정 반려", "Your decision was refused", NOW, "office", OFFICE),
    "campaign_cleared_again": _kind("미입금으로 다시 정산", "Payments lapsed", NOW, "office", OFFICE, necessary=MONEY),
    "word_given": _kind("단가 유지 요청의 답", "Whether the supplier holds the price", NOW, "office", OFFICE),
    "word_refused": _kind("단가 유지 요청의 답", "Whether the supplier holds the price", NOW, "office", OFFICE, under="word_given"),
    "less_asked": _kind("공급사가 적게 확인", "The supplier confirms less", NOW, "office", OFFICE, necessary=MONEY),
    "less_waits": _kind("공급사가 적게 확인", "The supplier confirms less", NOW, "office", OFFICE, necessary=MONEY, under="less_asked"),
    "less_still_waits": _kind("공급사가 적게 확인", "The supplier confirms less", NOW, "office", OFFICE, necessary=MONEY, under="less_asked"),
    "less_withdrawn": _kind("공급사가 적게 확인", "The supplier confirms less", NOW, "office", OFFICE, necessary=MONEY, under="less_asked"),
    "purchase_order_confirmed": _kind("수주 확인", "The supplier confirmed", OFF, "office", OFFICE),
    "purchase_order_refused": _kind("수주 거절", "The supplier refused", NOW, "office", OFFICE),
    "import_done": _kind("구매 이력 가져오기 완료", "Import finished", OFF, "office", OFFICE),
    "import_failed": _kind("구매 이력 가져오기 실패", "Import failed", NOW, "office", OFFICE),
    "proposal_answered": _kind("권유에 대한 답", "An answer to a suggestion", OFF, "office", OFFICE),

    "introduction_asked": _kind("연결 요청", "A firm asks to be introduced to you", NOW, "introductions", BUYER, OFFICE),
    "introduction_proposed": _kind("연결 제안", "Your office would like to introduce you", NOW, "introductions", BUYER),
    "introduction_made": _kind("두 기업이 연결되었습니다", "You have been introduced", NOW, "introductions", BUYER, OFFICE),
    # Whoever ended it, and how, is told in the same words; so it is chosen as one.
    "introduction_declined": _kind("연결 결과", "An introduction", OFF, "introductions", BUYER, OFFICE),
    "introduction_withdrawn": _kind("연결 결과", "An introduction", OFF, "introductions", BUYER, OFFICE, under="introduction_declined"),
    "introduction_expired": _kind("연결 결과", "An introduction", OFF, "introductions", BUYER, OFFICE, under="introduction_declined"),
    "campaign_suggested": _kind("사무국의 공동구매 권유", "A campaign your office suggests", NOW, "introductions", BUYER),
    "pool_suggested": _kind("사무국의 수요 묶음 권유", "A pool your office suggests", NOW, "introductions", BUYER),
    "need_proposed": _kind("이 품목이 필요하신지 묻습니다", "Your office asks about an item", NOW, "introductions", BUYER),
    "plan_stated": _kind("반복 수요를 올렸습니다", "A recurring need was stated", DIGEST, "introductions", BUYER),
    "need_expired": _kind("기한이 지난 수요", "A need of yours has expired", DIGEST, "introductions", BUYER),
    "plan_ended": _kind("반복 수요가 멈추었습니다", "A recurring need has stopped", NOW, "introductions", BUYER),
    "needs_asked": _kind("사무국이 필요한 것을 묻습니다", "Your office asks what you need", NOW, "introductions", BUYER),

    "membership_applied": _kind("조합 가입 신청", "A firm applies for membership", NOW, "people", OFFICE),
    "membership_accepted": _kind("조합 가입 초대 수락", "An invited firm has joined", OFF, "people", OFFICE),
    "membership_declined": _kind("조합 가입 초대 거절", "An invited firm has declined", OFF, "people", OFFICE),
    "membership_invited": _kind("조합 가입 초대", "A cooperative invites your firm", NOW, "people", BUYER, SUPPLIER),
    "member_admitted": _kind("조합 가입 승인", "Your firm was admitted", NOW, "people", BUYER, SUPPLIER),
    "application_declined": _kind("조합 가입 신청 결과", "Your application was declined", NOW, "people", BUYER, SUPPLIER),
    "member_suspended": _kind("조합 활동 정지", "Your firm is suspended", NOW, "people", BUYER, SUPPLIER),
    "member_left": _kind("조합 탈퇴 처리", "Your firm has left its cooperative", NOW, "people", BUYER, SUPPLIER),
    "membership_left": _kind("조합원사 탈퇴", "A member has left", NOW, "people", OFFICE),
    "seat_invitation_accepted": _kind("초대 수락", "Somebody accepted an invitation", OFF, "people", BUYER, SUPPLIER, OFFICE),
    "seat_role_changed": _kind("역할 변경", "Your role has changed", NOW, "people", BUYER, SUPPLIER, OFFICE, necessary=SECURITY),
    "place_handed_over": _kind("역할 인계", "A role was handed over to you", NOW, "people", BUYER, SUPPLIER, OFFICE, necessary=SECURITY),

    "cooperative_applied": _kind("협동조합 등록 신청", "A cooperative applies", NOW, "cooperative", PLATFORM),
    "cooperative_admitted": _kind("협동조합 등록 승인", "Your cooperative was admitted", NOW, "cooperative", OFFICE),
    "cooperative_refused": _kind("협동조합 등록 반려", "Your cooperative was not admitted", NOW, "cooperative", BUYER, SUPPLIER, OFFICE, PLATFORM),
    "cooperative_suspended": _kind("협동조합 활동 중지", "Your cooperative was suspended", NOW, "cooperative", OFFICE),
    "cooperative_left": _kind("협동조합 탈퇴", "A cooperative leaves", NOW, "cooperative", OFFICE, PLATFORM),
    "account_change_proposed": _kind("계좌 변경 확인 요청", "Please confirm a new bank account", NOW, "cooperative", OFFICE, necessary=SECURITY),
    "account_change_declined": _kind("계좌 변경 반려", "A new bank account was declined", NOW, "cooperative", OFFICE, necessary=SECURITY),
    "account_changed": _kind("입금 계좌 변경", "Your cooperative's bank account changed", NOW, "cooperative", OFFICE, doer=True, necessary=SECURITY),
    "provider_key_proposed": _kind("결제 계정 변경 확인 요청", "Please confirm another payment account", NOW, "cooperative", OFFICE, necessary=SECURITY),
    "provider_key_declined": _kind("결제 계정 변경 반려", "Another payment account was declined", NOW, "cooperative", OFFICE, necessary=SECURITY),
    "provider_key_changed": _kind("결제 계정의 키 변경", "The key of your payment account changed", NOW, "cooperative", OFFICE, doer=True, necessary=SECURITY),
    "provider_off": _kind("온라인 결제 끔", "Payment by saved methods was switched off", NOW, "cooperative", OFFICE, doer=True, necessary=SECURITY),
    "partnership_proposed": _kind("협력 제안", "A partnership is proposed", NOW, "cooperative", OFFICE),
    "partnership_accepted": _kind("협력 수락", "A partnership was agreed", NOW, "cooperative", OFFICE),
    "partnership_declined": _kind("협력 제안 거절", "A partnership was declined", NOW, "cooperative", OFFICE),
    "partnership_ending": _kind("협력 종료 예고", "A partnership will end", NOW, "cooperative", OFFICE),
    "partnership_ended": _kind("협력 종료", "A partnership has ended", OFF, "cooperative", OFFICE),
}
# fmt: on

# Those that the history tells of by rows of their own.
EVENTS: Final = frozenset(name for name, kind in KINDS.items() if kind.own)
# Those that people choose for.
CHOSEN: Final = tuple(name for name, kind in KINDS.items() if not kind.under)


def chosen_as(name: str) -> str:
    """The kind under which a kind is chosen: most often itself."""
    return KINDS[name].under or name
