"""States of campaigns, offers and commitments (see docs/concepts.md)."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.states import Machine
from mungchi.common.text import Text

CAMPAIGN_STATES: Final = codes(
    draft=("작성 중", "draft"), sourcing=("제안 모집", "sourcing"), open=("모집 중", "open"),
    filling=("물량 채우기", "being filled"),
    closing=("마감 처리 중", "closing"), settling=("입금 중", "settling"),
    ordered=("발주 완료", "ordered"), delivering=("배송 중", "delivering"),
    completed=("완료", "completed"), failed=("무산", "failed"), cancelled=("취소", "cancelled"),
)  # fmt: skip
# Of a second part that failed because nobody needed it (see docs/concepts.md, Split).
UNNEEDED: Final = Text(ko="필요 없음", en="not needed")
OFFER_STATES: Final = codes(
    submitted=("제출", "submitted"), withdrawn=("철회", "withdrawn"),
    awarded=("낙찰", "awarded"), declined=("미선정", "not chosen"),
)  # fmt: skip
COMMITMENT_STATES: Final = codes(active=("참여", "active"), withdrawn=("철회", "withdrawn"))
APPROVAL_STATES: Final = codes(
    waiting=("승인 대기", "waiting"), approved=("승인", "approved"), declined=("반려", "declined"),
    withdrawn=("거둠", "withdrawn"), lapsed=("기한 지남", "lapsed"),
)  # fmt: skip
DECISION_STATES: Final = codes(
    waiting=("확인 대기", "waiting"), confirmed=("확인", "confirmed"),
    refused=("반려", "refused"), withdrawn=("철회", "taken back"),
    lapsed=("쓸모없어짐", "of no use any more"),
)  # fmt: skip
CHANGE_STATES: Final = codes(
    waiting=("확인 대기", "waiting"), accepted=("시행", "in force"), refused=("반려", "refused"),
    withdrawn=("거둠", "withdrawn"), lapsed=("기한 지남", "lapsed"),
)  # fmt: skip
HOLD_KINDS: Final = codes(
    word=("공급사에 요청", "by the supplier's word"),
    pay=("조합이 차액 부담", "the cooperative pays the difference"),
)  # fmt: skip
HOLD_STATES: Final = codes(
    asked=("공급사 답변 대기", "the supplier is asked"), held=("단가 유지", "the price is held"),
    refused=("공급사 거절", "refused by the supplier"), withdrawn=("거둠", "taken back"),
    lapsed=("쓸모없어짐", "of no use any more"),
)  # fmt: skip
BUNDLE_STATES: Final = codes(
    open=("제안됨", "proposed"), dismissed=("넘김", "set aside"),
    opened=("공동구매로 만듦", "opened"),
)  # fmt: skip

CAMPAIGN = Machine(
    name="campaign",
    labels=CAMPAIGN_STATES,
    start=("draft",),
    moves={
        "draft": ("sourcing", "cancelled"),
        "sourcing": ("open", "cancelled"),
        "open": ("filling", "closing", "cancelled"),
        "filling": ("closing", "cancelled"),
        "closing": ("settling", "failed"),
        "settling": ("ordered", "failed"),
        "ordered": ("delivering", "failed"),
        "delivering": ("completed",),
    },
)

OFFER = Machine(
    name="offer",
    labels=OFFER_STATES,
    start=("submitted",),
    moves={
        "submitted": ("withdrawn", "awarded", "declined"),
        "withdrawn": ("submitted",),
        # Another offer may be chosen until the campaign opens; and until offers are due each may
        # be taken back.
        "awarded": ("declined", "withdrawn"),
        "declined": ("awarded", "withdrawn"),
    },
)

COMMITMENT = Machine(
    name="commitment",
    labels=COMMITMENT_STATES,
    start=("active",),
    moves={"active": ("withdrawn",), "withdrawn": ("active",)},
)

APPROVAL = Machine(
    name="approval",
    labels=APPROVAL_STATES,
    start=("waiting",),
    moves={"waiting": ("approved", "declined", "withdrawn", "lapsed")},
)

# What one coordinator may not decide alone.
DECISION = Machine(
    name="decision",
    labels=DECISION_STATES,
    start=("waiting",),
    moves={"waiting": ("confirmed", "refused", "withdrawn", "lapsed")},
)

# Other terms for an open campaign's offer, which may need the word of the host's office.
OFFER_CHANGE = Machine(
    name="offer_change",
    labels=CHANGE_STATES,
    start=("waiting",),
    moves={"waiting": ("accepted", "refused", "withdrawn", "lapsed")},
)

# Holding the price when payments lapsed. Of a supplier that was asked, the word is waited for.
HOLD = Machine(
    name="hold",
    labels=HOLD_STATES,
    start=("asked", "held"),
    moves={"asked": ("held", "refused", "withdrawn", "lapsed"), "held": ("lapsed",)},
)

# What needs of partners propose; what was set aside may be taken back.
BUNDLE = Machine(
    name="bundle",
    labels=BUNDLE_STATES,
    start=("open",),
    moves={"open": ("dismissed", "opened"), "dismissed": ("open", "opened")},
)

BEFORE_OPENING: Final = ("draft", "sourcing")
# While firms may still commit; in filling only what fills (see domain.filling).
TAKING: Final = ("open", "filling")
MOST_FILL_HOURS: Final = 72
AFTER_AWARD: Final = (
    "open", "filling", "closing", "settling", "ordered", "delivering", "completed",
)  # fmt: skip
ENDED: Final = ("completed", "failed", "cancelled")
