"""Who may do what: one table, read by every view and by the permission-matrix test.

A capability is a verb on a kind of thing. A role not listed for it may not (403). Which *rows* of
that kind a seat sees is another matter: each app's `queries.visible_to` decides that (404).
"""

from typing import Final

from mungchi.common.text import Text

OWNER, BUYER, VIEWER = "owner", "buyer", "viewer"
COORDINATOR, AUDITOR, OPERATOR = "coordinator", "auditor", "operator"

FIRM_ROLES: Final = frozenset({OWNER, BUYER, VIEWER})
COOPERATIVE_ROLES: Final = frozenset({COORDINATOR, AUDITOR})
PLATFORM_ROLES: Final = frozenset({OPERATOR})
ALL_ROLES: Final = FIRM_ROLES | COOPERATIVE_ROLES | PLATFORM_ROLES

_DEALING = frozenset({OWNER, BUYER})
_RUNNING = frozenset({COORDINATOR})
_TRADING = FIRM_ROLES | COOPERATIVE_ROLES
_ACTING = _DEALING | _RUNNING

# A signed-in person, even one who has no seat yet; and anybody at all, without signing in.
SIGNED_IN: Final = "signed_in"
ANYONE: Final = "anyone"

CAPABILITIES: Final[dict[str, frozenset[str]]] = {
    "people.read": frozenset({OWNER}) | COOPERATIVE_ROLES,
    "people.write": frozenset({OWNER, COORDINATOR}),
    "memberships.read": FIRM_ROLES,
    "memberships.write": frozenset({OWNER}),
    "members.read": COOPERATIVE_ROLES,
    "members.write": _RUNNING,
    "firm.read": FIRM_ROLES,
    "firm.write": _DEALING,
    "firm.account": frozenset({OWNER}),
    "documents.read": _TRADING,
    "cooperative.read": COOPERATIVE_ROLES,
    "cooperative.write": _RUNNING,
    "cooperative.account": _RUNNING,
    "cooperatives.decide": PLATFORM_ROLES,
    "items.read": ALL_ROLES,
    "items.write": _RUNNING,
    "items.merge": _RUNNING | PLATFORM_ROLES,
    "imports.read": COOPERATIVE_ROLES,
    "imports.write": _RUNNING,
    "purchases.read": _TRADING,
    "needs.read": _TRADING,
    "needs.write": _DEALING,
    "foretold.read": COOPERATIVE_ROLES,
    "foretold.write": _RUNNING,
    "pools.read": _TRADING,
    "pools.write": _RUNNING,
    "bundles.read": COOPERATIVE_ROLES,
    "bundles.write": _RUNNING,
    "campaigns.read": _TRADING,
    "campaigns.write": _RUNNING,
    "campaigns.inspect": COOPERATIVE_ROLES,
    "offers.read": _TRADING,
    "offers.write": _DEALING,
    "prices.read": _TRADING,
    "prices.write": _DEALING,
    "files.write": _ACTING,
    "commitments.write": _DEALING,
    "approvals.read": FIRM_ROLES,
    "approvals.decide": frozenset({OWNER}),
    "orders.read": _TRADING,
    "methods.read": FIRM_ROLES,
    "methods.write": _DEALING,
    "consents.read": _TRADING,
    "payments.read": COOPERATIVE_ROLES,
    "payments.write": _RUNNING,
    "terms.read": COOPERATIVE_ROLES,
    "terms.write": _RUNNING,
    "statements.read": _TRADING,
    "payouts.read": _TRADING,
    "payouts.write": _RUNNING,
    "payouts.approve": _RUNNING,
    "purchase_orders.read": _TRADING,
    "purchase_orders.answer": _DEALING,
    "shipments.write": _DEALING,
    "receipts.write": _DEALING,
    "claims.read": _TRADING,
    "claims.write": _DEALING,
    "claims.discuss": _ACTING,
    "claims.decide": _RUNNING,
    "trade.read": COOPERATIVE_ROLES,
    "directory.read": _TRADING,
    "listings.write": _DEALING,
    "introductions.read": _TRADING,
    "introductions.answer": _DEALING,
    "introductions.withdraw": _ACTING,
    "outreach.read": COOPERATIVE_ROLES,
    "outreach.write": _RUNNING,
    "wishes.read": FIRM_ROLES,
    "wishes.write": _DEALING,
    "reports.read": COOPERATIVE_ROLES,
    "notifications.read": ALL_ROLES,
    "notifications.write": ALL_ROLES,
    "keys.write": ALL_ROLES,
    "people.recover": PLATFORM_ROLES,
}

