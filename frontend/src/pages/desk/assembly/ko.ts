const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '총회 자료',
  period: '기간',
  years: { this: '올해', last: '지난해', free: '직접 정하기' },
  first: '시작',
  last: '끝',
  print: '인쇄',
  saveDivisions: '분과 표 저장',
  saveMonths: '월별 표 저장',
  heading: (name: string) => `${name} 총회 자료`,
  asOf: '조합원사 수와 빠져 있는 기업은 오늘 기준입니다.',
  division: '분과',
  noDivision: '분과 없음',
  all: '전체',
  groups: { people: '참여', money: '공동구매', seeking: '챙긴 기업', bringing: '연결' },
  columns: {
    members: '조합원사',
    joined: '기간 중 가입',
    taking_part: '참여 기업',
    campaigns: '공동구매',
    supply_value: '공급가액',
    savings: '절감액',
    left_out: '빠져 있음',
    contacted: '연락',
    returned: '돌아옴',
    introduced: '연결',
    worked_out: '성사',
    introduction_value: '거래 금액',
  },
  whySavings: '절감액은 어떻게 셈합니까',
  whySavingsText:
    '같은 수량을 낙찰된 제안의 첫 구간 단가로 샀을 때와의 차이입니다. 다른 공급사의 가격과 견준 것이 아닙니다.',
  note: '공급가액과 절감액은 부가세와 배송비, 조합 수수료를 넣지 않은 금액이고, 기간 안에 마감한 공동구매에서 취소되지 않은 주문을 셉니다. 절감액은 낙찰된 제안의 첫 구간 단가와의 차이입니다.',
  returnedNote:
    '돌아온 기업은 빠져 있는 기업 목록에 올랐다가 공동구매에 참여한 기업입니다. 연결은 찾던 기업의 분과로 셉니다.',
  foreign: (count: number) => `다른 통화로 된 주문 ${n(count)}건은 빠져 있습니다.`,
  months: '돌아온 기업, 월별',
  month: '월',
  monthsNone: '이 기간에 돌아온 기업이 없습니다.',
  share: (part: string) => `조합원사의 ${part}`,
};

export default ko;
