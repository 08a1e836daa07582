import { josa } from '../../../lib/josa.ts';

const ko = {
  title: '결제 방법',
  lead: '기업이 조합에 어떻게 돈을 내는지 정합니다. 돈은 언제나 조합 자신의 계좌와 계정으로 들어갑니다.',
  transfer: '계좌이체',
  transferOn: '늘 켜져 있습니다. 다른 방법이 없거나 쓸 수 없을 때도 이 방법으로 냅니다.',
  transferOff: '입금 계좌가 없어 기업에 계좌를 안내할 수 없습니다.',
  toAccount: '입금 계좌 보기',
  names: { stripe: '카드와 간편결제 (Stripe)' } as Record<string, string>,
  about:
    '기업이 참여할 때 카드나 간편결제를 등록해 두면, 공동구매가 성립한 뒤 자동으로 결제됩니다. 조합이 Stripe에 자기 이름으로 가입한 계정이 있어야 합니다.',
  states: { unchecked: '확인 전', ready: '사용 중', failed: '연결 안 됨', off: '사용 안 함' },
  none: '연결하지 않음',
  account: '계정',
  country: '나라',
  mode: '모드',
  live: '실제 결제',
  test: '시험 모드 — 실제로 돈이 오가지 않습니다',
  currency: '기준 통화',
  methods: '켜진 결제 수단',
  key: '비밀 키',
  keyKnown: (ends: string, who: string) => `…${ends} · ${who}`,
  webhook: '웹훅 서명 비밀',
  webhookThere: '저장됨',
  webhookMissing: '없음. 결제 결과를 늦게 알게 됩니다.',
  checked: '마지막 확인',
  check: '연결 확인',
  checkedGood: '연결되었습니다',
  enter: '키 입력',
  replace: '키 바꾸기',
  off: '끄기',
  on: '다시 켜기',
  offTitle: '온라인 결제를 끌까요?',
  offText: (methods: string, consents: string) =>
    `기업이 등록한 결제 수단 ${methods}개는 그대로 남지만 결제되지 않습니다. 모집 중인 공동구매에서 자동 결제에 동의한 ${consents}건은 끝나고, 그 기업들은 계좌이체로 냅니다. 다시 켜도 동의는 새로 받아야 합니다.`,
  offBusy: (count: string) => `결제될 금액이 ${count}건 남아 있어 지금은 끌 수 없습니다.`,
  offKey: '키는 지난 결제를 환불할 수 있도록 남습니다. 키가 새어 나갔다면 Stripe에서 폐기하십시오.',
  offDone: '껐습니다',
  why: '사유',
  whyRead: '조합 사무국이 읽습니다',
  secretKey: '비밀 키 또는 제한된 키',
  secretKeyHint: (mode: string) => `${mode} 키. 저장한 뒤에는 마지막 네 글자만 보입니다.`,
  restricted: '제한된 키를 권합니다',
  restrictedText:
    '제한된 키(rk_…)는 할 수 있는 일이 정해져 있어, 새어 나가도 피해가 적습니다. Stripe의 개발자 › API 키에서 만들고 아래 권한을 켜 주십시오.',
  permissions: [
    '쓰기: Customers, PaymentMethods, SetupIntents, PaymentIntents, Checkout Sessions, Charges와 Refunds',
    '읽기: Account, Balance, Balance transaction sources, Disputes, Payouts, Events, Payment method configurations',
  ],
  webhookSecret: '웹훅 서명 비밀',
  webhookSecretHint:
    '위 주소로 웹훅을 만들면 Stripe가 보여 주는 whsec_… 값. 공급사에 바로 지급하려면 연결된 계정용 웹훅도 만들어 두 값을 한 칸 띄워 함께 적습니다',
  webhookKeep: '비워 두면 같은 계정의 지금 값을 그대로 씁니다.',
  webhookUrl: 'Stripe에 입력할 웹훅 주소',
  webhookEvents: (count: number) => `보낼 이벤트 ${count}가지`,
  webhookEventsText:
    '이 이벤트들을 고르세요. 다른 것을 보내도 되지만 같은 일이 두세 번씩 전해집니다. 공급사에 바로 지급한다면 연결된 계정용 주소에는 account.updated를 보냅니다.',
  copy: '복사',
  save: '확인하고 저장',
  saved: '저장했습니다. 담당자 모두에게 메일로 알립니다.',
  proposed: '다른 담당자의 확인을 기다립니다',
  rule: (second: boolean): string =>
    second
      ? '키를 먼저 시험해 봅니다. 다른 계정의 키라면 돈이 들어가는 곳이 바뀌므로 다른 담당자가 확인해야 쓰입니다.'
      : '키를 먼저 시험해 보고, 맞으면 바로 씁니다.',
  waiting: '확인을 기다리는 계정',
  mine: '다른 담당자가 확인하면 쓰입니다.',
  look: 'Stripe 화면에서 우리 조합의 계정이 맞는지 확인한 뒤 승인해 주십시오.',
  confirm: '우리 계정이 맞습니다',
  confirmText:
    '이제부터 기업의 결제가 이 계정으로 들어갑니다. 다른 계정을 쓰고 있었다면 그 계정에 등록된 결제 수단은 쓸 수 없게 됩니다.',
  decline: '반려',
  callOff: '거두기',
  declined: '반려했습니다',
  proposedBy: (who: string) => josa`${who}이(가) 제안`,
  failedTitle: '지금은 쓸 수 없습니다',
};

export default ko;
