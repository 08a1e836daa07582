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
ACCOUNT_PROPOSED = Text(
    ko="{who}이(가) 입금 계좌를 {bank} {account}({holder})(으)로 바꾸자고 합니다. 계좌를 직접 "
    "확인한 뒤 승인해 주십시오.",
    en="{who} proposes {bank} {account} ({holder}) as your cooperative's account. Please check it "
    "and confirm.",
)
ACCOUNT_DECLINED = Text(
    ko="입금 계좌 변경이 반려되었습니다. 사유: {why}",
    en="The change of your cooperative's account was declined. Reason: {why}",
)
ACCOUNT_CHANGED = Text(
    ko="입금 계좌가 {bank} {account}({holder})(으)로 바뀌었습니다. 바꾼 사람: {who}. 모르는 "
    "변경이면 바로 뭉치 운영자에게 알려 주십시오.",
    en="Your cooperative's account is now {bank} {account} ({holder}), changed by {who}. If nobody "
    "in your office knows of it, tell the operators of Mungchi at once.",
)
KEY_PROPOSED = Text(
    ko="{who}이(가) 온라인 결제를 받을 계정을 {name} ({account})(으)로 바꾸자고 합니다. 우리 "
    "조합의 계정이 맞는지 대행사 화면에서 직접 확인한 뒤 승인해 주십시오.",
    en="{who} proposes {name} ({account}) as the account into which saved methods are charged. "
    "Please check on the provider's own page that it is your cooperative's, and confirm.",
)
KEY_DECLINED = Text(
    ko="온라인 결제 계정 변경이 반려되었습니다. 사유: {why}",
    en="The change of your cooperative's payment account was declined. Reason: {why}",
)
KEY_CHANGED = Text(
    ko="온라인 결제 계정 {name} ({account})의 키가 …{ends}(으)로 바뀌었습니다. 바꾼 사람: {who}. "
    "모르는 변경이면 바로 대행사에서 키를 폐기하고 뭉치 운영자에게 알려 주십시오.",
    en="The key of your payment account {name} ({account}) now ends in …{ends}, changed by {who}. "
    "If nobody in your office knows of it, revoke the key at the provider and tell the operators "
    "of Mungchi at once.",
)
PROVIDER_OFF = Text(
    ko="{who}이(가) 온라인 결제를 껐습니다. 모집 중인 공동구매에서 저장된 수단으로 결제하려던 "
    "기업은 계좌이체로 냅니다. 사유: {why}",
    en="{who} switched payment by saved methods off. In campaigns that are open, firms that had "
    "agreed to be charged pay by transfer. Reason: {why}",
)
PARTNERSHIP_PROPOSED = Text(
    ko="{asking}이(가) {asked}에 협력을 제안했습니다. 협력하면 서로의 조합원사가 공동구매에 함께할 "
    "수 있습니다.",
    en="{asking} proposes a partnership to {asked}: members may then join each other's campaigns.",
)
PARTNERSHIP_ACCEPTED = Text(
    ko="{asking}와(과) {asked}이(가) 협력 조합이 되었습니다.",
    en="{asking} and {asked} are partners now.",
)
PARTNERSHIP_DECLINED = Text(
    ko="{asked}이(가) {asking}의 협력 제안을 거절했습니다. 사유: {why}",
    en="{asked} declined the partnership proposed by {asking}. Reason: {why}",
)
PARTNERSHIP_ENDING = Text(
    ko="{asking}와(과) {asked}의 협력이 {day}까지로 끝납니다. 이미 열린 공동구매는 그대로 "
    "이어집니다. 사유: {why}",
    en="The partnership of {asking} and {asked} ends with {day}. Campaigns that are open go on. "
    "Reason: {why}",
)
PARTNERSHIP_ENDED = Text(
    ko="{asking}와(과) {asked}의 협력이 끝났습니다.",
    en="The partnership of {asking} and {asked} has ended.",
)
OPENED_TO_YOURS = Text(
    ko="{host}의 공동구매 ‘{title}’에 우리 조합원사도 참여할 수 있습니다. {until}에 마감합니다.",
    en="Members of your cooperative can join “{title}” of {host}. It closes on {until}.",
)
