"""The sentences about questions, and about what a second coordinator decides. Pure."""

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
