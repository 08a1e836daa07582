"""What is kept of people's places, firms, members and cooperatives, in words."""

from typing import Final

from mungchi.accounts.domain.permissions import ROLE_WORDS
from mungchi.accounts.domain.states import (
    ACCOUNT_STATES,
    COOPERATIVE_STATES,
    INVITATION_STATES,
    MEMBERSHIP_LABELS,
    PARTNERSHIP_STATES,
)
from mungchi.common.kept import Figure, Kept, codes, said
from mungchi.common.text import Text

RATIONING: Final = codes(
    uniform=("균등 배정", "equal shares"),
    proportional=("비례 배정", "proportional"),
    first_come=("선착순", "first come"),
)
PAPERS: Final = codes(
    registration=("사업자등록증", "business registration"),
    other=("기타", "other"),
)  # fmt: skip

ADDRESS: Final[dict[str, Figure]] = {
    "business_number": said("사업자등록번호", "Business number"),
    "representative": said("대표자", "Representative"),
    "address": said("주소", "Address"),
    "phone": said("전화", "Telephone"),
}
ACCOUNT: Final[dict[str, Figure]] = {
    "bank_name": said("은행", "Bank"),
    "bank_account": said("계좌번호", "Account"),
    "bank_holder": said("예금주", "Account holder"),
}
NAMES: Final[dict[str, Figure]] = {
    "name": said("이름", "Name"),
    "name_en": said("영문 이름", "English name"),
}

