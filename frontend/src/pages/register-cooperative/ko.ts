const ko = {
  title: '협동조합 등록',
  intro:
    '협동조합을 등록하면 뭉치 운영자가 확인합니다. 승인되면 신청하신 분이 첫 담당자가 되어 조합원사를 받고 공동구매를 시작할 수 있습니다.',
  number: '사업자등록번호',
  numberHint: '예: 220-82-62517',
  numberWrong: '맞지 않는 번호입니다. 10자리를 다시 확인하세요.',
  send: '등록 신청하기',
  done: '등록을 신청했습니다',
  again: '고쳐서 다시 신청',
  another: '다른 협동조합 등록하기',
  reason: (why: string) => `사유: ${why}`,
  states: {
    applied: '확인 대기',
    active: '승인됨',
    refused: '반려됨',
    suspended: '활동 중지',
    left: '탈퇴',
  },
  stateText: {
    applied: '운영자가 확인하고 있습니다. 결과는 이 화면과 이메일로 알려 드립니다.',
    active: '승인되었습니다. 오른쪽 위에서 협동조합 담당자 자격으로 바꾸어 시작하세요.',
    refused: '승인되지 않았습니다. 내용을 고쳐 다시 신청할 수 있습니다.',
    suspended: '활동이 중지되었습니다. 진행 중인 공동구매는 그대로 이어집니다.',
    left: '뭉치를 떠난 협동조합입니다.',
  },
};

export default ko;
