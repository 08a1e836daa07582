"""Suppliers that can deliver only a part: one of them was taken at its word, one waits for it."""

from datetime import timedelta
from typing import Final

from devtools.demo.buying import Bought, Purchase, run_money
from devtools.demo.people import Cast
from mungchi.common import clock
from mungchi.orders import operations as orders
from mungchi.orders.models import ConfirmedLess
from mungchi.payments import operations as payments
from mungchi.payments.models import Refund

TAKEN: Final = Bought(
    "TN-2400", 0, ((10, 47_500), (30, 45_200), (60, 43_000)),
    ((0, 14), (2, 10), (8, 9), (15, 7)), closed=13,
    about="같은 기종을 쓰는 조합원사의 토너를 함께 삽니다.",
)  # fmt: skip
DELIVERABLE: Final = 32
WAITS: Final = Bought(
    "A4-80", 0, ((40, 22_800), (100, 21_900), (200, 21_000)),
    ((0, 30), (3, 24), (7, 22), (9, 18), (18, 20)), closed=6,
    about="연말에 쓸 복사용지를 미리 삽니다.",
)  # fmt: skip
OFFERED: Final = 90


def confirm_less(cast: Cast) -> None:
    """Play both: asked, and the first also answered and its difference on its way back."""
    taken = Purchase(cast, TAKEN).opened().closed().transferred(3)
    asked = _asked(taken, 5, DELIVERABLE, "제조사 입고가 늦어 재고가 모자랍니다.")
    with clock.shifted(taken.after(6)):
        orders.decide_less(
            actor=taken.office, less_id=asked.pk, accept=True,
            reason="급한 곳이 많아 있는 만큼 먼저 받습니다. 남은 물량은 다음 공동구매로 모읍니다.",
        )  # fmt: skip
        run_money()
    with clock.shifted(taken.after(8)):
        # The first firm's, whose sign-in is printed, is still to be sent.
        mine = taken.payment(0)
        for refund in Refund.objects.filter(payment__order__campaign=taken.campaign):
            if refund.payment_id != mine.pk:
                payments.mark_refund_sent(
                    actor=taken.office, refund_id=refund.pk, note="인터넷뱅킹 이체"
                )
    waits = Purchase(cast, WAITS).opened().closed().transferred(3)
    _asked(waits, 5, OFFERED, "제지 공장 정비로 이달 배정량이 줄었습니다.")


def _asked(purchase: Purchase, days: float, quantity: int, why: str) -> ConfirmedLess:
    with clock.shifted(purchase.after(days)):
        return orders.confirm_less(
            actor=purchase.supplier, purchase_order_id=purchase.purchase_order.pk,
            quantity=quantity, why=why, due_date=purchase.today() + timedelta(days=9),
        )  # fmt: skip
