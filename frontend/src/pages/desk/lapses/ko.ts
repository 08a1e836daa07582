import { josa } from '../../../lib/josa.ts';

const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '결제 현황과 전망',
  due: '입금 기한',
  grace: (days: number) => (days ? `그 뒤 ${n(days)}일 유예` : '유예 없음'),
  noGrace: '자동으로 취소되지 않음',
  sums: {
    paid: '입금 확인',
    on_account: '외상',
    waiting: '아직 안 낸 곳',
    lapsed: '기한 지나 취소',
  },
  count: (count: number) => `${n(count)}곳`,
  firms: (count: number) => `${n(count)}곳`,
  pleaseDecide:
    '남은 물량으로는 약속한 단가가 유지되지 않습니다. 어떻게 진행할지 결정해야 발주할 수 있습니다.',
  short: '남은 물량으로는 약속한 단가가 저절로 유지되지 않습니다.',
  now: '지금 남은 곳이 모두 내면',
  whatIf: '내지 않는 곳이 있다면',
  whatIfText:
    '표시한 곳이 끝내 내지 않는다고 보고 계산합니다. 보기만 하며 아무것도 바뀌지 않습니다.',
  more: (count: number) => `이 밖에 ${n(count)}곳이 더 있습니다.`,
  then: '표시한 곳이 내지 않으면',
  carries: (price: string) => josa`단가 ${price}이(가) 유지됩니다.`,
  doesNot: (price: string) => josa`단가 ${price}이(가) 저절로 유지되지 않습니다.`,
  left: '남는 물량',
  tier: '이 단가의 구간',
  from: (quantity: string) => `${quantity}부터`,
  asked: '공급 제안의 단가',
  notSold: '제안에 없는 물량',
  difference: '조합이 부담할 차액(부가세 포함)',
  delivery: '조합이 낼 배송비 몫(부가세 포함)',
  refunds: '무산되면 돌려줄 돈',
  kinds: { word: '공급사에 단가 유지 요청', pay: '조합이 차액 부담' },
  holdStates: {
    word: {
      asked: '답을 기다리는 중',
      held: '공급사가 약속함',
      refused: '공급사가 거절함',
      withdrawn: '거둠',
      lapsed: '쓸모없어짐',
    },
    pay: {
      asked: '기다리는 중',
      held: '결정함',
      refused: '거절됨',
      withdrawn: '거둠',
      lapsed: '쓸모없어짐',
    },
  },
  reason: '사유',
  answer: '공급사의 답',
  extendAll: '안 낸 곳의 기한 늦추기',
  extendAllText: (count: number) =>
    `아직 내지 않은 ${n(count)}곳의 입금 기한을 늦춥니다. 유예 기간도 함께 늦춰지고, 모두에게 알립니다.`,
  extendOneText: (firm: string) =>
    `${firm}의 입금 기한을 늦춥니다. 유예 기간도 함께 늦춰지고, 기업에 알립니다.`,
  extendTitle: '입금 기한 늦추기',
  extend: '기한 늦추기',
  extended: '입금 기한을 늦추었습니다',
  lastDay: '새 마지막 날',
  lastDayHint: '이 날이 끝날 때까지 낼 수 있습니다. 지금보다 뒤로만 늦출 수 있습니다.',
  why: '사유',
  whyTold: '기업에 그대로 알립니다.',
  lapse: '지금 취소하기',
  lapseTitle: '유예가 끝나기 전에 취소할까요?',
  lapseText: (firm: string, amount: string) =>
    `${firm}의 ${amount} 청구와 주문을 취소합니다. 되돌릴 수 없으며, 남은 기업으로 다시 정산합니다.`,
  lapseDone: '곧 취소됩니다',
  decide: '진행 방법 결정하기',
  decideTitle: '어떻게 진행할까요?',
  decideText: (quantity: string, firms: string, price: string) =>
    josa`${firms}의 ${quantity}이(가) 남았고, 약속한 단가는 ${price}입니다.`,
  someMayPay: (count: number) =>
    `아직 ${n(count)}곳이 낼 수 있습니다. 그 가운데 내지 않는 곳이 생기면 다시 결정해야 합니다.`,
  second: '담당자님의 소속 기업이 관련되어 있어, 다른 담당자가 확인해야 이루어집니다.',
  way: '진행 방법',
  ways: { word: '공급사에 요청하기', pay: '조합이 차액 부담하기', fail: '무산시키기' },
  wordText: (quantity: string, price: string) =>
    josa`${quantity}을(를) 같은 단가 ${price}에 공급해 달라고 묻습니다. 답을 받으면 발주합니다.`,
  payText: (amount: string) =>
    `조합이 ${amount}(부가세 포함)을 내고 그대로 발주합니다. 기업이 내는 단가는 같습니다.`,
  failText: (amount: string) => josa`주문을 모두 취소하고 받은 ${amount}을(를) 돌려줍니다.`,
  noPrice: '공급 제안에 이 물량의 단가가 없어 조합이 차액을 부담하는 방법은 고를 수 없습니다.',
  reasonToSupplier: '공급사에 그대로 보냅니다.',
  reasonToAll: '참여한 기업과 공급사에 그대로 알립니다.',
  reasonKept: '이력에 남습니다.',
  typed: '확인을 위해 공동구매 이름을 그대로 적어 주십시오',
  decided: '결정했습니다',
  secondAsked: '다른 담당자에게 확인을 요청했습니다',
  lapses: '기한 지나 취소된 결제',
  lapsesText: (lapsed: number, asked: number) => `청구 ${n(asked)}건 가운데 ${n(lapsed)}건`,
  noLapses: (asked: number) => (asked ? `청구 ${n(asked)}건 가운데 없음` : '청구한 적 없음'),
};

export default ko;
