"""What is kept of orders and purchase orders, in words."""

from typing import Final

from mungchi.common.kept import Kept, said
from mungchi.common.text import Text
from mungchi.orders.domain.states import LESS_LABELS, ORDER_LABELS, PURCHASE_ORDER_LABELS

FIGURES: Final = {
    "quantity": said("수량", "Quantity", "number"),
    "unit_price": said("단가", "Unit price", "price"),
    "supply_value": said("공급가액", "Supply value", "money"),
    "parts": said("규격별 수량", "By variant", "variants"),
}
SUMS: Final = {"vat": said("부가세", "VAT", "money"), "total": said("합계", "Total", "money")}

KEPT: Final[dict[str, Kept]] = {
    "orders.purchaseorder": Kept(
        Text(ko="발주서", en="Purchase order"),
        "orders_purchaseorder",
        {
            "number": said("번호", "Number"),
            "state": said("상태", "State", "code", PURCHASE_ORDER_LABELS),
            **FIGURES,
            "price_difference": said("단가 차액", "Difference in price", "money"),
            "delivery_cost": said("배송비", "Delivery cost", "money"),
            "subsidy": said("조합 부담액", "Paid by the cooperative", "money"),
            **SUMS,
            "confirmed_at": said("공급사 확인", "Confirmed at", "moment"),
            "due_date": said("납기", "Due", "day"),
        },
        {"campaign_id": "what it is about", "clearing_run_id": "what it came of",
         "cooperative_id": "whose it is", "supplier_id": "whose it is",
         "item_id": "the campaign's", "currency": "the campaign's",
         "ordered": "the change of the figures says it", "issued_at": "the time of the row"},
    ),
    "orders.order": Kept(
        Text(ko="주문", en="Order"),
        "orders_order",
        {
            "number": said("번호", "Number"),
            "state": said("상태", "State", "code", ORDER_LABELS),
            **FIGURES,
            "deliver_to": said("받을 곳", "Deliver to"),
            "delivery_share": said("배송비 부담", "Share of delivery", "money"),
            "host_fee": said("주최 조합 수수료", "Host's fee", "money"),
            "partner_fee": said("소속 조합 수수료", "Own cooperative's fee", "money"),
            "fee_vat": said("수수료의 부가세", "VAT on fees", "money"),
            **SUMS,
        },
        {"campaign_id": "what it is about", "clearing_line_id": "what it came of",
         "cooperative_id": "whose it is", "host_id": "whose it is", "firm_id": "whose it is",
         "supplier_id": "the purchase order's", "item_id": "the campaign's",
         "currency": "the campaign's", "vat_rate_bp": "the campaign's",
         "host_fee_bp": "the campaign's", "fee_vat_rate_bp": "the campaign's",
         "partner_fee_bp": "the commitment's", "partner_fee_vat": "part of the VAT on fees",
         "ordered": "the change of the figures says it", "created_at": "the time of the row"},
    ),
    "orders.confirmedless": Kept(
        Text(ko="일부 수주 확인", en="Supplier confirms less"),
        "orders_confirmedless",
        {
            "state": said("상태", "State", "code", LESS_LABELS),
            "quantity": said("수량", "Quantity", "number"),
            "parts": said("규격별 수량", "By variant", "figures"),
            "why": said("공급사의 까닭", "The supplier's reason"),
            "due_date": said("납기", "Due", "day"),
            "reason": said("조합의 까닭", "The cooperative's reason"),
            "decided_by_id": said("결정한 사람", "Decided by", "person"),
        },
        {"purchase_order_id": "what it is about", "campaign_id": "what it is about",
         "cooperative_id": "whose it is", "supplier_id": "whose it is", "asked_by_id": "who did it",
         "asked_at": "the time of the row", "answer_by": "follows from the time of the row",
         "reminded": "its events say it", "decided_at": "the time of the change",
         "run_id": "what it came to"},
    ),
}  # fmt: skip