# Roles that do nothing without a second factor (where the installation asks for it). Owners and
# coordinators bind money. Auditors see every limit and quantity of a cooperative, and operators
# everything of everybody: what a stolen password would show cannot be taken back.
SECOND_FACTOR_ROLES: Final = frozenset({OWNER, COORDINATOR, AUDITOR, OPERATOR})

# What a program cannot be given: a key must not make keys, nor open the accounts of people, nor say
# where money goes or is taken from, nor which cooperatives there are, nor keep from a person what
# it is told, nor be the second pair of eyes.
NOT_FOR_KEYS: Final = frozenset({
    "keys.write", "people.write", "people.recover", "memberships.write", "cooperative.account",
    "cooperatives.decide", "notifications.write", "approvals.decide", "methods.write",
    "firm.account", "payouts.approve", "terms.write",
})  # fmt: skip

ROLE_WORDS: Final[dict[str, Text]] = {
    OWNER: Text(ko="대표", en="Owner"),
    BUYER: Text(ko="구매 담당", en="Buyer"),
    VIEWER: Text(ko="열람", en="Viewer"),
    COORDINATOR: Text(ko="담당자", en="Coordinator"),
    AUDITOR: Text(ko="감사", en="Auditor"),
    OPERATOR: Text(ko="운영자", en="Operator"),
}

# What a capability is on, by the first part of its name: the headings of the table on the screen.
SUBJECT_WORDS: Final[dict[str, Text]] = {
    "members": Text(ko="조합원사", en="Members"),
    "items": Text(ko="품목", en="Items"),
    "imports": Text(ko="구매 이력 가져오기", en="Importing purchases"),
    "purchases": Text(ko="구매 이력", en="Purchase history"),
    "needs": Text(ko="구매 수요", en="Needs"),
    "foretold": Text(ko="수요 예측", en="Foretold demand"),
    "pools": Text(ko="수요 묶음", en="Pools"),
    "bundles": Text(ko="함께 살 묶음", en="Bundles"),
    "campaigns": Text(ko="공동구매", en="Campaigns"),
    "offers": Text(ko="공급 제안", en="Offers"),
    "prices": Text(ko="상시 제안", en="Standing offers"),
    "files": Text(ko="공동구매와 제안의 파일", en="Files of campaigns and offers"),
    "commitments": Text(ko="참여 약정", en="Commitments"),
    "approvals": Text(ko="참여 승인", en="Approvals"),
    "orders": Text(ko="주문", en="Orders"),
    "methods": Text(ko="결제 수단", en="Payment methods"),
    "consents": Text(ko="자동 결제 동의", en="Consents to be charged"),
    "payments": Text(ko="입금과 환불", en="Payments"),
    "terms": Text(ko="외상", en="Buying on terms"),
    "statements": Text(ko="월말 외상 명세서", en="Monthly statements"),
    "payouts": Text(ko="공급사 지급", en="Payouts"),
    "purchase_orders": Text(ko="발주서", en="Purchase orders"),
    "shipments": Text(ko="출고", en="Shipments"),
    "receipts": Text(ko="수령", en="Receipts"),
    "claims": Text(ko="클레임", en="Claims"),
    "notifications": Text(ko="알림", en="Notices"),
    "keys": Text(ko="API 키", en="API keys"),
    "people": Text(ko="사람", en="People"),
    "memberships": Text(ko="조합 가입", en="Memberships"),
    "directory": Text(ko="조합원사 소개", en="Directory"),
    "listings": Text(ko="우리 기업이 제공하는 것", en="What the firm offers"),
    "introductions": Text(ko="기업 연결", en="Introductions"),
    "outreach": Text(ko="소외 기업 찾기", en="Firms that are left out"),
    "wishes": Text(ko="연락 받지 않기", en="Being left alone"),
    "reports": Text(ko="보고", en="Figures"),
    "firm": Text(ko="기업 정보", en="The firm"),
    "documents": Text(ko="서류", en="Documents"),
    "cooperative": Text(ko="우리 조합", en="The cooperative"),
    "cooperatives": Text(ko="협동조합", en="Cooperatives"),
    "trade": Text(ko="조합 사이 거래", en="Trade between cooperatives"),
}

