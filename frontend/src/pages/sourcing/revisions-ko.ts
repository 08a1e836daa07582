const ko = {
  version: (number: number) => `${number}번째 제안`,
  terms: {
    differences: '규격별 차액',
    tiers: '단가',
    pack_size: '포장 단위',
    capacity: '공급 한도',
    lead_time_days: '납기',
    delivery_cost: '배송비',
    valid_until: '유효 기간',
    note: '메모',
  },
  whileOpen: '모집 중 변경',
  none: '없음',
  noLimit: '한도 없음',
  days: (days: number) => `${days}일`,
};

export default ko;
