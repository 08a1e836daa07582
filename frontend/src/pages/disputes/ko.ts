const ko = {
  disputed:
    '귀사의 카드사가 이 결제에 이의를 제기해 금액을 회수했습니다. 카드사의 판단을 기다리고 있으며, 그때까지 환불은 할 수 없습니다.',
  chargedBack: '귀사의 카드사가 이 결제 금액을 회수했습니다.',
  asked: '협동조합이 이 금액을 계좌이체로 다시 청구했습니다.',
  paid: '다시 입금하신 금액을 확인했습니다.',
  amount: '입금하실 금액',
  account: '입금 계좌',
  holder: '예금주',
  reference: '입금자명에 적을 코드',
  due: '입금 기한',
};

export default ko;
