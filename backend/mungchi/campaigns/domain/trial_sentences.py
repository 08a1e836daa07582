"""The sentences of a clearing that is only tried: what closing would bring, not what it brought.

The keys are those of sentences.py, which takes from here when it is asked for a trial. They stand
behind "if it closed now" or "with this offer".
"""

from typing import Final

from mungchi.campaigns.domain.clearing import Failure
from mungchi.campaigns.domain.settlement import Rationing
from mungchi.common.text import Text

SUCCEEDED: Final = Text(
    ko="공동구매가 성립합니다. 단가는 {price}, 주문 수량은 {quantity}, 배정 기업은 "
    "{firms}곳입니다.",
    en="The group purchase would succeed: {quantity} at {price} for {firms} {firms:firm|firms}.",
)

FITTING: Final[dict[Rationing, Text]] = {
    Rationing.NONE: Text(
        ko="약정 수량을 모두 배정합니다.",
        en="Every quantity could be ordered as committed.",
    ),
    Rationing.TOLERANCE_FILL: Text(
        ko="마지막 포장을 채우기 위해 추가 수용 물량을 같은 한도까지 똑같이 나누어 배정합니다.",
        en="The last pack would be filled from the tolerances, in equal shares.",
    ),
    Rationing.PACK_ROUNDING: Text(
        ko="포장 단위에 맞추느라 많은 수량부터 같은 한도까지 조금씩 줄입니다.",
        en="To fit whole packs, the largest quantities would be cut a little, down to one level.",
    ),
}

VERDICTS: Final[dict[str, Text]] = {
    "in_full": Text(
        ko="약정 수량이 모두 배정됩니다. 배정 수량은 {awarded}, 단가는 {price}입니다.",
        en="It gets all it committed to: {awarded} at {price}.",
    ),
    "with_tolerance": Text(
        ko=(
            "포장 단위를 채우기 위해 추가 수용 물량의 일부도 배정됩니다. 약정 수량은 {quantity}, "
            "배정 수량은 {awarded}, 단가는 {price}입니다."
        ),
        en=(
            "It gets {awarded} at {price}: the {quantity} it committed to, and some of its "
            "tolerance to fill a pack."
        ),
    ),
    "rounded": Text(
        ko=(
            "포장 단위에 맞추느라 수량이 조금 줄어듭니다. 약정 수량은 {quantity}, 배정 수량은 "
            "{awarded}, 단가는 {price}입니다."
        ),
        en=(
            "It gets {awarded} at {price} of the {quantity} it committed to: only whole packs "
            "can be ordered."
        ),
    ),
    "cut": Text(
        ko=(
            "공급 물량이 부족하여 일부만 배정됩니다. 약정 수량은 {quantity}, 배정 수량은 "
            "{awarded}, 단가는 {price}입니다."
        ),
        en=(
            "It gets {awarded} at {price} of the {quantity} it committed to: the supplier has "
            "less than is wanted."
        ),
    ),
    "priced_out": Text(
        ko=(
            "단가가 희망 최고 단가보다 높아 포함되지 않습니다. 지금 마감하면 단가는 {price}, "
            "희망 최고 단가는 {limit}입니다."
        ),
        en="The price would come to {price}, above its limit of {limit}, so it is not in.",
    ),
    "priced_out_everywhere": Text(
        ko=(
            "희망 최고 단가가 모든 수량 구간의 단가보다 낮습니다. 가장 낮은 단가는 {price}, "
            "희망 최고 단가는 {limit}입니다."
        ),
        en="Its limit of {limit} is below every tier; the lowest price is {price}.",
    ),
    "below_minimum": Text(
        ko=(
            "배정할 수 있는 물량이 최소 수량보다 적어 제외됩니다. 배정 가능 수량은 {offered}, "
            "최소 수량은 {minimum}입니다."
        ),
        en=(
            "It is not in: its share would be {offered}, less than the {minimum} that it accepts "
            "at least."
        ),
    ),
    "nothing_left": Text(
        ko="단가 조건은 맞으나 물량이 부족하여 배정되지 않습니다. 단가는 {price}입니다.",
        en="It accepts the price of {price}, but there is not enough for everybody.",
    ),
    "unanswered": Text(
        ko="바뀐 공급 조건에 아직 답하지 않아 포함되지 않습니다.",
        en="The offer has changed and it has not answered yet, so it is not in.",
    ),
    "failed": Text(
        ko="공동구매가 성립하지 않아 배정되는 물량이 없습니다.",
        en="The group purchase would not happen, and it gets nothing.",
    ),
}

FAILURES: Final[dict[Failure, Text]] = {
    Failure.NO_COMMITMENTS: Text(
        ko="참여한 기업이 없어 공동구매가 성립하지 않습니다.",
        en="The group purchase would fail: nobody has committed.",
    ),
    Failure.NOBODY_ANSWERED: Text(
        ko="바뀐 공급 조건에 답한 기업이 없어 공동구매가 성립하지 않습니다.",
        en="The group purchase would fail: nobody has answered the changed offer.",
    ),
    Failure.CAPACITY_BELOW_PACK: Text(
        ko="공급 가능 수량이 포장 단위 하나보다 적어 공동구매가 성립하지 않습니다.",
        en="The group purchase would fail: the supplier has less than one whole pack.",
    ),
    Failure.CAPACITY_TOO_SMALL: Text(
        ko="공급 가능 수량으로는 성립 조건을 채울 수 없어 공동구매가 성립하지 않습니다.",
        en="The group purchase would fail: the supplier has less than the least quantity required.",
    ),
    Failure.SMALLEST_QUANTITIES: Text(
        ko=(
            "물량을 나누면 최소 수량에 미치지 못하는 기업이 있고, 그 기업을 제외하면 성립 조건을 "
            "채울 수 없어 공동구매가 성립하지 않습니다."
        ),
        en=(
            "The group purchase would fail: sharing the order leaves some firms below the least "
            "they accept, and without them the conditions are not met."
        ),
    ),
    Failure.TOO_FEW_SERVED: Text(
        ko=(
            "주문할 수 있는 수량을 나누면 성립 조건보다 적은 기업만 물량을 받게 되어 공동구매가 "
            "성립하지 않습니다."
        ),
        en=(
            "The group purchase would fail: shared out, what could be ordered would go to fewer "
            "firms than it takes."
        ),
    ),
    Failure.NOT_ENOUGH_FIRMS: Text(
        ko=(
            "참여 기업이 모자라 공동구매가 성립하지 않습니다. 단가 {price}에서 참여 기업은 "
            "{firms}곳, 모자란 기업은 {missing_firms}곳입니다."
        ),
        en=(
            "The group purchase would fail: too few firms. Firms in at {price}: {firms}; firms "
            "missing: {missing_firms}."
        ),
    ),
    Failure.NOT_ENOUGH_QUANTITY: Text(
        ko=(
            "수량이 모자라 공동구매가 성립하지 않습니다. 가장 가까운 단가 {price} 구간에서 필요한 "
            "수량은 {needed}, 주문할 수 있는 수량은 {orderable}, 모자란 수량은 {missing}입니다."
        ),
        en=(
            "The group purchase would fail: too little quantity. The closest tier, {price}, needs "
            "{needed}; {orderable} could be ordered, {missing} more are missing."
        ),
    ),
}
