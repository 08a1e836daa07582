const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '다른 기업도 찾는 것',
  back: '구매 수요',
  intro:
    '우리 협동조합에 모이고 있는 수요입니다. 기업 이름은 보이지 않고, 한 기업의 물량이 드러나는 합계도 보이지 않습니다.',
  search: '품목으로 찾기',
  category: '분류',
  cooperative: '협동조합',
  region: '지역',
  until: '이날까지 필요',
  item: '품목',
  firms: '기업',
  firmsCount: (count: number) => `${n(count)}개사`,
  gathered: '모인 물량',
  hidden: '비공개',
  earliest: '가장 이른 날',
  ours: '우리 수요',
  meToo: '우리도 필요합니다',
  meTooFor: (item: string) => `${item}, 우리도 필요합니다`,
  quantity: '수량',
  neededBy: '필요한 날',
  past: '오늘 이후의 날짜여야 합니다',
  state: '올리기',
  stated: (item: string) => `${item} 수요를 올렸습니다`,
  orderings: { '-created_at': '새로 모이는 순', needed_by: '이른 날짜 순' },
  none: '아직 모인 수요가 없습니다',
  noneText: '먼저 올려 두면 다른 기업이 함께할 수 있습니다.',
  add: '구매 수요 올리기',
};

export default ko;
