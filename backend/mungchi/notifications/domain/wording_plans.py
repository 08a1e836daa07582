"""What plans B came to, in sentences. Pure."""

from typing import Final

from mungchi.common.text import Text

JOINED: Final = Text(
    ko="정해 두신 대로 ‘{title}’에 {quantity}을(를) 같은 조건으로 참여했습니다. 그 마감 "
    "전까지 고치거나 거둘 수 있습니다.",
    en="As you chose, “{title}” was joined with {quantity} by the same conditions. You can "
    "change or withdraw that until it closes.",
)
NOT_JOINED: Final = Text(
    ko="‘{title}’에는 이제 참여할 수 없었습니다.", en="“{title}” could not be joined any more."
)
NEED_OPENED: Final = Text(
    ko="정해 두신 대로 {quantity}을(를) {day}까지 필요한 구매 수요로 올렸습니다.",
    en="As you chose, a need of {quantity} until {day} is stated.",
)
NEED_STAYS: Final = Text(
    ko="올려 두신 구매 수요는 다음 공동구매에 묶일 때까지 그대로 있습니다.",
    en="The need that you stated stays, to be pooled for the next campaign.",
)
NOTHING: Final = Text(
    ko="남은 {quantity}은(는) 구매 수요로 올릴 수 없었습니다.",
    en="What is left, {quantity}, could not be stated as a need.",
)
