"""Which events people are told of, and for which an e-mail goes out as well. Pure.

The database keeps the same list: a trigger on the history puts these, and only these, aside for
telling (see migrations/0002_untold.py; a test compares the two).
"""

from dataclasses import dataclass
from typing import Final

from mungchi.common.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: what it is called (the e-mail's subject), and whether it is mailed.

    `doer`: whoever did it is told as well, because it may have been somebody else in that person's
    name.
    """

    title: Text
    mail: bool
    doer: bool = False


def _mailed(ko: str, en: str) -> Kind:
    return Kind(Text(ko=ko, en=en), mail=True)


def _told_to_all(ko: str, en: str) -> Kind:
    return Kind(Text(ko=ko, en=en), mail=True, doer=True)


def _shown(ko: str, en: str) -> Kind:
    return Kind(Text(ko=ko, en=en), mail=False)


KINDS: Final[dict[str, Kind]] = {
    "membership_applied": _mailed("조합 가입 신청", "A firm applies for membership"),
    "member_admitted": _mailed("조합 가입 승인", "Your firm was admitted"),
    "cooperative_applied": _mailed("협동조합 등록 신청", "A cooperative applies"),
    "cooperative_admitted": _mailed("협동조합 등록 승인", "Your cooperative was admitted"),
    "cooperative_refused": _mailed("협동조합 등록 반려", "Your cooperative was not admitted"),
    "cooperative_suspended": _mailed("협동조합 활동 중지", "Your cooperative was suspended"),
    "cooperative_left": _mailed("협동조합 탈퇴", "A cooperative leaves"),
    "account_change_proposed": _mailed("계좌 변경 확인 요청", "Please confirm a new bank account"),
    "account_change_declined": _mailed("계좌 변경 반려", "A new bank account was declined"),
    "account_changed": _told_to_all("입금 계좌 변경", "Your cooperative's bank account changed"),
    "partnership_proposed": _mailed("협력 제안", "A partnership is proposed"),
    "partnership_accepted": _mailed("협력 수락", "A partnership was agreed"),
    "partnership_declined": _mailed("협력 제안 거절", "A partnership was declined"),
    "partnership_ending": _mailed("협력 종료 예고", "A partnership will end"),
    "partnership_ended": _shown("협력 종료", "A partnership has ended"),
    "membership_invited": _mailed("조합 가입 초대", "A cooperative invites your firm"),
    "membership_accepted": _shown("조합 가입 초대 수락", "An invited firm has joined"),
    "membership_declined": _shown("조합 가입 초대 거절", "An invited firm has declined"),
    "application_declined": _mailed("조합 가입 신청 결과", "Your application was declined"),
    "member_suspended": _mailed("조합 활동 정지", "Your firm is suspended"),
    "member_left": _mailed("조합 탈퇴 처리", "Your firm has left its cooperative"),
    "membership_left": _mailed("조합원사 탈퇴", "A member has left"),
    "seat_invitation_accepted": _shown("초대 수락", "Somebody accepted an invitation"),
    "seat_role_changed": _mailed("역할 변경", "Your role has changed"),
    "place_handed_over": _mailed("역할 인계", "A role was handed over to you"),
    "import_done": _shown("구매 이력 가져오기 완료", "Import finished"),
    "import_failed": _mailed("구매 이력 가져오기 실패", "Import failed"),
    "sourcing_started": _mailed("공급 제안 모집", "Offers are wanted"),
    "suppliers_invited": _mailed("공급 제안 요청", "You are invited to offer"),
    "offer_posted": _shown("새 공급 제안", "A new offer"),
    "offer_awarded": _mailed("공급 제안 낙찰", "Your offer was chosen"),
    "offer_declined": _mailed("공급 제안 결과", "Your offer was not chosen"),
    "campaign_opened": _shown("새 공동구매", "A new campaign"),
    "guest_admitted": _mailed("공동구매 초대", "You are admitted to a campaign"),
    "campaign_extended": _mailed("마감 연장", "A deadline was extended"),
    "campaign_cancelled": _mailed("공동구매 취소", "A campaign was cancelled"),
    "campaign_cleared": _mailed("공동구매 마감 결과", "The result of a campaign"),
    "campaign_failed": _mailed("공동구매 무산", "A campaign came to nothing"),
    "campaign_completed": _shown("공동구매 완료", "A campaign is complete"),
    "payments_asked": _mailed("입금 안내", "Please transfer the money for your order"),
    "payment_confirmed": _mailed("입금 확인", "Your transfer has arrived"),
    "payment_unconfirmed": _mailed("입금 확인 취소", "Your transfer is awaited again"),
    "payment_refunded": _mailed("환불 완료", "Your refund was sent"),
    "refunds_due": _mailed("환불할 금액", "Refunds are due"),
    "purchase_order_issued": _mailed("발주서 도착", "A purchase order for you"),
    "purchase_order_confirmed": _shown("수주 확인", "The supplier confirmed"),
    "purchase_order_refused": _mailed("수주 거절", "The supplier refused"),
    "purchase_order_cancelled": _mailed("발주 취소", "A purchase order was cancelled"),
    "collection_set": _mailed("물품 수령 장소 안내", "Where to collect your goods"),
    "shipment_sent": _mailed("출고 안내", "Your goods are on their way"),
    "shipment_received_short": _mailed("수령 수량 차이", "Less arrived than was sent"),
    "introduction_asked": _mailed("연결 요청", "A firm asks to be introduced to you"),
    "introduction_proposed": _mailed("연결 제안", "Your office would like to introduce you"),
    "introduction_made": _mailed("두 기업이 연결되었습니다", "You have been introduced"),
    "introduction_declined": _shown("연결 결과", "An introduction"),
    "introduction_withdrawn": _shown("연결 결과", "An introduction"),
    "introduction_expired": _shown("연결 결과", "An introduction"),
    "campaign_suggested": _mailed("사무국의 공동구매 권유", "A campaign your office suggests"),
    "pool_suggested": _mailed("사무국의 수요 묶음 권유", "A pool your office suggests"),
    "needs_asked": _mailed("사무국이 필요한 것을 묻습니다", "Your office asks what you need"),
    "need_proposed": _mailed("이 품목이 필요하신지 묻습니다", "Your office asks about an item"),
    "proposal_answered": _shown("권유에 대한 답", "An answer to a suggestion"),
}
