const counted = new Intl.NumberFormat('ko-KR');

const ko = {
  title: '내 참여 약정',
  lead: '모집 중인 공동구매에 참여한 것과, 지금 마감하면 내게 될 금액입니다.',
  search: '제목, 품목으로 찾기',
  campaign: '공동구매',
  closes: '마감',
  quantity: '수량',
  upTo: (quantity: string) => `추가 ${quantity}까지`,
  limit: '희망 최고 단가',
  anyPrice: '어떤 단가든',
  priceNow: '지금 단가',
  now: '지금 마감하면',
  atMost: '아무리 많아도',
  keptOut: '희망 최고 단가로 제외',
  wouldFail: '성립 조건 미달',
  never: '모든 구간보다 낮은 한도',
  mayBeCut: '물량이 줄 수 있음',
  vatIncluded: '부가세와 조합 수수료 포함',
  whyNow: '지금 마감하면 내는 금액',
  why: (supply: string, delivery: string, vat: string, fees: string) =>
    `공급가액 ${supply}, 배송비 몫 ${delivery}, 부가세 ${vat}, 조합 수수료와 그 부가세 ${fees}.`,
  plan: '차선책',
  plans: { none: '없음', need: '구매 수요로', campaign: '다른 공동구매' },
  totalNow: '모두 지금 마감하면',
  totalMost: '모두 합해 아무리 많아도',
  campaigns: (count: number) => `공동구매 ${counted.format(count)}건`,
  keptOutCount: (count: number) => `희망 최고 단가로 제외 ${counted.format(count)}건`,
  wouldFailCount: (count: number) => `성립 조건 미달 ${counted.format(count)}건`,
  waiting: (count: string) => `승인을 기다리는 참여 ${count}건은 아직 반영되지 않았습니다.`,
  toWaiting: '승인 대기 보기',
  none: '모집 중인 공동구매에 참여한 것이 없습니다',
  noneText: '참여하면 마감과 낼 금액이 여기에 모입니다.',
  toCampaigns: '공동구매 보기',
};

export default ko;
