"""The sentences about what firms buy on terms. Pure."""

from mungchi.common.text import Text

ON_ACCOUNT = Text(
    ko="‘{title}’ 주문 대금 {amount}은(는) 외상으로 처리되었습니다. {day}까지 입금해 주십시오. "
    "입금자명에 {reference}을(를) 적어 주십시오. 월말 명세서로 한 번에 내셔도 됩니다.",
    en="Your order in “{title}” over {amount} is on account. Please pay it by {day}, with the "
    "reference {reference}; or pay the monthly statement in one.",
)
REFUSED = Text(
    ko="‘{title}’ 주문 대금 {amount}은(는) 외상으로 처리되지 않았습니다({why}). {day}까지 "
    "계좌이체로 입금해 주십시오. 입금자명에 {reference}을(를) 적어 주십시오.",
    en="Your order in “{title}” over {amount} could not be put on account ({why}). Please "
    "transfer the money by {day}, with the reference {reference}.",
)
DUE_SOON = Text(
    ko="‘{title}’ 외상 대금 {amount}의 기한은 {day}입니다. 입금자명에 {reference}을(를) 적어 "
    "주십시오.",
    en="{amount} that you owe on account for “{title}” is due by {day}, with the reference "
    "{reference}.",
)
OVERDUE = Text(
    ko="‘{title}’ 외상 대금 {amount}의 기한({day})이 지났습니다. 입금해 주십시오. 입금자명에 "
    "{reference}을(를) 적어 주십시오.",
    en="{amount} that you owe on account for “{title}” was due by {day}. Please pay it, with the "
    "reference {reference}.",
)
STILL_OVERDUE = Text(
    ko="‘{title}’ 외상 대금 {amount}이(가) 기한({day})을 넘긴 지 일주일이 되었습니다. 연체가 "
    "길어지면 외상으로 더 살 수 없습니다. 입금자명에 {reference}을(를) 적어 주십시오.",
    en="{amount} that you owe on account for “{title}” has been overdue for a week (it was due by "
    "{day}). While it is, you may not be able to buy more on terms. The reference is {reference}.",
)
STATEMENT = Text(
    ko="{cooperative}의 {month} 외상 명세서가 나왔습니다. 남은 금액은 {amount}입니다.{until}",
    en="Your statement of {cooperative} for {month} is here. You owe {amount}.{until}",
)
UNTIL = Text(
    ko=" 먼저 {day}까지 낼 것이 있습니다. 전부 한 번에 내실 때는 입금자명에 {reference}을(를) "
    "적어 주십시오.",
    en=" The first of it is due by {day}. To pay all of it in one transfer, use the reference "
    "{reference}.",
)
LIMIT_SET = Text(
    ko="{cooperative}에서 외상으로 살 수 있는 한도가 {amount}(으)로 정해졌습니다. 사유: {why}",
    en="{cooperative} has set what you may owe on account to {amount}. Reason: {why}",
)
NO_LIMIT = Text(
    ko="{cooperative}에서 더는 외상으로 살 수 없습니다. 사유: {why}",
    en="You cannot buy on terms from {cooperative} any more. Reason: {why}",
)
CREDITED = Text(
    ko="‘{title}’ 외상 대금에서 {amount}을(를) 뺐습니다. 남은 금액은 {left}입니다. 사유: {why}",
    en="{amount} was taken off what you owe on account for “{title}”. You now owe {left}. "
    "Reason: {why}",
)
