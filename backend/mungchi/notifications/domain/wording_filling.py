"""The sentences about a campaign that is being filled after its deadline. Pure."""

from typing import Final

from mungchi.common.text import Text

BEGAN: Final = Text(
    ko="‘{title}’의 모집이 마감되어 {until}까지 물량을 채웁니다. {stands} {missing} 이제 포장을 "
    "채우거나 다음 수량 구간에 이르게 하는 추가만 받으며, 줄이거나 철회할 수 없습니다.",
    en="The deadline of “{title}” has passed, and it is being filled until {until}. {stands} "
    "{missing} Only what completes a pack or reaches the next tier is taken now, and nothing is "
    "taken back.",
)
CAN_FILL: Final = Text(
    ko="필요하다고 알리신 품목의 공동구매 ‘{title}’이(가) {until}까지 물량을 채웁니다. {stands} "
    "{missing} 그만큼 필요하시면 아직 참여할 수 있습니다.",
    en="“{title}”, for an item that you need, is being filled until {until}. {stands} {missing} If "
    "you need as much, you can still join.",
)
TO_OFFICE: Final = Text(
    ko="‘{title}’의 모집이 마감되어 {until}까지 물량을 채웁니다. {stands} {missing} 먼저 끝낼 수도 "
    "있습니다.",
    en="The deadline of “{title}” has passed, and it is being filled until {until}. {stands} "
    "{missing} You can end it before.",
)
STANDS_AT: Final = Text(
    ko="지금 마감하면 단가는 {price}입니다.",
    en="If it closed now, the price would be {price} a unit.",
)
WOULD_FAIL: Final = Text(
    ko="지금 마감하면 성립하지 않습니다.", en="If it closed now, it would come to nothing."
)
SEE_THERE: Final = Text(
    ko="얼마나 모자라는지는 공동구매 화면에서 보실 수 있습니다.",
    en="What is missing is on the campaign’s page.",
)
