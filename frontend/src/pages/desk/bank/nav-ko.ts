const ko = {
  sections: '입금',
  payments: '입금 확인',
  title: '통장 내역',
  import: '가져오기',
  returns: '돌려줄 돈',
  reconciliation: '맞춰 볼 항목',
  disputes: '이의 제기',
  ways: '결제 방법',
  terms: '외상',
  refunds: '환불',
  payouts: '공급사 지급',
};

export default ko;
