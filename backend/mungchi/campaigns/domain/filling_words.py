"""The fill phase in sentences: its rule, what would be taken, and why something is not. Pure."""

from collections.abc import Sequence
from typing import Final

from mungchi.campaigns.domain.filling import Refusal, Way
from mungchi.campaigns.domain.sentences import Numbers
from mungchi.common.text import Text

THE_RULE: Final = Text(
    ko="깨진 포장을 채우거나 다음 수량 구간에 이르게 하는 추가만 받습니다. 그 추가로 다른 기업이 "
    "요청한 물량의 배정이 줄지 않아야 하고, 추가한 기업은 요청한 물량을 모두 받아야 합니다.",
    en="Only what completes a broken pack or reaches the next tier is taken, and only if nobody "
    "gets less of what it asked for and whoever adds it gets all of it.",
)
WHY_NOT: Final[dict[Refusal, Text]] = {
    Refusal.TAKES_BACK: Text(
        ko="물량 채우기 동안에는 줄이거나 철회할 수 없습니다. 수량과 희망 최고 단가는 늘리는 것만, "
        "최소 수량은 줄이는 것만 받습니다.",
        en="While a campaign is being filled nothing is taken back: quantities and the price limit "
        "can only rise, and the smallest quantity only fall.",
    ),
    Refusal.FILLS_NOTHING: Text(
        ko="이 변경으로는 포장이 채워지지 않고 다음 수량 구간에도 이르지 않아 받지 못합니다.",
        en="This neither completes a pack nor reaches the next tier, so it is not taken.",
    ),
    Refusal.TAKES_FROM_OTHERS: Text(
        ko="이 변경을 받으면 다른 기업의 배정이 줄어들어 받지 못합니다.",
        en="With this another firm would get less, so it is not taken.",
    ),
    Refusal.NOT_ALL_OF_IT: Text(
        ko="요청하신 수량을 모두 배정해 드릴 수 없어 받지 못합니다.",
        en="You would not get all that this asks for, so it is not taken.",
    ),
}
WOULD_TAKE: Final = Text(ko="지금 받을 수 있는 것: {ways}", en="What would be taken now: {ways}")

_PACK: Final = Text(ko="{how} 포장이 채워집니다.", en="{how} a pack is completed.")
_TIER: Final = Text(
    ko="{how} 단가가 {price}이(가) 됩니다.", en="{how} the price of {price} is reached."
)
_MORE: Final = Text(ko="{quantity} 더하면", en="With {quantity} more")
_RAISE: Final = Text(ko="희망 최고 단가를 {limit}(으)로 올리면", en="With a price limit of {limit}")
_BOTH: Final = Text(
    ko="희망 최고 단가를 {limit}(으)로 올리고 {quantity} 더하면",
    en="With a price limit of {limit} and {quantity} more",
)


def said(way: Way, numbers: Numbers) -> Text:
    """One way in a sentence."""
    values = {
        "quantity": numbers.quantity(way.more),
        "limit": None if way.raised is None else numbers.price(way.raised),
    }
    how = _MORE if way.raised is None else _BOTH if way.more else _RAISE
    sentence = _TIER if way.deeper else _PACK
    return sentence.format(how=how.format(**values), price=numbers.price(way.unit_price))


def all_said(ways: Sequence[Way], numbers: Numbers) -> Text | None:
    """All of them, one after the other; None where there are none."""
    if not ways:
        return None
    texts = [said(way, numbers) for way in ways]
    return Text(ko=" ".join(one.ko for one in texts), en=" ".join(one.en for one in texts))
