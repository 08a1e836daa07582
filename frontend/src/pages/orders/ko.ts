import { josa } from '../../lib/josa.ts';

const ko = {
  statements: '외상 명세서',
  onAccount:
    '외상으로 처리된 주문입니다. 주문은 그대로 진행되고, 아래 기한까지 대금을 보내시면 됩니다. 월말 명세서로 한 번에 내셔도 됩니다.',
  overdueOnAccount: '외상 기한이 지났습니다. 대금을 보내 주십시오.',
  credited: (all: string, off: string) => josa`청구 ${all} 중 ${off}을(를) 뺐습니다.`,
  title: '주문',
  savings: '절감 내역',
  sheet: '거래 원장',
  order: '주문',
  search: '주문 번호, 품목으로 찾기',
  state: '상태',
  number: '주문 번호',
  item: '품목',
  firm: '기업',
  quantity: '수량',
  unitPrice: '단가',
  total: '합계',
  due: '입금 기한',
  none: '주문이 없습니다',
  noneText: '참여한 공동구매가 성립하면 주문이 여기에 만들어집니다.',
  toCampaigns: '공동구매 둘러보기',
  campaign: '공동구매',
  supplier: '공급사',
  deliverTo: '받을 곳',
  supplyValue: '공급가액',
  deliveryShare: '배송비 몫',
  vat: '부가세',
  created: '주문한 때',
  amounts: '금액',
  amountsWhy: '금액 계산',
  amountsWhyText: (quantity: string, price: string, value: string, vat: string | null) =>
    josa`공급가액은 수량 ${quantity}에 단가 ${price}을(를) 곱한 ${value}입니다. 반올림은 이때 한 번만 합니다. ${
      vat === null
        ? '부가세가 붙지 않는 품목입니다.'
        : josa`공급가액과 배송비 몫의 ${vat}을(를) 부가세로 더하고, 통화의 가장 작은 단위 미만은 버립니다.`
    }`,
  payment: '결제',
  transfer: '아래 계좌로 보내 주세요. 받는 분 통장에 입금 번호가 보이도록 적어 주세요.',
  arrived: (amount: string, arrived: string, missing: string) =>
    josa`${amount} 가운데 ${arrived}이(가) 들어왔습니다. ${missing}이(가) 남았습니다.`,
  bank: '은행',
  account: '계좌번호',
  holder: '예금주',
  amount: '보낼 금액',
  reference: '입금 번호',
  copyOf: (what: string) => `${what} 복사`,
  paidAt: '입금 확인',
  depositor: '입금자',
  overdue: '입금 기한이 지났습니다. 협동조합에 바로 알려 주세요.',
  grace: '입금 기한이 지났습니다. 바로 보내 주세요.',
  graceEnd: '까지 확인되지 않으면 주문이 취소됩니다.',
  lapses: '유예 끝',
  lapsed:
    '기한까지 입금되지 않아 이 주문이 취소되었습니다. 더 내실 돈은 없으며, 일부 보내신 돈이 있으면 돌려드립니다.',
  deliveries: '배송',
  noShipments: '아직 출고되지 않았습니다. 출고되면 알려 드립니다.',
  carrier: '택배사',
  tracking: '송장 번호',
  shippedOn: '출고일',
  shipped: '출고 수량',
  receivedText: (quantity: string) => `${quantity} 수령 확인`,
  receive: '수령 확인하기',
  receiveTitle: '무엇이 왔나요?',
  ordered: '주문하신 규격:',
  receiveText: (quantity: string) =>
    `보낸 수량은 ${quantity}입니다. 실제로 받은 수량을 적어 주세요.`,
  receivedQuantity: '받은 수량',
  note: '덧붙일 말',
  noteHint: '모자라거나 상한 것, 규격이 다른 것이 있으면 적어 주세요.',
  received: '수령을 확인했습니다',
  back: '주문 목록',
};

export default ko;
