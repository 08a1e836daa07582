const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '다음 달 예측',
  pools: '수요 묶음',
  bundles: '함께 살 묶음',
  sections: '수요',
  intro:
    '조합원사의 구매 이력만으로, 다음 달에 두 곳 이상이 살 품목을 미리 헤아린 것입니다. 맞지 않을 때도 많으니, 공동구매를 만들기 전에 조합원사에 물어보세요.',
  search: '품목으로 찾기',
  category: '분류',
  chance: '가능성',
  least: '가능성',
  leasts: { 70: '70% 이상', 50: '50% 이상' },
  orderings: { '-chance': '가능성 높은 것부터', '-quantity': '물량 많은 것부터' },
  item: '품목',
  month: '달',
  firms: '예상 기업',
  firmsCount: (count: number) => `약 ${n(count)}개사`,
  firmsExactly: (count: number) => `${n(count)}개사`,
  quantity: '예측 물량',
  usual: '산다면 보통',
  between: (low: string, high: string) => `${low} ~ ${high}`,
  percent: (value: number) => `${n(value)}%`,
  whyQuantity:
    '틀릴 때의 차이가 가장 작은 물량입니다. 가능성이 절반에 못 미치면, 두 곳이 가장 적게 살 때의 물량입니다.',
  whyUsual: '두 곳 이상이 산다면 절반은 이 사이입니다.',
  whyChance: '두 곳 이상이 살 가능성입니다. 최근 달일수록 무겁게 봅니다.',
  none: '예측한 품목이 없습니다',
  noneText:
    '구매 이력이 석 달 치 이상 있어야 하고, 마지막 거래가 최근이어야 합니다. 이력을 가져오면 곧 계산합니다.',
  toImport: '구매 이력 가져오기',
  state: '진행',
  asked: '물어봄',
  make: '공동구매 만들기',
  makeTitle: (item: string) => `${item} 공동구매를 만들까요?`,
  makeText: (quantity: string) =>
    `예측한 물량 ${quantity}의 절반을 성립 조건으로 초안을 만듭니다. 이 품목에 모인 수요가 있으면 함께 담습니다. 시작하기 전에 고칠 수 있습니다.`,
  made: '초안을 만들었습니다',
  ask: '조합원사에 묻기',
  askTitle: (item: string) => `${item}, 조합원사에 물어볼까요?`,
  askText: (firms: number) =>
    `지난 1년 동안 이 품목을 산 ${n(firms)}개사 가운데 아직 답하지 않은 곳에 알림과 이메일이 갑니다. 각 기업에는 그 기업의 지난 구매만 보이고, 한 번에 수요로 올릴 수 있습니다. 한 품목은 한 달에 한 번만 물을 수 있습니다.`,
  askQuiet: (firms: number) => `사무국의 연락을 사양하여 묻지 않는 기업: ${n(firms)}곳.`,
  leftAlone: '연락 사양',
  askDone: '조합원사에 물었습니다',
  evidence: '달마다 산 것',
  evidenceText: (until: string) => `${until} 전까지 다 알려진 달만 봅니다.`,
  buyers: '지난 1년 동안 산 조합원사',
  buyersNone: '지난 1년 동안 산 조합원사가 없습니다',
  firm: '기업',
  times: '횟수',
  timesCount: (count: number) => `${n(count)}번`,
  total: '모두',
  last: '마지막 구매',
  toPurchases: '이 품목의 구매 이력',
};

export default ko;
