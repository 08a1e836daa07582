"""The sentences about standing offers that offices take into campaigns. Pure."""

from mungchi.common.text import Text

TAKEN = Text(
    ko="{cooperative}이(가) 귀사의 상시 제안({item})을 공동구매 ‘{title}’에 공급 제안으로 "
    "넣었습니다. 제안 마감까지 고치거나 거둘 수 있습니다.",
    en="{cooperative} has made your standing offer for {item} an offer on “{title}”. You can "
    "revise or withdraw it until offers are due.",
)
# A sealed campaign's office is not told which of the two it was.
OWN_HOLDS = Text(
    ko="{cooperative}이(가) 귀사의 상시 제안({item})을 공동구매 ‘{title}’에 넣으려 했습니다. 이 "
    "공동구매에 따로 내신 제안이 그대로 유효합니다.",
    en="{cooperative} wanted your standing offer for {item} on “{title}”. What you have said on "
    "that campaign yourself holds.",
)
