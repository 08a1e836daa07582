const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '반복 수요',
  text: '때가 되면 자동으로 구매 수요를 올려 드립니다. 올린 뒤에도 고치거나 거둘 수 있습니다.',
  item: '품목',
  findItem: '품목 이름으로 찾기',
  quantity: '수량',
  rhythm: '간격',
  every: (count: number, rhythm: 'week' | 'month') =>
    `${n(count)}${rhythm === 'week' ? '주' : '개월'}마다`,
  everyCount: '얼마마다',
  rhythms: { week: '주', month: '개월' },
  next: '다음 필요한 날',
  statedOn: '올리는 날',
  state: '상태',
  states: { active: '반복 중', stopped: '멈춤' },
  firstDate: '처음 필요한 날',
  ahead: '며칠 전에 올릴까요',
  aheadHint: '필요한 날보다 이만큼 먼저 올립니다.',
  days: '일',
  limit: '희망 최고 단가',
  limitHint: '부가세 별도. 우리 기업과 담당자만 봅니다.',
  cooperative: '협동조합',
  note: '덧붙일 말',
  past: '오늘 이후의 날짜여야 합니다',
  save: '반복 수요 만들기',
  made: '반복 수요를 만들었습니다',
  changed: '고쳤습니다',
  change: '고치기',
  skip: '한 번 건너뛰기',
  stop: '멈추기',
  resume: '다시 시작',
  skipped: (date: string) => `${date} 한 번은 건너뜁니다`,
  stopped: '반복을 멈추었습니다',
  resumed: '다시 시작했습니다',
  actionsFor: (action: string, item: string) => `${item} ${action}`,
  skipTitle: '이번 한 번을 건너뛸까요?',
  skipText: (date: string, item: string) =>
    `${date}까지 필요한 ${item} 수요를 올리지 않습니다. 그다음부터는 그대로 반복됩니다.`,
  ended: (why: string) => `${why} 멈추었습니다`,
};

export default ko;
