"""What lists of outreach call things. Pure."""

from typing import Final

from mungchi.common.text import Text

KINDS: Final[dict[str, Text]] = {
    "good": Text(ko="물품", en="good"),
    "service": Text(ko="서비스", en="service"),
}

LISTING_STATES: Final[dict[str, Text]] = {
    "active": Text(ko="공개", en="shown"),
    "withdrawn": Text(ko="내림", en="withdrawn"),
}

INTRODUCTION_STATES: Final[dict[str, Text]] = {
    "proposed": Text(ko="제안됨", en="proposed"),
    "accepted": Text(ko="한쪽 동의", en="one has agreed"),
    "introduced": Text(ko="연결됨", en="introduced"),
    "worked_out": Text(ko="거래 성사", en="worked out"),
    "came_to_nothing": Text(ko="성사되지 않음", en="came to nothing"),
    "declined": Text(ko="거절", en="declined"),
    "withdrawn": Text(ko="철회", en="withdrawn"),
    "expired": Text(ko="기한 지남", en="expired"),
}

HOW: Final[dict[str, Text]] = {
    "telephone": Text(ko="전화", en="telephone"),
    "visit": Text(ko="방문", en="visit"),
    "email": Text(ko="이메일", en="e-mail"),
    "product": Text(ko="뭉치 알림", en="in Mungchi"),
}

ABOUT: Final[dict[str, Text]] = {
    "talk": Text(ko="대화", en="a talk"),
    "campaign": Text(ko="공동구매 권유", en="a campaign suggested"),
    "pool": Text(ko="수요 묶음 권유", en="a pool suggested"),
    "needs": Text(ko="필요한 것 문의", en="asked what it needs"),
    "introduction": Text(ko="연결 제안", en="an introduction proposed"),
}

ANSWERS: Final[dict[str, Text]] = {
    "": Text(ko="아직 답 없음", en="no answer yet"),
    "interested": Text(ko="관심 있음", en="interested"),
    "later": Text(ko="나중에", en="later"),
    "not_interested": Text(ko="관심 없음", en="not interested"),
    "unreachable": Text(ko="연락되지 않음", en="could not be reached"),
}
# Answers in which the firm itself was heard.
HEARD: Final = ("interested", "later", "not_interested")

REASONS: Final[dict[str, Text]] = {
    "outside": Text(ko="함께 사는 품목인데 빠져 있음", en="others buy it together without it"),
    "fell_out": Text(ko="마감에서 빠진 뒤 참여 없음", en="fell out at a closing, in nothing since"),
    "silent": Text(ko="90일 넘게 소식 없음", en="nothing heard for 90 days"),
}

SPELL_ENDS: Final[dict[str, Text]] = {
    "": Text(ko="빠져 있음", en="left out"),
    "returned": Text(ko="돌아옴", en="came back"),
    "heard": Text(ko="다시 소식 있음", en="heard from again"),
    "quiet": Text(ko="연락 사양", en="asked to be left alone"),
    "gone": Text(ko="조합원사 아님", en="no longer a member"),
}
