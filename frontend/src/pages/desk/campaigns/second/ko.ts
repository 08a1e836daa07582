const ko = {
  title: '다른 담당자의 확인',
  involved:
    '담당자님의 소속 기업이 이 공동구매에 제안했거나 참여하고 있습니다. 낙찰, 마감과 미입금 뒤의 결정은 다른 담당자가 확인해야 이루어집니다.',
  alone:
    '담당자님의 소속 기업이 이 공동구매에 제안했거나 참여하고 있어 혼자 낙찰하거나 마감할 수 없습니다. 확인할 수 있는 다른 담당자가 없습니다.',
  invite: '담당자 초대하기',
  award: (supplier: string) => `${supplier}의 제안 낙찰`,
  close: '지금 마감',
  rest: {
    word: '공급사에 단가 유지 요청',
    pay: '조합이 단가 차액 부담',
    fail: '공동구매 무산',
    less: '공급사가 확인한 적은 수량 받아들이기',
  },
  confirmRest: '확인하면 바로 이루어집니다. 결정한 사람으로 담당자님이 기록됩니다.',
  mine: '다른 담당자의 확인을 기다리고 있습니다.',
  theirs: (person: string) =>
    `${person}님의 소속 기업이 관련되어 있어 다른 담당자의 확인이 필요합니다.`,
  reason: '낙찰 사유',
  concerned: '담당자님의 소속 기업도 관련되어 있어 확인할 수 없습니다.',
  confirm: '확인하기',
  confirmTitle: '이 결정을 확인할까요?',
  confirmAward: '확인하면 바로 낙찰됩니다. 낙찰한 사람으로 담당자님이 기록됩니다.',
  confirmClose: '확인하면 바로 마감하며 되돌릴 수 없습니다.',
  confirmed: '확인했습니다',
  refuse: '반려하기',
  refuseTitle: '이 결정을 반려할까요?',
  why: '반려 사유',
  whyHint: '요청한 담당자에게 알립니다.',
  refused: '반려했습니다',
  withdraw: '요청 거두기',
  withdrawn: '요청을 거두었습니다',
};

export default ko;
