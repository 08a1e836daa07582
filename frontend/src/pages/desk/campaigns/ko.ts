import { josa } from '../../../lib/josa.ts';

const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '공동구매 관리',
  create: '새 공동구매',
  search: '제목, 품목으로 찾기',
  state: '상태',
  scope: '다른 조합의 공동구매도 보기',
  orderings: { '-created_at': '새로 만든 순', closes_at: '마감 빠른 순', title: '이름 순' },
  name: '공동구매',
  due: '마감',
  offersDue: '제안 마감',
  firms: '참여',
  quantity: '모인 물량',
  price: '지금 단가',
  none: '아직 공동구매가 없습니다',
  noneText: '모인 수요에서 한 번에 만들거나, 품목을 골라 새로 만드세요.',
  toPools: '수요 묶음 보기',
  firmsCount: (count: number) => `${n(count)}개사`,
  asMembers: '조합원 화면으로 보기',
  edit: '내용 고치기',

  newTitle: '새 공동구매',
  editTitle: '공동구매 고치기',
  closesAt: '모집 마감',
  fillsUntil: '물량 채우기 마감',
  paymentDays: '입금 기한',
  thresholdShort: '성립 조건',
  created: '초안을 만들었습니다',
  saved: '저장했습니다',

  tabs: {
    overview: '현황',
    offers: '공급 제안',
    questions: '질문',
    commitments: '참여 약정',
    closing: '마감 미리 보기',
    result: '마감 결과',
    money: '입금',
    delivery: '발주·배송',
    collecting: '수령 장소',
    guests: '손님 기업',
    terms: '조건',
    history: '기록',
  },
  files: '파일',
  filesHint: '도면이나 사양서입니다. 이 공동구매를 볼 수 있는 공급사와 조합원사가 모두 봅니다.',
  parts: '공동구매의 부분',
  outside: (host: string) =>
    josa`${host}이(가) 여는 공동구매입니다. 우리 조합원사의 약정과 전체 합계를 봅니다. 한 기업의 물량이 드러나는 합계는 보이지 않습니다.`,
  progress: '진행 단계',
  step: (at: number, of: number) => `${of}단계 중 ${at}단계`,

  next: '다음 할 일',
  nextReadOnly: '지금',
  steps: {
    draft: '제안 모집을 시작하면 공급사에게 보이고, 조합원사도 볼 수 있습니다.',
    draftNoDue: '시작하기 전에 제안 마감과 모집 마감을 정해 두면 좋습니다.',
    sourcingWait: '공급 제안을 기다리고 있습니다. 공급사를 초대하면 더 빨리 모입니다.',
    sourcingSealed: '밀봉 제안을 받고 있습니다. 제안 마감이 지나면 열어 볼 수 있습니다.',
    sourcingChoose: (count: number) =>
      `공급 제안 ${n(count)}건이 있습니다. 견주어 보고 하나를 골라 낙찰 사유를 적으세요.`,
    sourcingSecond: '나눠 낙찰한 2차 공급입니다. 1차 공동구매의 모집을 시작하면 함께 시작됩니다.',
    sourcingOpen: (supplier: string) =>
      `${supplier}의 제안을 골랐습니다. 모집을 시작하면 조합원사가 참여할 수 있습니다.`,
    open: '조합원사가 참여하고 있습니다. 마감 시각이 되면 저절로 마감합니다.',
    openDue: '마감 시각이 되었습니다. 곧 저절로 마감합니다.',
    filling:
      '모집이 마감되어 물량을 채우는 중입니다. 포장을 채우거나 다음 구간에 이르게 하는 추가만 받고, 끝나는 시각이 되거나 다 채워지면 저절로 마감합니다.',
    closing: '마감했습니다. 결과를 계산하고 있습니다.',
    settling: (paid: number, all: number) =>
      `${n(all)}건 가운데 ${n(paid)}건의 입금을 확인했습니다. 모두 확인하면 공급사에 발주합니다.`,
    settlingWait: '주문을 만들고 입금을 안내하고 있습니다.',
    ordered: (supplier: string) => `${supplier}에 발주했습니다. 공급사의 확인을 기다립니다.`,
    orderedConfirmed: (supplier: string) =>
      `${supplier}에서 발주를 확인했습니다. 출고를 기다립니다.`,
    delivering: (received: number, all: number) =>
      `${n(all)}곳 가운데 ${n(received)}곳이 모두 받았습니다. 모두 받으면 완료됩니다.`,
    completed: '모든 기업이 받았습니다. 이 공동구매는 끝났습니다.',
    failed: '성립하지 않았습니다. 아무도 내지 않으며, 받은 돈은 돌려줍니다.',
    cancelled: '취소했습니다. 참여 약정은 모두 없어졌습니다.',
  },
  startSourcing: '제안 모집 시작',
  open: '모집 시작',
  setDates: '마감 정하기',
  invite: '공급사 초대',
  toOffers: '제안 견주기',
  toClosing: '마감 미리 보기',
  toMoney: '입금 확인하기',
  toDelivery: '발주·배송 보기',
  extend: '마감 늦추기',
  cancel: '취소하기',
  fail: '무산시키기',

  closedAt: '마감',
};

export default ko;
