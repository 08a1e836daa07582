import { josa } from '../../lib/josa.ts';

const ko = {
  title: '참여 승인',
  lead: '승인 한도를 넘는 참여는 대표가 승인해야 공동구매에 반영됩니다.',
  toLimit: '승인 한도',
  state: '상태',
  states: {
    waiting: '승인 대기',
    approved: '승인함',
    declined: '반려함',
    withdrawn: '거둠',
    lapsed: '기한 지남',
  },
  campaign: '공동구매',
  asked: '신청',
  quantity: '수량',
  upTo: (quantity: string) => `추가 ${quantity}까지`,
  limit: '희망 최고 단가',
  anyPrice: '어떤 단가든',
  value: '최대 금액',
  valueText:
    '수량과 추가 수용 물량을 희망 최고 단가(없으면 첫 구간 단가)로 셈한 금액이며 부가세를 포함합니다. 배송비 몫과 조합 수수료는 따로입니다.',
  above: (limit: string) => josa`승인 한도 ${limit}을(를) 넘습니다`,
  otherCurrency: '승인 한도와 통화가 달라 견줄 수 없습니다',
  closes: '마감',
  decided: (person: string) => `${person}님이 결정`,
  none: '승인을 기다리는 참여가 없습니다',
  noneText: '구매 담당이 승인 한도를 넘게 참여하면 여기에 보입니다.',
  approve: '승인',
  approveTitle: '이 참여를 승인할까요?',
  approveText: (quantity: string, value: string) =>
    `${quantity}의 참여 약정이 생깁니다. 마감할 때 조건에 맞으면 구매할 의무가 생기며, 물품 대금은 부가세를 포함해 아무리 많아도 ${value}입니다.`,
  approved: '승인했습니다. 이제 참여했습니다',
  decline: '반려',
  declineTitle: '이 참여를 반려할까요?',
  declineText: (quantity: string) =>
    `${quantity} 참여는 반영되지 않습니다. 이미 승인된 약정이 있으면 그대로 남습니다.`,
  declineWhy: '까닭',
  declineHint: '신청한 사람이 읽습니다.',
  declined: '반려했습니다',
  takeBack: '신청 거두기',
  takeBackTitle: '승인 신청을 거둘까요?',
  takenBack: '승인 신청을 거두었습니다',

  waitsTitle: '대표의 승인을 기다립니다',
  waitsText: (person: string, value: string) =>
    `${person}님이 신청했습니다. 최대 ${value}(부가세 포함)이며, 승인될 때까지 공동구매에 반영되지 않습니다.`,
  heldStays: '지금의 약정은 그대로 남아 있습니다.',
  wasDeclined: (person: string) => `${person}님이 지난 신청을 반려했습니다`,
  wasLapsed: '마감까지 승인되지 않아 지난 신청은 반영되지 않았습니다',

  limitTitle: '승인 한도',
  limitText:
    '구매 담당의 참여가 이 금액(부가세 포함)을 넘을 수 있으면 대표가 승인할 때까지 기다립니다. 비우면 승인 없이 참여합니다.',
  limitField: '한도 금액',
  limitNone: '정한 한도가 없습니다. 구매 담당이 승인 없이 참여합니다.',
  limitIs: (amount: string) => `${amount} (부가세 포함)`,
  currency: '통화',
  limitSaved: '승인 한도를 저장했습니다',
  seeRequests: '승인 신청 보기',

  quoted: (value: string, limit: string) =>
    josa`최대 ${value}(부가세 포함)까지 될 수 있어 승인 한도 ${limit}을(를) 넘습니다. 대표가 승인해야 참여가 반영됩니다.`,
  quotedOther: (value: string) =>
    `최대 ${value}(부가세 포함)까지 될 수 있고 승인 한도와 통화가 다릅니다. 대표가 승인해야 참여가 반영됩니다.`,
};

export default ko;
