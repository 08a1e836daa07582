import { josa } from '../../lib/josa.ts';

const n = (value: number) => value.toLocaleString('ko');

const ko = {
  // The supplier.
  open: '일부만 확인',
  title: '주문보다 적게 공급하시겠습니까?',
  text: (ordered: string) =>
    `주문은 ${ordered}입니다. 공급할 수 있는 수량과 까닭, 납기를 적으면 협동조합이 받아들일지, 공동구매를 끝낼지 정합니다. 그때까지는 다르게 답할 수 있습니다.`,
  quantity: '공급할 수 있는 수량',
  quantityHint: (pack: string) => `포장 단위 ${pack}(으)로 나누어떨어지게 적어 주세요.`,
  of: (name: string, ordered: string) => `${name} (주문 ${ordered})`,
  sum: '합계',
  tooMuch: '주문보다 적어야 합니다',
  notPack: (pack: string) => `포장 단위 ${pack}(으)로 나누어떨어져야 합니다`,
  dueDate: '납기',
  dueDateHint: '이날까지 공급합니다.',
  why: '까닭',
  whyHint: '협동조합과 주문이 줄어드는 기업이 그대로 봅니다.',
  effect: '받아들여지면',
  effectQuantity: (quantity: string) => josa`발주서는 많아야 ${quantity}이(가) 됩니다.`,
  effectPrice: (price: string) =>
    `단가는 ${price} 그대로입니다. 수량이 줄어 더 비싼 구간에 들더라도 기업이 내는 단가는 오르지 않습니다.`,
  effectDelivery: '배송비는 수량에 따라 줄어듭니다.',
  effectLess: '받으려던 최소 수량에 못 미치는 기업이 빠지면 더 적어질 수 있습니다.',
  effectAmount: (amount: string) => `공급가액은 많아야 ${amount}입니다(부가세·배송비 별도).`,
  send: '협동조합에 묻기',
  check: '확인해 주십시오',
  next: '다음',
  back: '고치기',
  sent: '협동조합에 물었습니다',

  // Where it stands, for supplier and office.
  state: {
    asked: '협동조합의 답을 기다리는 중',
    accepted: '협동조합이 받아들였습니다. 곧 발주서에 반영됩니다',
    done: '공급사가 확인한 수량입니다',
    ended: '공동구매를 끝냈습니다',
    withdrawn: '거두었습니다',
  },
  said: (quantity: string, ordered: string) => `주문 ${ordered} 중 ${quantity}`,
  saidWhy: '공급사의 까닭',
  reason: '협동조합의 까닭',
  answerBy: '답할 기한',
  confirmed: '확인 수량',
  ordered: '발주 수량',
  was: '발주 때 합계',
  asLong:
    '협동조합이 답하기 전에는 전부 확인하거나, 다른 수량으로 다시 묻거나, 거절할 수 있습니다.',

  // The office.
  officeTitle: '공급사가 주문보다 적게 확인했습니다',
  late: '답할 기한이 지났습니다. 결정할 때까지 아무것도 출고되지 않습니다.',
  would: '받아들이면',
  takes: (quantity: string, offered: string) =>
    `기업들이 받을 수 있는 수량은 ${offered} 중 ${quantity}입니다. 나머지는 최소 수량이나 포장 단위에 맞지 않아 아무에게도 가지 않습니다.`,
  takesAll: (quantity: string) => `${quantity} 모두 기업에 나뉩니다.`,
  firms: (stay: number, fewer: number, out: number) =>
    `${n(stay)}곳이 받고, 그중 ${n(fewer)}곳은 줄어듭니다.${out ? ` ${n(out)}곳은 아무것도 받지 못합니다.` : ''}`,
  price: '단가는 그대로입니다.',
  goesBack: '기업에 돌려줄 금액',
  supplyValue: '공급가액',
  delivery: '배송비',
  vat: '부가세',
  fees: '수수료(부가세 포함)',
  total: '합계',
  firm: '기업',
  before: '주문',
  then: '줄어든 뒤',
  backTo: '환불',
  belowMinimum: (minimum: string) => `최소 ${minimum}에 못 미침`,
  nothing: '없음',
  more: (count: number) => `그 밖에 ${n(count)}곳`,
  nobody: '이 수량으로는 모든 기업이 최소 수량에 못 미칩니다. 공동구매를 끝낼 수만 있습니다.',
  accept: '받아들이기',
  acceptText: '받아들이면 바로 다시 배정하고 돈을 돌려줍니다. 되돌릴 수 없습니다.',
  end: '공동구매 끝내기',
  endText: '공동구매가 무산되고 받은 돈을 모두 돌려줍니다. 되돌릴 수 없습니다.',
  reasonLabel: '사유',
  acceptHint: '공급사가 보고, 기록에 남습니다.',
  endHint: '공급사와 모든 기업이 봅니다.',
  typed: '공동구매 이름',
  second: '담당자님의 소속 기업이 관련되어 있어, 다른 담당자가 확인해야 이루어집니다.',
  secondAsked: '다른 담당자에게 확인을 요청했습니다',
  accepted: '받아들였습니다',
  ended: '공동구매를 끝냈습니다',

  // The firm.
  changed: '공급사가 적게 확인하여 줄었습니다',
  changedText: (before: string, now: string) =>
    `주문하신 ${before} 중 ${now}만 공급됩니다. 단가는 그대로이고, 아래 금액은 줄어든 수량으로 계산한 것입니다.`,
  outText: (before: string) =>
    `주문하신 ${before}에 배정할 물량이 남지 않아 주문이 취소되었습니다. 내신 돈은 모두 돌려드립니다.`,
  wasOrdered: '주문 때',
};

export default ko;