KEPT: Final[dict[str, Kept]] = {
    "accounts.user": Kept(
        Text(ko="계정", en="Account"),
        "accounts_user",
        {
            "is_active": said("사용 가능", "May sign in", "yes"),
            "is_staff": said("운영 화면", "Operators' site", "yes"),
            "is_superuser": said("모든 권한", "Every right there", "yes"),
        },
        {
            "password": "a secret",
            "last_login": "of sign-ins the list of sessions tells",
            "email": "of a person: not kept longer than it holds",
            "name": "of a person: not kept longer than it holds",
            "language": "a wish of the person's",
            "date_joined": "does not change",
        },
    ),
    "accounts.cooperative": Kept(
        Text(ko="협동조합", en="Cooperative"),
        "accounts_cooperative",
        {
            **NAMES,
            "state": said("상태", "State", "code", COOPERATIVE_STATES),
            "state_reason": said("상태 사유", "Reason of the state"),
            **ADDRESS,
            "region": said("지역", "Region"),
            "zone": said("시간대", "Time zone"),
            "currency": said("통화", "Currency"),
            "vat_rate_bp": said("부가세율", "VAT rate", "rate"),
            "payment_days": said("입금 기한(일)", "Days to pay", "number"),
            "grace_days": said("유예 기간(일)", "Days of grace", "number"),
            "default_rationing": said("기본 배정 방식", "Usual rationing", "code", RATIONING),
            "default_open_days": said("기본 모집 기간(일)", "Usual days open", "number"),
            "host_fee_bp": said("주최 수수료율", "Fee as host", "rate"),
            "member_fee_bp": said("조합원 수수료율", "Fee of members elsewhere", "rate"),
            "typed_close_from": said("이 금액부터 적어서 마감", "Typed closing from", "money"),
            **ACCOUNT,
            "paused_at": said("멈춘 때", "Paused at", "moment"),
        },
        {
            "slug": "an address, given once",
            "applicant_id": "who registered it stands in its history",
            "applied_at": "the same",
        },
    ),
    "accounts.accountchange": Kept(
        Text(ko="입금 계좌 변경", en="Change of account"),
        "accounts_accountchange",
        {
            "state": said("상태", "State", "code", ACCOUNT_STATES),
            **ACCOUNT,
            "alone": said("혼자 정함", "Decided alone", "yes"),
            "proposed_by_id": said("제안한 사람", "Proposed by", "person"),
            "decided_by_id": said("정한 사람", "Decided by", "person"),
        },
        {"cooperative_id": "whose it is", "proposed_at": "the time of the row",
         "decided_at": "the time of the change"},
    ),
    "accounts.partnership": Kept(
        Text(ko="협력 조합", en="Partnership"),
        "accounts_partnership",
        {
            "state": said("상태", "State", "code", PARTNERSHIP_STATES),
            "asking_id": said("제안한 조합", "Asked by", "cooperative"),
            "asked_id": said("제안받은 조합", "Asked", "cooperative"),
            "message": said("인사말", "Message"),
            "reason": said("사유", "Reason"),
            "ends_at": said("끝나는 때", "Ends at", "until"),
        },
        {"proposed_at": "the time of the row", "answered_at": "the time of the change"},
    ),
    "accounts.division": Kept(
        Text(ko="분과", en="Division"), "accounts_division", NAMES,
        {"cooperative_id": "whose it is"},
    ),
    "accounts.firm": Kept(
        Text(ko="기업", en="Firm"),
        "accounts_firm",
        {
            "name": said("상호", "Name"),
            **ADDRESS,
            "trade": said("업종", "Trade"),
            "supplies": said("공급사", "Supplies", "yes"),
        },
        {"created_at": "the time of the row"},
    ),
    "accounts.approvallimit": Kept(
        Text(ko="승인 한도", en="Approval limit"),
        "accounts_approvallimit",
        {
            "amount": said("금액", "Amount", "money"),
            "currency": said("통화", "Currency"),
        },
        {"firm_id": "whose it is"},
    ),
    "accounts.membership": Kept(
        Text(ko="조합원 자격", en="Membership"),
        "accounts_membership",
        {
            "state": said("상태", "State", "code", MEMBERSHIP_LABELS),
            "division_id": said("분과", "Division", "division"),
            "member_code": said("조합원 코드", "Member code"),
            "joined_at": said("가입한 때", "Joined at", "moment"),
        },
        {"cooperative_id": "whose it is", "firm_id": "whose it is"},
    ),
    "accounts.seat": Kept(
        Text(ko="소속", en="Seat"),
        "accounts_seat",
        {
            "user_id": said("사람", "Person", "person"),
            "role": said("역할", "Role", "code", ROLE_WORDS),
        },
        {"firm_id": "whose it is", "cooperative_id": "whose it is",
         "created_at": "the time of the row"},
    ),
    "accounts.seatinvitation": Kept(
        Text(ko="초대", en="Invitation"),
        "accounts_seatinvitation",
        {
            "state": said("상태", "State", "code", INVITATION_STATES),
            "role": said("역할", "Role", "code", ROLE_WORDS),
            "email": said("이메일", "E-mail"),
            "expires_at": said("만료", "Runs out", "moment"),
            "invited_by_id": said("초대한 사람", "Invited by", "person"),
            "accepted_by_id": said("수락한 사람", "Accepted by", "person"),
        },
        {"key_hash": "a secret", "letter_id": "the letter says it", "firm_id": "whose it is",
         "cooperative_id": "whose it is", "host_id": "whose it is",
         "created_at": "the time of the row", "accepted_at": "the time of the change"},
    ),
    "accounts.apikey": Kept(
        Text(ko="API 키", en="API key"),
        "accounts_apikey",
        {
            "name": said("이름", "Name"),
            "scopes": said("권한", "May", "list"),
            "expires_at": said("만료", "Runs out", "moment"),
            "revoked_at": said("폐기", "Revoked at", "moment"),
        },
        {"seat_id": "who made it says it", "prefix": "of a secret", "digest": "of a secret",
         "created_at": "the time of the row", "last_used_at": "use is no change"},
    ),
    "accounts.firmdocument": Kept(
        Text(ko="서류", en="Document"),
        "accounts_firmdocument",
        {
            "kind": said("종류", "Kind", "code", PAPERS),
            "filename": said("파일 이름", "File name"),
            "size": said("크기(바이트)", "Bytes", "number"),
        },
        {"content": "the file itself", "content_type": "follows from the file",
         "digest": "follows from the file", "firm_id": "whose it is",
         "uploaded_by_id": "who made the row", "uploaded_at": "the time of the row"},
    ),
}  # fmt: skip
