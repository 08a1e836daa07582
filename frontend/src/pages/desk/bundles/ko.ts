const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '함께 살 묶음',
  intro:
    '우리 조합과, 협력 조합이 있으면 그 조합의 조합원사가 같은 품목이나 비슷한 품목을 비슷한 때에 필요로 하는 것을 모았습니다. 다른 조합의 수요는 합계와 기업 수로만 보입니다.',
  search: '품목으로 찾기',
  show: '상태',
  shows: { open: '제안', dismissed: '넘긴 것', opened: '공동구매를 만든 것', all: '모두' },
  category: '분류',
  partner: '협력 조합',
  alone: '우리 조합만',
  until: '늦어도 이날부터 필요',
  recommended: '추천만',
  best: '추천',
  bestWhy:
    '기업 수, 수량, 예상 절감액 모두에서 이보다 나은 묶음이 없으면 추천합니다. 순서는 세 가지 순위를 더해 정합니다.',
  orderings: {
    place: '추천 순서',
    '-firms': '기업 많은 것부터',
    '-quantity': '수량 많은 것부터',
    '-saving': '절감액 큰 것부터',
    first_day: '날짜 이른 것부터',
  },
  item: '품목',
  firms: '기업',
  firmsCount: (count: number) => `${n(count)}곳`,
  quantity: '수량',
  quantityWhy:
    '다른 조합의 기업이 한 곳뿐이면 그 기업의 수량이 드러나므로 합계를 보여 드리지 않습니다. 우리 조합의 수량만 셉니다.',
  atLeast: (own: string) => `우리 조합 ${own}`,
  days: '필요한 날',
  between: (first: string, last: string) => `${first} ~ ${last}`,
  daysWhy:
    '가장 이른 날 전에 마감하고 배송까지 마칠 수 있고, 가장 늦은 날과의 차이가 3주를 넘지 않는 수요만 모았습니다.',
  saving: '예상 절감액',
  savingNone: '근거 없음',
  savingNoneText:
    '지난 공동구매의 마감 단가나 네 곳 이상의 최근 구매 단가가 있어야 헤아릴 수 있습니다.',
  sources: {
    standing: '공급사의 상시 제안으로 계산',
    clearing: '지난 공동구매의 마감 단가로 계산',
    prices: '기업들의 최근 구매 단가로 계산',
  },
  similar: (count: number) => `비슷한 품목 ${n(count)}개 포함`,
  none: '지금은 함께 살 묶음이 없습니다',
  noneText:
    '두 곳 이상의 조합원사가 같은 품목이나 비슷한 품목을 비슷한 때에 필요로 하면 곧 여기에 보입니다.',
  toPools: '수요 묶음 보기',
  toPartners: '협력 조합',
  parts: '누가 무엇을 필요로 하나요',
  cooperative: '조합',
  own: '우리 조합',
  hidden: '공개 안 함',
  hiddenWhy: '한 기업의 수량이 드러나지 않도록 합계에만 넣었습니다.',
  same: '같은 점',
  differs: '다른 점',
  theItem: '이 품목',
  made: '공동구매 초안을 만들었습니다',
  open: '공동구매 열기',
  make: '이 묶음으로 공동구매 열기',
  makeTitle: (item: string) => `${item}, 협력 조합과 함께 살까요?`,
  makeText: (partners: string, firms: number, quantity: string) =>
    `${partners}의 조합원사도 참여할 수 있는 공동구매 초안을 만듭니다. 기업 ${n(firms)}곳의 수요 ${quantity} 가운데 절반을 성립 조건으로 합니다. 가장 이른 날 전에 마감합니다. 시작하기 전에 고칠 수 있습니다.`,
  makeAloneTitle: (item: string) => `${item}, 함께 살까요?`,
  makeAloneText: (firms: number, quantity: string) =>
    `우리 조합의 조합원사가 참여할 수 있는 공동구매 초안을 만듭니다. 기업 ${n(firms)}곳의 수요 ${quantity} 가운데 절반을 성립 조건으로 합니다. 가장 이른 날 전에 마감합니다. 시작하기 전에 고칠 수 있습니다.`,
  makeAloneNeeds:
    '이 품목의 수요는 공동구매에 들어갑니다. 비슷한 품목의 수요는 그 기업이 배정받으면 충족되고, 아니면 그대로 남습니다.',
  makeNeeds:
    '우리 조합의 수요는 이 공동구매에 들어갑니다. 협력 조합 기업의 수요는 그 기업이 배정받으면 충족되고, 아니면 그대로 남습니다.',
  elsewhere: (hosts: string) =>
    `같은 수요로 이미 준비하거나 모집하는 공동구매가 있습니다: ${hosts}`,
  ours: '우리 조합',
  elsewhereText: '그래도 따로 여시면 기업들의 참여가 둘로 나뉩니다.',
  anyway: '그래도 따로 열기',
  dismiss: '넘기기',
  dismissed: '묶음을 넘겼습니다',
  restore: '다시 제안받기',
  restored: '다시 제안합니다',
  undo: '되돌리기',
};

export default ko;
