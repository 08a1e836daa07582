"""The sentences about rounds of offers, questions, and decisions of two. Pure."""

from mungchi.common.text import Text

ASKED = Text(
    ko="‘{title}’에 공급사의 질문이 들어왔습니다: {text}",
    en="A supplier asks about “{title}”: {text}",
)
ANSWERED = Text(
    ko="‘{title}’의 질문에 답변이 올라왔습니다. 질문: {text} 답변: {answer}",
    en="A question about “{title}” was answered. Question: {text} Answer: {answer}",
)
AWARD_WAITS = Text(
    ko="{person}님이 ‘{title}’에서 {supplier}의 제안을 고르려 합니다. 소속 기업이 관련되어 있어 "
    "다른 담당자의 확인이 필요합니다.",
    en="{person} would award “{title}” to {supplier}. Their own firm is concerned, so another "
    "coordinator has to confirm.",
)
CLOSE_WAITS = Text(
    ko="{person}님이 ‘{title}’을(를) 지금 마감하려 합니다. 소속 기업이 관련되어 있어 다른 담당자의 "
    "확인이 필요합니다.",
    en="{person} would close “{title}” now. Their own firm is concerned, so another coordinator "
    "has to confirm.",
)
CONFIRMED = Text(
    ko="‘{title}’에 대한 담당자님의 결정을 다른 담당자가 확인했습니다.",
    en="Another coordinator has confirmed what you decided about “{title}”.",
)
REFUSED = Text(
    ko="‘{title}’에 대한 담당자님의 결정을 다른 담당자가 반려했습니다. 사유: {why}",
    en="Another coordinator has refused what you decided about “{title}”. Reason: {why}",
)
DUE_MOVED = Text(
    ko="‘{title}’의 제안 마감이 바뀌어 이제 {until}입니다. 그때까지 제안하고 고치고 거둘 수 "
    "있습니다.",
    en="Offers on “{title}” are now due on {until}. Until then you may offer, revise and withdraw.",
)
# Whoever offered may do so again, as far as offers are not due.
AWARD_WITHDRAWN = Text(
    ko="{supplier}이(가) ‘{title}’에 낸 제안을 제안 마감 전에 거두어 낙찰이 취소되었습니다. 다시 "
    "제안을 받고 있으니, 다른 제안을 골라 주십시오.",
    en="{supplier} took back its offer on “{title}” before offers were due, so the award is "
    "undone. Offers are taken again; please choose another.",
)
PART_WITHDRAWN = Text(
    ko="{supplier}이(가) ‘{title}’의 2차 공급에 낸 제안을 제안 마감 전에 거두어 나눠 낙찰이 "
    "취소되었습니다. 먼저 고른 제안의 낙찰은 그대로입니다.",
    en="{supplier} took back its offer for the second part of “{title}” before offers were due, so "
    "the award is no longer split. The first offer stays awarded.",
)
ROUND_AGAIN = Text(
    ko="‘{title}’에서 다시 공급 제안을 받고 있습니다.",
    en="Offers are taken again on “{title}”.",
)
