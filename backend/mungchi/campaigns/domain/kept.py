"""What is kept of campaigns, offers and commitments, in words."""

from typing import Final

from mungchi.accounts.domain.kept import RATIONING
from mungchi.common.kept import Kept, codes, said
from mungchi.common.text import Text

CAMPAIGN_STATES: Final = codes(
    draft=("작성 중", "draft"), sourcing=("제안 모집", "sourcing"), open=("모집 중", "open"),
    filling=("물량 채우기", "being filled"),
    closing=("마감 처리 중", "closing"), settling=("입금 중", "settling"),
    ordered=("발주 완료", "ordered"), delivering=("배송 중", "delivering"),
    completed=("완료", "completed"), failed=("무산", "failed"), cancelled=("취소", "cancelled"),
)  # fmt: skip
OFFER_STATES: Final = codes(
    submitted=("제출", "submitted"), withdrawn=("철회", "withdrawn"),
    awarded=("낙찰", "awarded"), declined=("미선정", "not chosen"),
)  # fmt: skip
COMMITMENT_STATES: Final = codes(active=("참여", "active"), withdrawn=("철회", "withdrawn"))
APPROVAL_STATES: Final = codes(
    waiting=("승인 대기", "waiting"), approved=("승인", "approved"), declined=("반려", "declined"),
    withdrawn=("거둠", "withdrawn"), lapsed=("기한 지남", "lapsed"),
)  # fmt: skip
PLANS_B: Final = codes(
    none=("없음", "nothing"), need=("구매 수요로 남김", "stays a need"),
    campaign=("다른 공동구매에 참여", "another campaign"),
)  # fmt: skip
PLAN_B_OUTCOMES: Final = codes(
    joined=("다른 공동구매에 참여함", "joined another campaign"),
    need_opened=("구매 수요로 올림", "a need was stated"),
    need_stays=("올려 둔 구매 수요가 남음", "the need that was stated stays"),
    nothing=("할 수 없었음", "could not be done"),
)
DECISION_STATES: Final = codes(
    waiting=("확인 대기", "waiting"), confirmed=("확인", "confirmed"),
    refused=("반려", "refused"), withdrawn=("철회", "taken back"),
    lapsed=("쓸모없어짐", "of no use any more"),
)  # fmt: skip
CHANGE_STATES: Final = codes(
    waiting=("확인 대기", "waiting"), accepted=("시행", "in force"), refused=("반려", "refused"),
    withdrawn=("거둠", "withdrawn"), lapsed=("기한 지남", "lapsed"),
)  # fmt: skip
DECISION_KINDS: Final = codes(award=("낙찰", "award"), close=("마감", "closing"))
REACH: Final = codes(
    own=("우리 조합", "own members"),
    division=("분과", "a division"),
    partners=("협력 조합", "partners"),
    all=("모두", "all"),
)

