const ko = {
  title: '협동조합',
  cooperative: '협동조합',
  status: '상태',
  code: '조합원 번호',
  joined: '가입',
  accept: '수락',
  decline: '거절',
  acceptTitle: (name: string) => `${name}의 조합원사가 될까요?`,
  acceptText:
    '이 협동조합의 공동구매에 참여하고 구매 수요를 올릴 수 있게 됩니다. 사무국은 우리 기업의 이름과 번호, 대표자, 주소, 그리고 이 협동조합에서 하는 거래를 봅니다.',
  accepted: (name: string) => `${name}의 조합원사가 되었습니다`,
  declineTitle: (name: string) => `${name}의 초대를 거절할까요?`,
  declineText: '사무국에 알립니다. 나중에 다시 초대받거나 직접 신청할 수 있습니다.',
  declined: (name: string) => `${name}의 초대를 거절했습니다`,
  invitedBy: (name: string) => `${name}에서 조합원사로 초대했습니다.`,
  ownerOnly: '수락과 거절은 대표만 할 수 있습니다.',
  apply: '협동조합에 가입 신청',
  applyTo: '신청할 협동조합',
  send: '신청하기',
  applied: '가입을 신청했습니다. 사무국이 승인하면 알려 드립니다.',
  none: '소속된 협동조합이 없습니다',
  noneText: '협동조합에 가입하면 공동구매에 참여할 수 있습니다.',
};

export default ko;
