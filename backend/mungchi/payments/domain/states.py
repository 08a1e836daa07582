"""States of a payment (one obligation of one firm for one order), of what goes back of it, of what
is paid out, and of what the bank says."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.states import Machine
from mungchi.common.text import Text

PAYMENT_LABELS: Final[dict[str, Text]] = {
    "awaiting_transfer": Text(ko="입금 대기", en="awaiting transfer"),
    "on_account": Text(ko="외상", en="on account"),
    "scheduled": Text(ko="결제 예정", en="to be charged"),
    "processing": Text(ko="결제 처리 중", en="being charged"),
    "requires_action": Text(ko="본인 확인 필요", en="needs your confirmation"),
    "retrying": Text(ko="결제 재시도 예정", en="to be tried again"),
    "paid": Text(ko="결제 완료", en="paid"),
    "lapsed": Text(ko="기한 지나 취소", en="lapsed"),
    "cancelled": Text(ko="취소", en="cancelled"),
    "partially_refunded": Text(ko="일부 환불", en="refunded in part"),
    "refund_due": Text(ko="환불 예정", en="refund due"),
    "refunded": Text(ko="환불 완료", en="refunded"),
    "disputed": Text(ko="이의 제기됨", en="disputed"),
    "charged_back": Text(ko="카드사가 회수", en="taken back by the payer's bank"),
}
# What was paid and stands, at least in part.
PAID: Final = ("paid", "partially_refunded")
# Whose order goes on, although a payer's bank has taken the money back, or asks for it.
CONTESTED: Final = ("disputed", "charged_back")
# What is ordered from the supplier on the strength of: paid, or owed on account.
COVERED: Final = (*PAID, "on_account")
# What was paid once, whatever became of it.
WAS_PAID: Final = (*PAID, "refund_due", "refunded", *CONTESTED)

PAYMENT = Machine(
    name="payment",
    labels=PAYMENT_LABELS,
    start=("awaiting_transfer", "scheduled", "on_account"),
    moves={
        # Owed by a due day and not waited for: the order goes out all the same. It does not lapse.
        "on_account": ("paid", "cancelled"),
        "awaiting_transfer": ("paid", "lapsed", "cancelled", "scheduled"),
        # By a saved method. A firm may pay by transfer instead. What is under way does not lapse.
        "scheduled": ("processing", "awaiting_transfer", "lapsed", "cancelled"),
        "processing": ("paid", "requires_action", "retrying", "awaiting_transfer", "cancelled"),
        "requires_action": (
            "processing",
            "paid",
            "retrying",
            "awaiting_transfer",
            "lapsed",
            "cancelled",
        ),
        "retrying": (
            "processing",
            "paid",
            "requires_action",
            "awaiting_transfer",
            "lapsed",
            "cancelled",
        ),
        # What goes back of it: see Refund. A refund may be called off, or turn out not to be sent.
        "paid": (
            "awaiting_transfer",
            "on_account",
            "partially_refunded",
            "refund_due",
            "disputed",
        ),
        "partially_refunded": ("paid", "refund_due", "disputed"),
        "refund_due": ("paid", "partially_refunded", "refunded", "disputed"),
        "refunded": ("refund_due", "disputed"),
        # Back to where its refunds leave it, or lost for good; which a bank may decide anew.
        "disputed": ("paid", "partially_refunded", "refund_due", "refunded", "charged_back"),
        "charged_back": ("paid", "partially_refunded", "refund_due", "refunded", "disputed"),
    },
)
# What is waited for: a payment that may still be paid.
MAY_STILL_PAY: Final = (
    "awaiting_transfer", "scheduled", "processing", "requires_action", "retrying",
)  # fmt: skip
# What the books have as receivable.
OWED: Final = (*MAY_STILL_PAY, "on_account")
# Those of them that lapse by the clock: not what is on its way at a provider just then.
LAPSING: Final = ("awaiting_transfer", "scheduled", "requires_action", "retrying")

# Those of them that nobody has begun to pay by a provider: what is asked for may become less.
STILL_ASKED: Final = ("awaiting_transfer", "scheduled", "on_account")

# What goes by a saved method and is not over.
UNDER_WAY: Final = ("scheduled", "processing", "requires_action", "retrying")

PROVIDER_ACCOUNT = Machine(
    name="provider_account",
    labels=codes(
        unchecked=("확인 전", "not checked"), ready=("사용 중", "in use"),
        failed=("연결 안 됨", "not connected"), off=("사용 안 함", "not used"),
    ),
    start=("unchecked",),
    moves={
        "unchecked": ("ready", "failed", "off"),
        "ready": ("failed", "off", "unchecked"),
        "failed": ("ready", "off", "unchecked"),
        "off": ("unchecked", "ready"),
    },
)  # fmt: skip

# What opens an account there, put forward by one coordinator until a second confirms it.
KEY_CHANGE = Machine(
    name="key_change",
    labels=codes(
        proposed=("확인 대기", "waiting"), confirmed=("확인됨", "confirmed"),
        declined=("반려", "declined"),
    ),
    start=("proposed",),
    moves={"proposed": ("confirmed", "declined")},
)  # fmt: skip

MANDATE = Machine(
    name="mandate",
    labels=codes(
        pending=("등록 중", "being saved"), active=("사용 가능", "saved"),
        failed=("등록 실패", "not saved"), revoked=("해지", "removed"),
    ),
    start=("pending",),
    moves={"pending": ("active", "failed"), "active": ("revoked",)},
)  # fmt: skip

# One try at charging; `unknown` until it is found out what became of it.
ATTEMPT = Machine(
    name="attempt",
    labels=codes(
        created=("준비", "prepared"), sent=("보냄", "sent"), unknown=("확인 중", "being looked up"),
        processing=("처리 중", "being processed"),
        requires_action=("본인 확인 필요", "needs the payer"),
        succeeded=("성공", "succeeded"), failed=("실패", "failed"), cancelled=("취소", "cancelled"),
    ),
    start=("created",),
    moves={
        "created": ("sent", "cancelled"),
        "sent": ("unknown", "processing", "requires_action", "succeeded", "failed", "cancelled"),
        "unknown": ("processing", "requires_action", "succeeded", "failed", "cancelled"),
        "processing": ("requires_action", "succeeded", "failed", "cancelled"),
        "requires_action": ("processing", "succeeded", "failed", "cancelled"),
        # What the provider says now goes before what it said before; success is never left.
        "failed": ("succeeded",),
    },
)  # fmt: skip

DEBT_LABELS: Final = codes(open=("받을 돈", "owed"), settled=("정산", "settled"))
DEBT_WAYS: Final = codes(
    transfer=("이체로 받음", "by transfer"), offset=("지급액에서 공제", "taken off a payout")
)
# What a supplier owes back; a settlement that was a mistake is taken back.
DEBT = Machine(
    name="supplier_debt",
    labels=DEBT_LABELS,
    start=("open",),
    moves={"open": ("settled",), "settled": ("open",)},
)

PROVIDER_EVENT = Machine(
    name="provider_event",
    labels=codes(
        received=("받음", "received"), applied=("반영", "applied"),
        ignored=("해당 없음", "not for us"), parked=("보류", "parked"),
    ),
    start=("received", "ignored"),
    moves={"received": ("applied", "ignored", "parked"), "parked": ("applied", "ignored")},
)  # fmt: skip

# Why an event that came by itself is refused.
REFUSALS: Final[dict[str, Text]] = codes(
    forged=("서명이 맞지 않음", "the signature does not fit"),
    stale=("오래된 서명", "signed too long ago"),
    oversized=("너무 큼", "too large"),
    other_mode=("실거래·시험 모드가 다름", "of the other mode"),
    other_account=("다른 계정의 것", "of another account"),
)
REFUND_LABELS: Final[dict[str, Text]] = {
    "requested": Text(ko="환불 예정", en="to be sent"),
    "sent": Text(ko="보내는 중", en="on its way"),
    "unknown": Text(ko="확인 중", en="being looked up"),
    "succeeded": Text(ko="환불 완료", en="sent back"),
    "failed": Text(ko="환불 실패", en="failed"),
    "reversed": Text(ko="되돌아옴", en="came back"),
    "cancelled": Text(ko="환불 취소", en="called off"),
}
# A transfer of the office's own is requested and then sent back; a provider is asked and answers.
REFUND = Machine(
    name="refund",
    labels=REFUND_LABELS,
    start=("requested",),
    moves={
        "requested": ("sent", "succeeded", "cancelled"),
        "sent": ("succeeded", "unknown", "failed"),
        "unknown": ("succeeded", "failed"),
        # Ticked off by mistake; or the money came back.
        "succeeded": ("requested", "reversed"),
        # What a provider could not do, the office does by a transfer.
        "failed": ("succeeded",),
        "reversed": ("succeeded",),
    },
)
# The office has to do something about it.
REFUND_TO_SEND: Final = ("requested", "failed", "reversed")
# Somebody is asked, and has not answered yet.
REFUND_UNDER_WAY: Final = ("sent", "unknown")
# Owed back and not there yet.
REFUND_OPEN: Final = (*REFUND_TO_SEND, *REFUND_UNDER_WAY)

PAYOUT_LABELS: Final[dict[str, Text]] = {
    "requested": Text(ko="승인 대기", en="to be approved"),
    "approved": Text(ko="승인됨", en="approved"),
    "sent": Text(ko="보내는 중", en="on its way"),
    "unknown": Text(ko="확인 중", en="being looked up"),
    "succeeded": Text(ko="지급 완료", en="paid out"),
    "failed": Text(ko="지급 실패", en="failed"),
    "reversed": Text(ko="되돌아옴", en="came back"),
    "cancelled": Text(ko="취소", en="called off"),
}
# A transfer of the office's own is approved and then sent; a provider is asked and answers.
PAYOUT = Machine(
    name="payout",
    labels=PAYOUT_LABELS,
    start=("requested",),
    moves={
        "requested": ("approved", "cancelled"),
        "approved": ("sent", "succeeded", "cancelled"),
        "sent": ("succeeded", "unknown", "failed"),
        "unknown": ("succeeded", "failed"),
        "succeeded": ("reversed",),
        # Looked up in vain, and there after all.
        "failed": ("succeeded",),
    },
)
# A provider is asked, and has not answered yet.
PAYOUT_UNDER_WAY: Final = ("sent", "unknown")
# Neither at its end nor called off: the supplier's money is spoken for.
PAYOUT_LIVE: Final = ("requested", "approved", "sent", "unknown")


BANK_LINE_LABELS: Final[dict[str, Text]] = {
    "suspense": Text(ko="가수금", en="in suspense"),
    "matched": Text(ko="배정됨", en="matched"),
    "set_aside": Text(ko="공동구매 외", en="set aside"),
    "to_return": Text(ko="반환 예정", en="to return"),
    "returned": Text(ko="반환함", en="returned"),
}

BANK_STATEMENT = Machine(
    name="bank_statement",
    labels=codes(uploaded=("올림", "uploaded"), done=("가져옴", "taken in")),
    start=("uploaded",),
    moves={"uploaded": ("done",)},
)

# A line of the bank's statement: `suspense` and `to_return` as long as some of it is for nothing.
BANK_LINE = Machine(
    name="bank_line",
    labels=BANK_LINE_LABELS,
    start=("suspense",),
    moves={
        "suspense": ("matched", "set_aside", "to_return"),
        "to_return": ("suspense", "returned", "matched"),
        "matched": ("suspense",),
        "set_aside": ("suspense",),
        "returned": ("suspense",),
    },
)
OPEN_LINES: Final = ("suspense", "to_return")

# What a payer's bank has taken back, or asks about: as the provider says. It decides by itself.
DISPUTE = Machine(
    name="dispute",
    labels=codes(
        needs_response=("소명 필요", "evidence needed"),
        under_review=("카드사 심사 중", "being reviewed"),
        won=("소명 인정", "won"), lost=("소명 불인정", "lost"),
        closed=("회수 없이 끝남", "ended without a charge back"),
    ),
    start=("needs_response", "under_review", "won", "lost", "closed"),
    moves={
        "needs_response": ("under_review", "won", "lost", "closed"),
        "under_review": ("needs_response", "won", "lost", "closed"),
        # A bank may decide anew, and an inquiry may become a dispute after all.
        "closed": ("needs_response", "under_review", "won", "lost"),
        "won": ("needs_response", "under_review", "lost"),
        "lost": ("needs_response", "under_review", "won"),
    },
)  # fmt: skip
OPEN_DISPUTES: Final = ("needs_response", "under_review")

# What a firm owes again, by transfer, after a dispute was lost.
AGAIN_LABELS: Final[dict[str, Text]] = codes(
    none=("청구 안 함", "not asked for"), asked=("입금 대기", "awaited"),
    paid=("입금 확인", "paid"), dropped=("청구 취소", "called off"),
)  # fmt: skip

# Something between our books and the provider's that the office has to settle.
OPEN_ITEM = Machine(
    name="open_item",
    labels=codes(open=("확인 필요", "open"), settled=("정리됨", "settled")),
    start=("open",),
    # What agreed by itself may differ again.
    moves={"open": ("settled",), "settled": ("open",)},
)

BANK_PAYOUT_LABELS: Final[dict[str, Text]] = {
    "under_way": Text(ko="보내는 중", en="on its way"),
    "paid": Text(ko="보냄", en="sent"),
    "arrived": Text(ko="입금 확인", en="arrived"),
    "failed": Text(ko="실패", en="failed"),
    "cancelled": Text(ko="취소", en="called off"),
}
# What a provider sends from its balance to the cooperative's own bank account.
BANK_PAYOUT = Machine(
    name="bank_payout",
    labels=BANK_PAYOUT_LABELS,
    start=("under_way", "paid", "failed", "cancelled"),
    moves={
        "under_way": ("paid", "arrived", "failed", "cancelled"),
        "paid": ("arrived", "failed", "cancelled"),
        "arrived": ("paid",),
    },
)
# What is not at the bank yet.
BANK_PAYOUT_AWAITED: Final = ("under_way", "paid")
