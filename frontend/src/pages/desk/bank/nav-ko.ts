const ko = {
  sections: '입금',
  payments: '입금 확인',
  title: '통장 내역',
  import: '가져오기',
  returns: '돌려줄 돈',
  refunds: '환불',
  payouts: '공급사 지급',
};

export default ko;
