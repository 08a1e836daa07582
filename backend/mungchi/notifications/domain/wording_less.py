"""The sentences about a supplier that confirms less than was ordered. Pure."""

from mungchi.common.text import Text

ASKED = Text(
    ko="{supplier}이(가) ‘{title}’ 주문 {ordered} 중 {quantity}만 공급할 수 있다고 답했습니다. "
    "{day}까지 받아들일지, 공동구매를 끝낼지 결정해 주십시오. 사유: {why}",
    en="{supplier} confirms {quantity} of the {ordered} that were ordered for “{title}”. Please "
    "accept it or end the campaign by {day}. Reason: {why}",
)
WAITS = Text(
    ko="‘{title}’: 공급사가 {quantity}만 공급할 수 있다고 한 답에 {day}까지 결정해 주십시오.",
    en="“{title}”: please decide by {day} about the supplier's {quantity}.",
)
STILL_WAITS = Text(
    ko="‘{title}’: 공급사가 {quantity}만 공급할 수 있다고 한 답을 아직 결정하지 않았습니다. 기한은 "
    "{day}까지였습니다. 결정할 때까지 아무것도 출고되지 않습니다.",
    en="“{title}”: the supplier's {quantity} has not been decided about, and was to be by {day}. "
    "Until then nothing is delivered.",
)
WITHDRAWN = Text(
    ko="{supplier}이(가) ‘{title}’에 적게 확인한 것을 거두었습니다.",
    en="{supplier} has taken back that it confirms less for “{title}”.",
)
DONE = Text(
    ko="발주서 {number}: 조합이 줄어든 수량을 받아들였습니다. {quantity}을(를) {day}까지 "
    "공급해 주십시오. 사유: {why}",
    en="Purchase order {number}: the cooperative accepts less. Please deliver {quantity} by {day}. "
    "Reason: {why}",
)
ENDED = Text(
    ko="발주서 {number}: 조합이 줄어든 수량을 받아들이지 않고 공동구매를 끝냈습니다. 사유: {why}",
    en="Purchase order {number}: the cooperative did not accept less and ended the campaign. "
    "Reason: {why}",
)
REDUCED = Text(
    ko="‘{title}’: 공급사가 주문보다 적게 공급하여 주문이 {before}에서 {quantity}(으)로 "
    "줄었습니다. 단가는 그대로이고, 금액은 {was}에서 {total}(으)로 {back} "
    "줄었습니다. 그보다 많이 내셨으면 차액을 돌려드립니다. 사유: {why}",
    en="“{title}”: the supplier confirmed less, so your order is {quantity} instead of {before}, "
    "at the same price. It comes to {total} instead of {was}, {back} less; what you have paid "
    "beyond that goes back to you. Reason: {why}",
)
LEFT_OUT = Text(
    ko="‘{title}’: 공급사가 주문보다 적게 공급하여 배정할 물량이 남지 않았습니다. {before} "
    "주문이 취소되었습니다. {was} 가운데 내신 금액은 모두 돌려드립니다. 사유: {why}",
    en="“{title}”: the supplier confirmed less and nothing is left for your firm. Your order of "
    "{before} is cancelled, and what you have paid of {was} goes back to you. Reason: {why}",
)
WAITS_FOR_SECOND = Text(
    ko="{person}님이 ‘{title}’의 공급사가 확인한 적은 수량을 받아들이려 합니다. 소속 기업이 "
    "관련되어 있어 다른 담당자의 확인이 필요합니다. 사유: {why}",
    en="{person} would accept that the supplier of “{title}” delivers less. Their own firm is "
    "concerned, so another coordinator has to confirm. Reason: {why}",
)
