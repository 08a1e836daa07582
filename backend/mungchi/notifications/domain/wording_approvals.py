"""The sentences about what waits for an owner's approval. Pure."""

from typing import Final

from mungchi.common.text import Text

WAITS: Final = Text(
    ko="{person}님이 ‘{title}’에 {quantity}(최대 {value}, 부가세 포함) 참여를 신청했습니다. "
    "승인 한도를 넘어 {until}까지 승인해 주셔야 반영됩니다.",
    en="{person} would commit your firm to “{title}” for {quantity} (at most {value} with "
    "VAT). It is above the approval limit, and counts once you approve it, until {until}.",
)
STILL_WAITS: Final = Text(
    ko="‘{title}’이(가) {until}에 마감합니다. {person}님이 신청한 {quantity}(최대 {value}) "
    "참여가 아직 승인되지 않아 이대로면 빠집니다.",
    en="“{title}” closes on {until}. What {person} asked for, {quantity} (at most "
    "{value}), is not approved yet and will not be in it.",
)
STAYS: Final = Text(
    ko="지금 약정한 {held}은(는) 그대로 남습니다.",
    en="Your commitment of {held} stays as it is.",
)
ASKED_AGAIN: Final = Text(
    ko="공급 조건이 바뀌어, 지금 약정한 {held}은(는) 답하기 전까지 들어가지 않습니다.",
    en="The offer has changed, so your commitment of {held} does not count until you answer.",
)
GIVEN: Final = Text(
    ko="{person}님이 ‘{title}’ {quantity} 참여를 승인했습니다. 이제 참여했습니다.",
    en="{person} approved your firm's {quantity} in “{title}”. You are in.",
)
DECLINED: Final = Text(
    ko="{person}님이 ‘{title}’ {quantity} 참여를 승인하지 않았습니다. 까닭: {why}",
    en="{person} did not approve your firm's {quantity} in “{title}”. Reason: {why}",
)
LAPSED: Final = Text(
    ko="‘{title}’이(가) 마감할 때까지 {quantity} 참여가 승인되지 않아 반영되지 않았습니다.",
    en="“{title}” closed before your firm's request for {quantity} was approved, so it is not in "
    "it.",
)
