const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  offersNone: '아직 공급 제안이 없습니다',
  offersNoneText: '공급사를 초대하면 제안을 받을 수 있습니다.',
  offersSealed: '밀봉 제안입니다',
  offersSealedText: '제안 마감이 지나면 모든 제안이 한꺼번에 열립니다.',
  eachOffer: '제안 하나씩 보기',
  compareAt: '견줄 물량',
  compareHint: '이만큼 산다면 어느 제안이 나은지 견줍니다.',
  atQuantity: (quantity: string) => `${quantity} 살 때`,
  landed: '배송비와 수수료 넣은 개당 값',
  landedWhy:
    '(그 물량의 단가 × 주문 수량 + 배송비 + 수수료) ÷ 주문 수량입니다. 마감할 때처럼 꽉 찬 포장만 주문합니다.',
  goods: '물품 값',
  deliveryCost: '배송비',
  fee: '주최 조합 수수료',
  sum: '합계 (부가세 별도)',
  best: '가장 낮음',
  tiers: '수량 구간',
  pack: '포장 단위',
  capacity: '공급 한도',
  noCapacity: '없음',
  leadTime: '납기',
  leadTimeText: (days: number) => `발주 뒤 ${n(days)}일`,
  validUntil: '유효 기간',
  note: '메모',
  origin: '출처',
  standing: '상시 제안',
  byOffice: '사무국이 넣음',
  bySupplier: '공급사가 제출',
  short: (left: string) =>
    `그사이 다른 공동구매가 이 상시 제안의 물량을 써서 이 기간에는 ${left}만 남았습니다. 고르기 전에 공급사에 확인해 주세요.`,
  free: '없음',
  tooFew: '이 물량에서는 공급하지 않습니다',
  tooMany: (capacity: string) => `공급 한도 ${capacity} 초과`,
  award: '낙찰',
  awardTitle: (supplier: string) => `${supplier}의 제안을 고를까요?`,
  awardText: '모집을 시작하기 전에는 다시 고를 수 있습니다. 고르지 않은 공급사에도 알립니다.',
  awardEarly:
    '제안 마감 전입니다. 지금 고르면 다른 공급사는 더 제안하거나 고칠 수 없고, 고른 공급사는 제안 마감과 모집 시작 전까지 제안을 거둘 수 있습니다.',
  awardWhy: '낙찰 사유',
  awardWhyHint: '기록에 남고 조합원사가 볼 수 있습니다.',
  awardWhyPlaceholder: '예: 예상 물량에서 가장 낮은 값이고 납기가 맞음',
  awardAsked: '다른 담당자에게 확인을 요청했습니다',
  awardSecond:
    '담당자님의 소속 기업이 관련되어 있어, 다른 담당자가 확인하면 낙찰됩니다. 확인을 요청할까요?',
  papers: '파일과 지난 제안',
  files: '제안 파일',
  versions: '지난 제안과 달라진 점',
  awardDone: '공급 제안을 골랐습니다',
  expired: '유효 기간 지남',
  withdrawn: '거둠',
};

export default ko;
