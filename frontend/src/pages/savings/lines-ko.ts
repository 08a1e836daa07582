const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  linesOf: (name: string) => `${name}: 주문마다의 계산`,
  calculation: (quantity: string, reference: string, value: string, paid: string) =>
    `${quantity} × ${reference} = ${value}, 실제 ${paid}`,
  noReference: '견줄 단가가 없습니다',
  sources: {
    last_price: (day: string, document: string) => `${day} 구매${document ? ` (${document})` : ''}`,
    order: (day: string, document: string) => `${day} 주문 ${document}`,
    list_price: () => '낙찰된 제안의 첫 구간',
    losing_offers: (_day: string, _document: string, offers: number) =>
      `낙찰되지 않은 제안 ${n(offers)}건의 평균`,
  },
  closed: '마감',
};

export default ko;
