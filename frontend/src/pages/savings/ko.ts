import { josa } from '../../lib/josa.ts';

const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '절감 내역',
  print: '인쇄',
  save: '표 저장',
  saveLines: '계산 저장',
  period: '기간',
  years: { this: '올해', last: '지난해', free: '직접 정하기' },
  first: '시작',
  last: '끝',
  against: '견줄 단가',
  references: {
    last_price: '직전에 산 단가',
    list_price: '첫 구간 단가',
    losing_offers: '낙찰되지 않은 제안의 평균',
  },
  referenceText: {
    last_price:
      '기업이 같은 품목을 직전에 샀던 단가입니다. 공동구매 마감일보다 앞선 구매 이력과 이곳의 주문 가운데 가장 최근 것을 씁니다. 그런 기록이 없는 주문은 견주지 않습니다.',
    list_price:
      '낙찰된 제안의 첫 구간 단가입니다. 가장 적은 수량을 살 때의 값이며, 다른 공급사의 가격과 견준 것이 아닙니다.',
    losing_offers:
      '낙찰되지 않은 제안들이 실제 주문한 총수량에 요구한 단가의 평균입니다. 그 수량을 공급할 수 없던 제안은 뺍니다.',
  },
  by: '묶음',
  groups: {
    campaign: '공동구매별',
    firm: '기업별',
    item: '품목별',
    cooperative: '주최 협동조합별',
    month: '월별',
    year: '연도별',
  },
  names: {
    campaign: '공동구매',
    firm: '기업',
    item: '품목',
    cooperative: '주최 협동조합',
    month: '월',
    year: '연도',
  },
  ordersCount: (count: number) => `${n(count)}건`,
  firmsCount: (count: number) => `${n(count)}곳`,
  comparedValue: '견준 주문의 공급가액',
  referenceValue: '견줄 단가로 샀다면',
  savings: '절감액',
  percent: '절감률',
  without: '견주지 못한 공급가액',
  allValue: '모든 주문의 공급가액',
  ofCompared: (reference: string, percent: string) => `${reference}의 ${percent}`,
  whySavings: '절감액은 어떻게 셈합니까',
  whySavingsText: (reference: string, compared: string, savings: string) =>
    josa`견줄 단가로 산 금액 ${reference}에서 실제 공급가액 ${compared}을(를) 뺀 값이 ${savings}입니다. 부가세와 배송비, 조합 수수료는 넣지 않습니다. 주문마다 통화의 가장 작은 단위로 한 번 반올림합니다.`,
  notCompared: (count: number, value: string) =>
    `주문 ${n(count)}건(공급가액 ${value})은 견줄 단가가 없어 절감액과 절감률에 들어 있지 않습니다.`,
  whyNot: {
    last_price: '그 기업이 마감 전에 같은 품목을 산 기록이 없습니다.',
    list_price: '낙찰된 제안의 수량 구간이 남아 있지 않습니다.',
    losing_offers: '낙찰되지 않은 제안이 없거나, 주문한 총수량을 공급할 수 있는 것이 없었습니다.',
  },
  foreign: (count: number) => `다른 통화로 된 주문 ${n(count)}건은 빠져 있습니다.`,
  lines: '계산',
  showLines: (name: string) => `${name}의 계산 보기`,
  none: '이 기간에 마감한 공동구매의 주문이 없습니다',
  noneText: '공동구매가 마감되어 주문이 만들어지면 얼마를 아꼈는지 여기에서 볼 수 있습니다.',
  toCampaigns: '공동구매 보기',
  note: '부가세와 배송비, 조합 수수료를 넣지 않은 금액이고, 기간 안에 마감한 공동구매에서 취소되지 않은 주문을 셉니다.',
  more: (count: number) => `나머지 ${n(count)}개 모두 보기`,
};

export default ko;
