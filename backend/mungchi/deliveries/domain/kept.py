"""What is kept of shipments, receipts and collecting, in words."""

from typing import Final

from mungchi.common.kept import Kept, said
from mungchi.common.text import Text
from mungchi.deliveries.domain.claims import KINDS, REMEDIES, SIDE_LABELS
from mungchi.deliveries.domain.states import CLAIM_LABELS, SHIPMENT_LABELS

KEPT: Final[dict[str, Kept]] = {
    "deliveries.shipment": Kept(
        Text(ko="출고", en="Shipment"),
        "deliveries_shipment",
        {
            "state": said("상태", "State", "code", SHIPMENT_LABELS),
            "quantity": said("수량", "Quantity", "number"),
            "carrier": said("운송사", "Carrier"),
            "tracking_number": said("송장 번호", "Tracking number"),
            "shipped_date": said("출고일", "Shipped on", "day"),
        },
        {"order_id": "what it is for", "supplier_id": "whose it is",
         "claim_id": "told by its claim", "created_at": "the time of the row"},
    ),
    "deliveries.receipt": Kept(
        Text(ko="수령", en="Receipt"),
        "deliveries_receipt",
        {
            "quantity": said("수량", "Quantity", "number"),
            "note": said("메모", "Note"),
        },
        {"shipment_id": "what it is for", "received_at": "the time of the row"},
    ),
    "deliveries.claim": Kept(
        Text(ko="클레임", en="Claim"),
        "deliveries_claim",
        {
            "kind": said("내용", "What", "code", KINDS),
            "wish": said("원하는 처리", "Wanted", "code", REMEDIES),
            "quantity": said("수량", "Quantity", "number"),
            "state": said("상태", "State", "code", CLAIM_LABELS),
            "remedy": said("처리", "Remedy", "code", REMEDIES),
            "settled_quantity": said("처리 수량", "Quantity of it", "number"),
            "settled_amount": said("합의한 금액", "Agreed amount", "money"),
            "answer": said("답변", "Answer"),
            "decided_by": said("결정", "Decided by", "code", SIDE_LABELS),
            "alone": said("혼자 결정", "Decided alone", "yes"),
        },
        {"order_id": "what it is for", "number": "follows from the order",
         "shipment_id": "what it is about", "firm_id": "whose it is", "supplier_id": "whose it is",
         "host_id": "whose it is", "parts": "by variant, of the quantity",
         "settled_parts": "by variant, of the quantity", "created_at": "the time of the row",
         "waits_since": "the time of the last move", "answer_by": "follows from that",
         "reminded_at": "told by its event", "decided_at": "the time of the move",
         "refund_id": "kept by itself", "credit_id": "kept by itself"},
    ),
    "deliveries.pickuppoint": Kept(
        Text(ko="수령 장소", en="Pick-up point"),
        "deliveries_pickuppoint",
        {
            "name": said("이름", "Name"),
            "address": said("주소", "Address"),
            "hours": said("시간", "Hours"),
            "closed_at": said("닫은 때", "Closed at", "moment"),
        },
        {"cooperative_id": "whose it is"},
    ),
    "deliveries.collection": Kept(
        Text(ko="수령 일정", en="Collecting"),
        "deliveries_collection",
        {
            "point_id": said("수령 장소", "Pick-up point", "point"),
            "first_date": said("첫날", "First day", "day"),
            "last_date": said("마지막 날", "Last day", "day"),
            "note": said("메모", "Note"),
        },
        {"campaign_id": "what it is about", "cooperative_id": "whose it is"},
    ),
}  # fmt: skip
