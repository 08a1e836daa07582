"""What is kept of standing offers, in words. Their ladders stand whole in their versions."""

from typing import Final

from mungchi.common.kept import Kept, said
from mungchi.common.text import Text
from mungchi.pricelists.domain.states import STANDING_STATES
from mungchi.pricelists.domain.terms import PERIODS

KEPT: Final[dict[str, Kept]] = {
    "pricelists.standingoffer": Kept(
        Text(ko="상시 제안", en="Standing offer"),
        "pricelists_standingoffer",
        {
            "item_id": said("품목", "Item", "item"),
            "code": said("관리 코드", "Own code"),
            "state": said("상태", "State", "code", STANDING_STATES),
            "number": said("판", "Version", "number"),
            "pack_size": said("포장 단위", "Pack", "number"),
            "minimum": said("최소 주문", "Smallest order", "number"),
            "capacity": said("공급 가능 수량", "Capacity", "number"),
            "capacity_per": said("수량의 기간", "Capacity for", "code", PERIODS),
            "lead_time_days": said("납기(일)", "Days to deliver", "number"),
            "delivery_cost": said("배송비", "Delivery cost", "money"),
            "currency": said("통화", "Currency"),
            "vat_included": said("부가세 포함", "VAT included", "yes"),
            "valid_from": said("시작일", "Valid from", "day"),
            "valid_until": said("종료일", "Valid until", "day"),
            "for_all": said("모든 조합 대상", "For all cooperatives", "yes"),
            "note": said("메모", "Note"),
        },
        {"supplier_id": "whose it is", "created_at": "the time of the row",
         "changed_at": "the time of the change", "ended_at": "the time of the change"},
    ),
}  # fmt: skip
