"""The sentences about a campaign that is open, and what those can do who are out. Pure."""

from typing import Final

from mungchi.common.text import Text

TIER_REACHED: Final = Text(
    ko="‘{title}’이(가) {quantity} 구간에 도달했습니다. 지금 마감하면 모두 단가 {price}에 삽니다.",
    en="“{title}” has reached the tier from {quantity}. If it closed now, all would pay "
    "{price} a unit.",
)
PRICE_FELL: Final = Text(
    ko="필요하다고 알리신 품목의 공동구매 ‘{title}’의 단가가 지금 {price}입니다. {until}까지 "
    "참여할 수 있습니다.",
    en="“{title}”, for an item that you need, now stands at {price} a unit. You can join until "
    "{until}.",
)
PRICE_ROSE: Final = Text(
    ko="‘{title}’의 참여 물량이 줄어 지금 마감하면 단가가 {price}입니다.",
    en="Commitments to “{title}” have fallen: if it closed now, all would pay {price} a unit.",
)
LIMIT_KEEPS_OUT: Final = Text(
    ko="‘{title}’의 지금 단가는 {price}이고 귀사의 희망 최고 단가는 {limit}입니다. 이대로 마감하면 "
    "제외됩니다. {until}까지 바꿀 수 있습니다.",
    en="“{title}” stands at {price} a unit, and your limit is {limit}. If it closed so, you would "
    "be left out. You can change it until {until}.",
)
CLOSING: Final = Text(
    ko="‘{title}’이(가) {until}에 마감합니다. 지금 마감하면 단가는 {price}입니다.",
    en="“{title}” closes on {until}. If it closed now, the price would be {price} a unit.",
)
CLOSING_BELOW: Final = Text(
    ko="‘{title}’이(가) {until}에 마감합니다. 아직 성립 조건에 이르지 못했습니다.",
    en="“{title}” closes on {until}. It has not reached what it needs to happen yet.",
)
JOIN_BEFORE: Final = Text(
    ko="필요하다고 알리신 품목의 공동구매 ‘{title}’이(가) {until}에 마감합니다. 아직 참여할 수 "
    "있습니다.",
    en="“{title}”, for an item that you need, closes on {until}. You can still join.",
)
# What a firm can do that its limit kept out of a clearing.
OPEN_NEXT: Final = Text(
    ko="같은 품목의 공동구매 ‘{title}’에 {until}까지 참여할 수 있습니다.",
    en="You can join “{title}” for the same item until {until}.",
)
OPEN_ALIKE: Final = Text(
    ko="비슷한 품목 ‘{item}’의 공동구매 ‘{title}’에 {until}까지 참여할 수 있습니다.",
    en="You can join “{title}” for “{item}”, which looks like the same, until {until}.",
)
OPEN_IN_CATEGORY: Final = Text(
    ko="같은 분류의 품목 ‘{item}’의 공동구매 ‘{title}’에 {until}까지 참여할 수 있습니다.",
    en="You can join “{title}” for “{item}”, of the same category, until {until}.",
)
NEED_NEXT: Final = Text(
    ko="필요한 수량과 날짜를 구매 수요로 올려 두시면 다음 공동구매에 함께 묶입니다.",
    en="State what you need and by when, and it will be pooled for the next campaign.",
)
NEED_STAYS: Final = Text(
    ko="올려 두신 구매 수요는 다시 묶일 때까지 그대로 있습니다.",
    en="The need that you stated stays and will be pooled again.",
)