# Every capability in words that a person can read; a test refuses one without.
CAPABILITY_WORDS: Final[dict[str, Text]] = {
    "members.read": Text(ko="조합원사와 가입 신청 보기", en="See members and applications"),
    "members.write": Text(
        ko="조합원사를 승인하고 정지하기, 명단과 분과 관리",
        en="Admit, suspend and file members, lists and divisions",
    ),
    "memberships.read": Text(ko="가입한 조합과 초대 보기", en="See memberships and invitations"),
    "memberships.write": Text(
        ko="조합에 가입을 신청하고 초대에 답하기", en="Apply to cooperatives, answer invitations"
    ),
    "directory.read": Text(
        ko="조합원사가 제공하는 것 찾아보기", en="Search what members offer each other"
    ),
    "listings.write": Text(
        ko="우리 기업이 제공하는 것을 올리고 내리기", en="List what the firm offers, take it down"
    ),
    "introductions.read": Text(ko="기업 연결 보기", en="See introductions"),
    "introductions.answer": Text(
        ko="연결을 요청하고 동의하거나 사양하기", en="Ask for introductions, agree or decline"
    ),
    "introductions.withdraw": Text(ko="연결 요청과 제안 거두기", en="Take introductions back"),
    "outreach.read": Text(
        ko="소외 기업과 연락 기록 보기", en="See who is left out and the contacts made"
    ),
    "outreach.write": Text(
        ko="소외 기업에 제안하고 연결하고 연락 기록하기",
        en="Suggest, introduce, and record contacts",
    ),
    "wishes.read": Text(ko="조합의 연락을 받는지 보기", en="See whether the office may write"),
    "wishes.write": Text(ko="조합의 연락을 받을지 정하기", en="Say whether the office may write"),
    "firm.read": Text(ko="기업 정보와 서류 보기", en="See the firm's profile and documents"),
    "firm.write": Text(
        ko="기업 정보를 고치고 서류 올리기", en="Change the firm's profile, upload documents"
    ),
    "firm.account": Text(
        ko="돈을 받을 계좌 정하기", en="Name the account on which the firm takes money"
    ),
    "documents.read": Text(
        ko="우리 기업이나 조합원사의 서류 받기", en="Save documents of the firm or of members"
    ),
    "cooperative.read": Text(
        ko="조합의 소개, 규칙, 협력 조합, 수령 장소 보기",
        en="See profile, rules, partners and pick-up points",
    ),
    "cooperative.write": Text(
        ko="조합의 소개와 규칙을 고치고 협력과 수령 장소 정하기",
        en="Change profile and rules, decide on partners and pick-up points",
    ),
    "cooperative.account": Text(
        ko="입금 계좌와 온라인 결제 계정을 바꾸고 확인하기",
        en="Change and confirm the bank account and the payment account",
    ),
    "cooperatives.decide": Text(
        ko="협동조합을 승인하고 중지하기", en="Admit and suspend cooperatives"
    ),
    "trade.read": Text(
        ko="조합 사이 거래와 증빙 보기", en="See trade between cooperatives and its evidence"
    ),
    "reports.read": Text(ko="총회 자료 보기", en="See the figures for the assembly"),
    "people.read": Text(ko="함께 일하는 사람과 초대 보기", en="See colleagues and invitations"),
    "people.write": Text(
        ko="사람을 초대하고 역할을 바꾸거나 내보내기",
        en="Invite people, change their roles, take their seats",
    ),
    "items.read": Text(ko="품목 보기", en="See items"),
    "items.write": Text(ko="품목 만들고 고치기", en="Add and change items"),
    "items.merge": Text(
        ko="같은 품목을 합치고 되돌리기, 다른 이름과 단위 환산 정하기",
        en="Merge items that are one, undo it, add other names and units",
    ),
    "imports.read": Text(ko="가져온 파일과 결과 보기", en="See imported files and results"),
    "imports.write": Text(ko="구매 이력 파일 가져오기", en="Import files of purchases"),
    "purchases.read": Text(ko="구매 이력 보기", en="See purchases of the past"),
    "needs.read": Text(ko="구매 수요 보기", en="See needs"),
    "needs.write": Text(ko="구매 수요 올리고 고치기", en="State and change needs"),
    "foretold.read": Text(
        ko="다음 달 수요 예측 보기", en="See what members will probably buy next month"
    ),
    "foretold.write": Text(ko="예측한 수요를 조합원사에 묻기", en="Ask members about it"),
    "pools.read": Text(ko="수요 묶음 보기", en="See pools"),
    "pools.write": Text(ko="수요 묶음으로 공동구매 만들기", en="Make a campaign of a pool"),
    "bundles.read": Text(
        ko="협력 조합과 함께 살 수 있는 묶음 보기", en="See what could be bought with partners"
    ),
    "bundles.write": Text(
        ko="함께 살 묶음으로 공동구매를 만들거나 제안을 넘기기",
        en="Make a campaign of a bundle, set bundles aside",
    ),
    "campaigns.read": Text(ko="공동구매와 결과 보기", en="See campaigns and their results"),
    "campaigns.write": Text(
        ko="공동구매를 만들고 열고 마감하기, 공급사 정하기",
        en="Make, open and close campaigns, award offers",
    ),
    "campaigns.inspect": Text(
        ko="기업별 약정과 배정 보기", en="See each firm's commitment and allocation"
    ),
    "offers.read": Text(ko="공급 제안과 요청 보기", en="See offers and requests for them"),
    "offers.write": Text(
        ko="공급 제안 내고 거두기, 질문하기", en="Post and withdraw offers, ask questions"
    ),
    "prices.read": Text(
        ko="우리 기업의, 또는 우리 조합을 위한 상시 제안 보기",
        en="See the firm's standing offers, or those for the cooperative",
    ),
    "prices.write": Text(
        ko="상시 제안을 올리고 바꾸고 끝내기, 단가표 파일 반영하기",
        en="Make, change and end standing offers, also from files",
    ),
    "files.write": Text(ko="올린 파일 지우기", en="Take away files that were attached"),
    "commitments.write": Text(
        ko="공동구매에 참여하고 약정 바꾸기", en="Join campaigns, change commitments"
    ),
    "approvals.read": Text(
        ko="승인을 기다리는 참여와 승인 한도 보기", en="See what waits for approval, and the limit"
    ),
    "approvals.decide": Text(
        ko="한도를 넘는 참여를 승인하고 한도 정하기",
        en="Approve commitments above the limit, set the limit",
    ),
    "orders.read": Text(ko="주문과 출고 보기", en="See orders and shipments"),
    "methods.read": Text(ko="우리 기업의 결제 수단 보기", en="See the firm's payment methods"),
    "methods.write": Text(
        ko="결제 수단을 등록하고 지우기, 자동 결제에 동의하기",
        en="Save and remove payment methods, agree that they are charged",
    ),
    "consents.read": Text(
        ko="자동 결제에 동의한 내용 보기", en="See what was agreed to be charged"
    ),
    "payments.read": Text(ko="입금과 환불 내역 보기", en="See payments and refunds"),
    "payments.write": Text(
        ko="입금 확인하고 환불 기록하기", en="Confirm payments, note refunds as sent"
    ),
    "terms.read": Text(
        ko="외상 조건과 한도, 연체 보기", en="See terms, limits and what is overdue"
    ),
    "terms.write": Text(
        ko="외상 조건과 한도를 정하고 외상 청구를 줄이기",
        en="Set terms and limits, lower what is owed on account",
    ),
    "statements.read": Text(
        ko="월말 외상 명세서 보기", en="See monthly statements of what is on account"
    ),
    "payouts.read": Text(ko="공급사 지급과 명세 보기", en="See payouts and statements"),
    "payouts.write": Text(
        ko="공급사 지급 준비하고 기록하기", en="Prepare payouts, note them as sent"
    ),
    "payouts.approve": Text(ko="공급사 지급 승인하기", en="Approve payouts"),
    "purchase_orders.read": Text(ko="발주서 보기", en="See purchase orders"),
    "purchase_orders.answer": Text(
        ko="발주를 확인하거나 거절하기", en="Confirm or refuse purchase orders"
    ),
    "shipments.write": Text(ko="출고 기록하기", en="Note shipments"),
    "receipts.write": Text(ko="수령 확인하기", en="Confirm what arrived"),
    "claims.read": Text(ko="클레임과 사진 보기", en="See claims and their photographs"),
    "claims.write": Text(
        ko="클레임을 내거나 우리가 납품한 물품의 클레임에 답하기",
        en="Claim about what arrived, answer claims on what the firm delivered",
    ),
    "claims.discuss": Text(ko="클레임에 내용 더하기", en="Add words to claims"),
    "claims.decide": Text(
        ko="기업과 공급사가 합의하지 못한 클레임 결정하기",
        en="Decide claims that firm and supplier do not agree on",
    ),
    "notifications.read": Text(ko="알림과 할 일 보기", en="See notices and what waits"),
    "notifications.write": Text(
        ko="알림 받는 방법과 달력 주소 정하기",
        en="Choose how to be told, and the calendar's address",
    ),
    "keys.write": Text(ko="자기 자격의 API 키 관리", en="Manage API keys of one's own seat"),
    "people.recover": Text(
        ko="기기를 잃은 사람의 2단계 인증 지우기",
        en="Reset the second factor of somebody who lost it",
    ),
}


def may(role: str, capability: str) -> bool:
    """Whether `role` has `capability`; an unknown capability is a KeyError, never a yes."""
    return role in CAPABILITIES[capability]


def capabilities_of(role: str) -> list[str]:
    """All capabilities of a role, sorted: what the screen uses to offer or hide an action."""
    return sorted(name for name, roles in CAPABILITIES.items() if role in roles)


def for_keys(role: str) -> list[str]:
    """What a key of a seat with this role may be given, sorted."""
    return [name for name in capabilities_of(role) if name not in NOT_FOR_KEYS]


def subject_of(capability: str) -> str:
    """What it is on: "campaigns.read" -> "campaigns"."""
    return capability.partition(".")[0]