KEPT: Final[dict[str, Kept]] = {
    "campaigns.campaign": Kept(
        Text(ko="공동구매", en="Campaign"),
        "campaigns_campaign",
        {
            "title": said("제목", "Title"),
            "state": said("상태", "State", "code", CAMPAIGN_STATES),
            "description": said("설명", "Description"),
            "item_id": said("품목", "Item", "item"),
            "variants": said("규격", "Variants", "variants"),
            "reach": said("대상", "Reach", "code", REACH),
            "division_id": said("분과", "Division", "division"),
            "takes_guests": said("손님 기업 허용", "Takes guests", "yes"),
            "currency": said("통화", "Currency"),
            "vat_rate_bp": said("부가세율", "VAT rate", "rate"),
            "host_fee_bp": said("주최 수수료율", "Host's fee", "rate"),
            "fee_vat_rate_bp": said("수수료의 부가세율", "VAT rate of fees", "rate"),
            "threshold_quantity": said("성립 수량", "Least quantity", "number"),
            "threshold_firms": said("성립 기업 수", "Least firms", "number"),
            "rationing": said("배정 방식", "Rationing", "code", RATIONING),
            "sealed": said("밀봉 제안", "Sealed offers", "yes"),
            "for_all_suppliers": said("모든 공급사 대상", "For all suppliers", "yes"),
            "published_at": said("알린 때", "Published at", "moment"),
            "offers_due_at": said("제안 마감", "Offers due", "moment"),
            "opened_at": said("모집 시작", "Opened at", "moment"),
            "closes_at": said("모집 마감", "Closes at", "moment"),
            "closed_at": said("마감한 때", "Closed at", "moment"),
            "fill_hours": said("물량 채우기 시간", "Hours of filling", "number"),
            "fills_until": said("물량 채우기 끝", "Filled until", "moment"),
            "payment_days": said("입금 기한(일)", "Days to pay", "number"),
            "payment_due_at": said("입금 기한", "Payment due", "moment"),
            "delivery_place": said("배송지", "Place of delivery"),
            "awarded_offer_id": said("고른 제안", "Chosen offer", "offer"),
            "award_reason": said("고른 까닭", "Reason of the choice"),
        },
        {"host_id": "whose it is", "pool_id": "its first event says it",
         "foretold_id": "its first event says it", "overflow_of_id": "its first event says it",
         "terms_version": "the changes of the offer say it",
         "created_at": "the time of the row"},
    ),
    "campaigns.partner": Kept(
        Text(ko="함께하는 조합", en="Partner in a campaign"),
        "campaigns_campaign_partners",
        {"cooperative_id": said("조합", "Cooperative", "cooperative")},
        {"campaign_id": "what it is about"},
    ),
    "campaigns.guest": Kept(
        Text(ko="손님 기업", en="Guest"),
        "campaigns_guest",
        {
            "firm_id": said("기업", "Firm", "firm"),
            "removed_at": said("내보낸 때", "Removed at", "moment"),
        },
        {"campaign_id": "what it is about", "admitted_at": "the time of the row"},
    ),
    "campaigns.invitation": Kept(
        Text(ko="제안 요청", en="Request for an offer"),
        "campaigns_invitation",
        {"supplier_id": said("공급사", "Supplier", "firm")},
        {"campaign_id": "what it is about", "invited_at": "the time of the row"},
    ),
    "campaigns.offer": Kept(
        Text(ko="공급 제안", en="Offer"),
        "campaigns_offer",
        {
            "state": said("상태", "State", "code", OFFER_STATES),
            "differences": said("규격별 차액", "Differences by variant", "figures"),
            "pack_size": said("포장 단위", "Pack", "number"),
            "capacity": said("공급 가능 수량", "Capacity", "number"),
            "lead_time_days": said("납기(일)", "Days to deliver", "number"),
            "delivery_cost": said("배송비", "Delivery cost", "money"),
            "valid_until": said("유효 기한", "Valid until", "moment"),
            "note": said("메모", "Note"),
        },
        {"campaign_id": "what it is about", "supplier_id": "whose it is",
         "created_at": "the time of the row", "revised_at": "the time of the change"},
    ),
    "campaigns.offertier": Kept(
        Text(ko="수량 구간", en="Tier"),
        "campaigns_offertier",
        {
            "min_quantity": said("수량부터", "From quantity", "number"),
            "unit_price": said("단가", "Unit price", "price"),
        },
        {"offer_id": "what it is about"},
    ),
    "campaigns.decision": Kept(
        Text(ko="다른 담당자의 확인", en="Second coordinator"),
        "campaigns_decision",
        {
            "kind": said("결정", "Decision", "code", DECISION_KINDS),
            "offer_id": said("고른 제안", "Chosen offer", "offer"),
            "reason": said("고른 까닭", "Reason of the choice"),
            "state": said("상태", "State", "code", DECISION_STATES),
            "refusal": said("반려 사유", "Reason of the refusal"),
        },
        {"campaign_id": "what it is about", "asked_by_id": "who did it",
         "asked_at": "the time of the row", "answered_by_id": "who did it",
         "answered_at": "the time of the change"},
    ),
    "campaigns.commitment": Kept(
        Text(ko="참여 약정", en="Commitment"),
        "campaigns_commitment",
        {
            "state": said("상태", "State", "code", COMMITMENT_STATES),
            "quantity": said("수량", "Quantity", "number"),
            "tolerance": said("추가 수용 물량", "Tolerance", "number"),
            "minimum": said("최소 수량", "Smallest quantity", "number"),
            "price_limit": said("희망 최고 단가", "Price limit", "price"),
            "parts": said("규격별 수량", "Quantities by variant", "figures"),
            "tolerance_to": said("추가 수용 규격 순서", "Variant of the tolerance", "place"),
            "deliver_to": said("받을 곳", "Deliver to"),
            "cooperative_id": said("참여 조합", "Takes part through", "cooperative"),
            "partner_fee_bp": said("소속 조합 수수료율", "Own cooperative's fee", "rate"),
            "agreed_version": said("동의한 조건 변경 번호", "Agreed to change no.", "number"),
            "must_answer": said("바뀐 조건에 답해야 함", "Has to answer a change", "yes"),
        },
        {"campaign_id": "what it is about", "firm_id": "whose it is",
         "arrival": "the database's own counter; the clearing keeps it",
         "accepted_at": "the time of the change; the clearing keeps the order"},
    ),
    "campaigns.planb": Kept(
        Text(ko="차선책", en="Plan B"),
        "campaigns_planb",
        {
            "kind": said("차선책", "Plan B", "code", PLANS_B),
            "alternative_id": said("다른 공동구매", "Other campaign", "campaign"),
        },
        {"commitment_id": "whose it is", "campaign_id": "whose it is", "firm_id": "whose it is",
         "settled_at": "its results say it"},
    ),
    "campaigns.planbresult": Kept(
        Text(ko="차선책 결과", en="What plan B came to"),
        "campaigns_planbresult",
        {
            "outcome": said("결과", "Outcome", "code", PLAN_B_OUTCOMES),
            "quantity": said("수량", "Quantity", "number"),
        },
        {"plan_id": "what it is about", "firm_id": "whose it is", "after": "the time says it",
         "joined_id": "has events of its own", "need_id": "has events of its own",
         "refused": "a code for programs", "at": "the time of the row"},
    ),
    "campaigns.approvalrequest": Kept(
        Text(ko="승인 요청", en="Request for approval"),
        "campaigns_approvalrequest",
        {
            "state": said("상태", "State", "code", APPROVAL_STATES),
            "quantity": said("수량", "Quantity", "number"),
            "tolerance": said("추가 수용 물량", "Tolerance", "number"),
            "minimum": said("최소 수량", "Smallest quantity", "number"),
            "price_limit": said("희망 최고 단가", "Price limit", "price"),
            "parts": said("규격별 수량", "Quantities by variant", "figures"),
            "tolerance_to": said("추가 수용 규격 순서", "Variant of the tolerance", "place"),
            "deliver_to": said("받을 곳", "Deliver to"),
            "cooperative_id": said("참여 조합", "Takes part through", "cooperative"),
            "plan_b": said("차선책", "Plan B", "code", PLANS_B),
            "alternative_id": said("다른 공동구매", "Other campaign", "campaign"),
            "value": said("최대 금액", "Most it can come to", "money"),
            "limit": said("승인 한도", "Approval limit", "money"),
            "asked_by_id": said("요청한 사람", "Asked by", "person"),
            "decided_by_id": said("결정한 사람", "Decided by", "person"),
            "why": said("까닭", "Reason"),
        },
        {"campaign_id": "its events say it", "firm_id": "whose it is",
         "asked_at": "the time of the row", "decided_at": "the time of the change",
         "reminded_at": "its events say it", "terms_version": "the time says it"},
    ),
    "campaigns.offerchange": Kept(
        Text(ko="공급 조건 변경", en="Change of the offer"),
        "campaigns_offerchange",
        {
            "state": said("상태", "State", "code", CHANGE_STATES),
            "version": said("변경 번호", "Number", "number"),
            "why": said("까닭", "Reason"),
            "refusal": said("반려 사유", "Reason of the refusal"),
            "asked_by_id": said("요청한 사람", "Asked by", "person"),
            "decided_by_id": said("결정한 사람", "Decided by", "person"),
        },
        {"campaign_id": "what it is about", "offer_id": "what it is about",
         "before": "the versions of the offer say it", "terms": "the offer's changes say it",
         "worse": "follows from the terms", "asked_at": "the time of the row",
         "decided_at": "the time of the change", "asked": "its event says it",
         "reminded_at": "its events say it"},
    ),
}  # fmt: skip
