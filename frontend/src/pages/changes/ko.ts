import { josa } from '../../lib/josa.ts';

const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  terms: {
    tiers: '수량 구간별 단가',
    differences: '규격별 차액',
    pack_size: '포장 단위',
    capacity: '공급 한도',
    lead_time_days: '납기',
    delivery_cost: '배송비',
    valid_until: '유효 기간',
    note: '메모',
  },
  none: '없음',
  noLimit: '한도 없음',
  days: (days: number) => `${n(days)}일`,
  from: (quantity: string, price: string) => `${quantity} 이상 ${price}`,
  term: '조건',
  before: '지금까지',
  after: '바뀐 뒤',
  worse: '불리할 수 있음',

  answerTitle: '공급 조건이 바뀌었습니다',
  answerText: (until: string) =>
    `${until}까지 답해 주십시오. 답하지 않으시면 마감할 때 제외되며 청구되는 금액은 없습니다.`,
  notCounted: '답하실 때까지 귀사의 물량은 현재 전망에 들어가지 않습니다.',
  stay: '이 조건으로 계속 참여',
  stayTitle: '바뀐 조건으로 계속 참여하시겠습니까?',
  stayText: (quantity: string) =>
    josa`약정하신 ${quantity}와(과)(와) 그 밖의 조건은 그대로이고, 바뀐 공급 조건에 동의하게 됩니다.`,
  stayed: '바뀐 조건으로 계속 참여합니다.',
  waits: '승인 한도를 넘어 대표의 승인을 기다립니다.',
  orElse: '수량이나 희망 최고 단가를 바꾸셔도, 철회하셔도 답이 됩니다.',
  onlyStays:
    '지금 자격으로는 약정을 바꾸실 수 없습니다. 약정하신 그대로 계속 참여하시거나 철회하실 수 있습니다.',

  change: '조건 변경',
  changeHint:
    '모든 기업에 같거나 더 좋은 변경은 바로 시행됩니다. 그 밖의 변경은 사무국이 받아들여야 시행되고, 불리해질 수 있는 기업에 다시 묻습니다.',
  check: '변경 내용 확인',
  trialTitle: '이렇게 바꾸시겠습니까?',
  atOnce: '모든 기업에 같거나 더 좋은 변경이라 보내면 바로 시행됩니다.',
  needsWord:
    '불리할 수 있는 조건이 있어 사무국이 받아들여야 시행됩니다. 시행되면 해당하는 기업은 다시 답할 때까지 물량에서 빠지고, 마감까지 답하지 않으면 제외됩니다.',
  tooLate: '마감이 24시간도 남지 않았습니다. 사무국이 먼저 마감을 연장해야 받아들일 수 있습니다.',
  nothing: '바뀐 조건이 없습니다.',
  why: '까닭',
  whyHint: '사무국이 읽습니다.',
  send: '보내기',
  sentAtOnce: '바뀐 조건이 시행되었습니다.',
  sentForWord: '사무국에 조건 변경을 요청했습니다.',
  withdraw: '요청 거두기',
  withdrawn: '조건 변경 요청을 거두었습니다.',
  states: {
    waiting: '사무국의 확인을 기다리고 있습니다',
    accepted: '시행되었습니다',
    refused: '사무국이 받아들이지 않았습니다',
    withdrawn: '거두었습니다',
    lapsed: '마감까지 답이 없었습니다',
  },
  refusal: '사유',

  request: (supplier: string) => `${supplier}의 조건 변경 요청`,
  askedBy: (person: string) => `${person}님 요청`,
  touches: (count: number) =>
    count
      ? `받아들이면 기업 ${n(count)}곳에 다시 묻습니다.`
      : '지금 참여한 기업 가운데 다시 물을 곳이 없습니다.',
  firm: '기업',
  quantity: '수량',
  limit: '희망 최고 단가',
  anyPrice: '어떤 단가든',
  by: '불리할 수 있는 조건',
  more: (count: number) => `그 밖에 ${n(count)}곳`,
  closing: '지금 마감하면',
  now: '지금 조건으로',
  silent: '바뀐 뒤 아무도 답하지 않으면',
  all: '바뀐 뒤 모두 계속 참여하면',
  gives: (price: string, quantity: string, firms: number) =>
    `단가 ${price}, ${quantity}, 기업 ${n(firms)}곳`,
  fails: '성립하지 않음',
  accept: '받아들이기',
  acceptTitle: '조건 변경을 받아들이시겠습니까?',
  acceptText: (count: number) =>
    count
      ? `바로 시행되고, 기업 ${n(count)}곳은 다시 답할 때까지 물량에서 빠집니다. 마감까지 답하지 않으면 제외됩니다.`
      : '바로 시행됩니다.',
  accepted: '바뀐 조건이 시행되었습니다.',
  refuse: '받아들이지 않기',
  refuseTitle: '조건 변경을 받아들이지 않으시겠습니까?',
  refuseHint: '공급사가 읽습니다. 지금 조건은 그대로입니다.',
  refused: '조건 변경을 받아들이지 않았습니다.',
  answers: '바뀐 조건에 대한 답',
  answered: (done: number, all: number) => `기업 ${n(all)}곳 가운데 ${n(done)}곳이 답했습니다.`,
  unanswered: '아직 답하지 않은 기업',
  changedAt: '시행',
};

export default ko;
