const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '나눠 낙찰한 공동구매',
  first: '공급사의 공급 가능 수량이 모자라, 넘치는 물량은 다른 공급사가 2차로 공급합니다.',
  second:
    '1차 공급사가 다 채우지 못한 물량을 공급합니다. 1차가 마감되면 차선책으로 고른 기업이 자동으로 참여하고, 누구나 참여할 수 있습니다.',
  secondWaits: '1차가 마감된 뒤에 참여할 수 있습니다.',
  toFirst: '1차 보기',
  toSecond: '2차 보기',

  split: '나눠 낙찰',
  splitOf: (supplier: string) => `${supplier} 제안을 나눠 낙찰할까요?`,
  splitText:
    '이 제안의 공급 가능 수량으로는 지금 수요를 모두 채울 수 없습니다. 모자라는 물량을 공급할 제안을 하나 더 고르면, 2차 공동구매가 함께 준비됩니다.',
  other: '2차로 공급할 제안',
  choose: '고르기',
  parts: '나눴을 때와 하나만 낙찰했을 때',
  part: '구분',
  supplier: '공급사',
  quantity: '공급 수량',
  firms: '기업 수',
  price: '단가',
  each: '개당 값 (배송비·수수료 포함)',
  short: '못 받는 물량',
  onlyFirst: '1차만',
  onlySecond: '2차 제안만',
  both: '나눠 낙찰',
  whole: (whole: number, firms: number) =>
    `참여하는 ${n(firms)}개사 가운데 ${n(whole)}개사가 원하는 만큼 모두 받습니다.`,
  follows:
    '두 공동구매가 함께 시작되고 2차는 1차보다 하루 늦게 마감됩니다. 1차의 성립 수량은 공급 가능 수량을 넘지 않게 낮춥니다. 시작하기 전에는 거둘 수 있습니다.',
  notForced: '지금 수요는 이 제안만으로 모두 채울 수 있어 나눌 수 없습니다.',
  reason: '나눠 낙찰하는 까닭',
  reasonHint: '기록에 남고 공급사에도 보입니다.',
  done: '나눠 낙찰했습니다',
  fails: '성립 안 됨',

  takeBack: '나눠 낙찰 거두기',
  takeBackTitle: '나눠 낙찰한 것을 거둘까요?',
  takeBackText: (first: string, second: string) =>
    `${first}의 제안만 낙찰된 채로 남습니다. 함께 준비된 2차 공동구매(${second})는 취소되고, 2차 공급사의 제안은 이 공동구매의 제안으로 돌아와 다시 고를 수 있습니다. 2차 공급사에는 선택되지 않았다고 알립니다.`,
  takeBackShort: '1차 공급사가 공급하지 못하는 물량은 이 공동구매에서 살 수 없게 됩니다.',
  takeBackReason: '한 공급사만 낙찰하는 까닭',
  takeBackHint: '나눠 낙찰한 까닭을 대신해 기록에 남고, 조합원사도 봅니다.',
  takenBack: '나눠 낙찰한 것을 거두었습니다',
};

export default ko;
