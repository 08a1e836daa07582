"""The sentences people are told about cooperatives and between them. Pure."""

from mungchi.common.text import Text

APPLIED = Text(
    ko="{cooperative}이(가) 등록을 신청했습니다. 확인해 주십시오.",
    en="{cooperative} has applied. Please decide.",
)
ADMITTED = Text(
    ko="{cooperative}의 등록이 승인되었습니다. 이제 조합원사를 받고 공동구매를 시작할 수 있습니다.",
    en="{cooperative} was admitted. It can take members and begin campaigns now.",
)
READMITTED = Text(
    ko="{cooperative}이(가) 다시 활동할 수 있습니다.", en="{cooperative} is active again."
)
REFUSED = Text(
    ko="{cooperative}의 등록이 반려되었습니다. 사유: {why} 내용을 고쳐 다시 신청할 수 있습니다.",
    en="{cooperative} was not admitted. Reason: {why} You may correct it and apply again.",
)
SUSPENDED = Text(
    ko="{cooperative}의 활동이 중지되었습니다. 진행 중인 공동구매는 그대로 이어집니다. 사유: {why}",
    en="{cooperative} was suspended. Campaigns that run go on. Reason: {why}",
)
LEFT = Text(
    ko="{cooperative}이(가) 뭉치를 떠납니다. 진행 중인 공동구매는 그대로 이어집니다. 사유: {why}",
    en="{cooperative} leaves Mungchi. Campaigns that run go on. Reason: {why}",
)
