const ko = {
  state: '상태',
  sum: '합계 (부가세 별도)',
  firm: '기업',
  wanted: '수량',
  purchaseOrder: '발주서',
  noOrderYet: '아직 발주하지 않았습니다',
  noOrderYetText: '입금을 모두 확인하면 발주서가 만들어져 공급사로 갑니다.',
  issuedAt: '발주',
  confirmedAt: '공급사 확인',
  dueDate: '납품 예정',
  deliveries: '기업별 배송',
  shipped: '출고',
  received: '수령',
  fullOrder: '발주서 보기',
  orders: '주문 목록',
  money: '입금',
};

export default ko;
