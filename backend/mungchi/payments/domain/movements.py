"""What movements of a provider's balance are called. Pure."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.text import Text

MOVEMENTS: Final[dict[str, Text]] = codes(
    charge=("결제", "Charge"),
    refund=("환불", "Refund"),
    refund_failure=("되돌아온 환불", "Refund that came back"),
    dispute=("이의 제기", "Dispute"),
    transfer=("공급사 송금", "Transfer to a supplier"),
    transfer_reversal=("공급사 송금 취소", "Transfer taken back"),
    fee=("수수료", "Fee"),
    payout=("통장으로 보냄", "Sent to the bank"),
    payout_failure=("통장으로 보내지 못함", "Did not reach the bank"),
    other=("기타", "Other"),
)
