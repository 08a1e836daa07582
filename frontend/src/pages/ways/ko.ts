import { josa } from '../../lib/josa.ts';

const ko = {
  title: '결제 방법',
  transfer: '계좌이체',
  transferText: '성립하면 입금 계좌와 입금 코드를 안내받아 직접 보냅니다.',
  terms: (day: string) => `외상으로, ${day}까지`,
  termsText: (limit: string, left: string) =>
    `주문은 바로 진행되고 대금은 기한까지 보냅니다. 외상 한도 ${limit} 중 ${left} 남음`,
  termsOver: (most: string, left: string) =>
    josa`최대 금액 ${most}이(가) 남은 한도 ${left}을(를) 넘습니다. 마감 때 한도를 넘으면 그 주문은 계좌이체로 안내됩니다.`,
  noTerms: (why: string) => `지금은 외상으로 살 수 없습니다(${why}).`,
  saved: (label: string) => josa`${label}(으)로 자동 결제`,
  upTo: (amount: string) => `한 번에 최대 ${amount}까지`,
  tooMuch: (amount: string) => josa`최대 결제 금액 ${amount}을(를) 이 수단으로 낼 수 없습니다`,
  agree: '이 방법을 고르면 아래 내용에 동의합니다.',
  consent: '자동 결제 동의',
  noMethods: '카드나 간편결제를 등록하면 자동으로 결제할 수 있습니다.',
  save: '결제 수단 등록하기',
  test: '시험 모드: 실제로 돈이 오가지 않습니다',
  now: '지금 결제 방법',
  byTransfer: '계좌이체',
  most: '최대',
  notCovered: (most: string, agreed: string) =>
    josa`최대 결제 금액이 ${most}이(가) 되어 동의하신 ${agreed}을(를) 넘습니다. 다시 동의하지 않으면 넘는 금액일 때 계좌이체로 안내받습니다.`,
  change: '결제 방법 바꾸기',
  again: '새 금액에 동의',
  done: '결제 방법을 정했습니다',
  notDone: (why: string) => `참여는 저장되었습니다. 결제 방법은 계좌이체입니다. ${why}`,
  apply: '이 방법으로 결제',
  waits: '승인을 받은 뒤 이 화면에서 결제 방법에 동의할 수 있습니다.',
};

export default ko;
