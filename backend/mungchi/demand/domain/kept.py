"""What is kept of needs and pools, in words."""

from typing import Final

from mungchi.catalog.domain.units import UNITS
from mungchi.common.kept import Kept, codes, said
from mungchi.common.text import Text
from mungchi.demand.domain.states import NEED_STATES, PLAN_STATES

RHYTHMS: Final = codes(week=("주", "weeks"), month=("개월", "months"))

KEPT: Final[dict[str, Kept]] = {
    "demand.need": Kept(
        Text(ko="구매 수요", en="Need"),
        "demand_need",
        {
            "state": said("상태", "State", "code", NEED_STATES),
            "quantity": said("수량", "Quantity", "number"),
            "said_quantity": said("말한 수량", "Quantity as said", "number"),
            "said_unit": said("말한 단위", "Unit as said", "code", UNITS),
            "needed_by": said("필요한 날", "Needed by", "day"),
            "price_limit": said("희망 최고 단가", "Price limit", "price"),
            "note": said("메모", "Note"),
            "item_id": said("품목", "Item", "item"),
        },
        {"pool_id": "follows from item and time", "cooperative_id": "whose it is",
         "firm_id": "whose it is",
         "created_at": "the time of the row", "plan_id": "says who stated it",
         "plan_number": "the same"},
    ),
    "demand.needplan": Kept(
        Text(ko="반복 수요", en="Recurring need"),
        "demand_needplan",
        {
            "state": said("상태", "State", "code", PLAN_STATES),
            "quantity": said("수량", "Quantity", "number"),
            "price_limit": said("희망 최고 단가", "Price limit", "price"),
            "note": said("메모", "Note"),
            "every": said("간격", "Every", "number"),
            "rhythm": said("주기 단위", "Counted in", "code", RHYTHMS),
            "next_date": said("다음 날짜", "Next date", "day"),
            "ahead_days": said("며칠 전에 올림", "Days ahead", "number"),
            "item_id": said("품목", "Item", "item"),
        },
        {"cooperative_id": "whose it is", "firm_id": "whose it is", "first_date": "does not change",
         "times": "follows from the next date", "ended_by": "its event says so",
         "created_at": "the time of the row"},
    ),
    "demand.pool": Kept(
        Text(ko="수요 묶음", en="Pool"),
        "demand_pool",
        {
            "state": said("상태", "State", "code", NEED_STATES),
            "item_id": said("품목", "Item", "item"),
        },
        {"cooperative_id": "whose it is", "created_at": "the time of the row",
         "first_day": "follows from its needs"},
    ),
}  # fmt: skip
