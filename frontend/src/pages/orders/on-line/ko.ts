const ko = {
  amount: '결제 금액',
  method: '결제 수단',
  paidAt: '결제한 때',
  due: '결제 기한',
  scheduled: '곧 등록하신 수단으로 결제됩니다. 하실 일은 없습니다.',
  processing: '결제를 처리하고 있습니다. 결과가 나오면 알려 드립니다. 두 번 결제되지 않습니다.',
  again: (why: string, day: string) =>
    `결제되지 않았습니다(${why}). ${day}에 다시 시도합니다. 지금 다른 수단으로 결제하셔도 됩니다.`,
  needs: (why: string) =>
    `결제되지 않았습니다(${why}). 아래에서 결제하거나 계좌이체를 선택해 주세요.`,
  choose: '결제 수단 고르기',
  none: '쓸 수 있는 결제 수단이 없습니다.',
  save: '결제 수단 등록하기',
  pay: (amount: string) => `${amount} 결제하기`,
  transfer: '계좌이체로 내기',
  transferTitle: '계좌이체로 바꿀까요?',
  transferText: '카드 결제는 취소되고, 입금 계좌와 입금 번호를 안내해 드립니다.',
  leaving: '은행 화면으로 이동합니다…',
  looking: '결제 결과를 확인하고 있습니다…',
  paid: '결제되었습니다.',
  notYet: '아직 결제가 끝나지 않았습니다.',
  reasons: {
    insufficient_funds: '잔액 또는 한도 부족',
    expired_card: '카드 유효기간 만료',
    lost_card: '분실 신고된 카드',
    stolen_card: '도난 신고된 카드',
    authentication_required: '본인 확인 필요',
    processing_error: '결제 처리 오류',
    '': '본인 확인 필요',
  } as Record<string, string>,
  otherReason: '카드사에서 거절',
};

export default ko;
