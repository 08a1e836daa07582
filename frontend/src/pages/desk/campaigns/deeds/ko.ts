const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  closesAt: '모집 마감',
  startSourcing: '제안 모집 시작',
  started: '제안 모집을 시작했습니다',
  startTitle: '제안 모집을 시작할까요?',
  startText:
    '공급사와 조합원사에게 보이게 됩니다. 모집을 시작하기 전까지는 내용을 고칠 수 있습니다.',
  open: '모집 시작',
  openTitle: '조합원사 모집을 시작할까요?',
  openText:
    '조합원사가 참여할 수 있게 됩니다. 시작한 뒤에는 조건과 공급 제안을 바꿀 수 없고, 마감은 늦출 수만 있습니다.',
  opened: '모집을 시작했습니다',
  inviteTitle: '공급사 초대',
  inviteText: '초대한 공급사에 알림을 보냅니다. 이미 초대한 공급사는 그대로 둡니다.',
  inviteLabel: '공급사',
  inviteHint: '이름이나 사업자등록번호로 찾습니다.',
  inviteNone: '공급사를 하나 이상 골라 주세요.',
  inviteSend: (count: number) => `${n(count)}곳 초대하기`,
  invited: (count: number) => `${n(count)}곳을 초대했습니다`,
  extend: '마감 늦추기',
  extendText: '늦추기만 할 수 있습니다. 참여 약정은 그대로이고, 참여한 기업 모두에게 알립니다.',
  extendTo: '새 마감',
  extendLater: '지금 마감보다 뒤여야 합니다',
  extendWhy: '늦추는 까닭',
  extended: '마감을 늦추었습니다',
  reasonSeen: '참여한 기업에 그대로 보입니다.',
  cancelTitle: '이 공동구매를 취소할까요?',
  cancelText: '되돌릴 수 없습니다.',
  cancelOffers: (count: number) => `공급 제안 ${n(count)}건이 쓸모없어집니다.`,
  cancelCommitments: (firms: number, quantity: string) =>
    `없어지는 참여 약정: ${n(firms)}개사, ${quantity}. 모두에게 사유와 함께 알립니다.`,
  cancelWhy: '취소하는 까닭',
  cancelDo: '공동구매 취소',
  cancelled: '취소했습니다',
  failTitle: '이 공동구매를 무산시킬까요?',
  failText: '되돌릴 수 없습니다. 모든 주문을 취소하고, 이미 받은 돈은 돌려주어야 합니다.',
  failMoney: (count: number, amount: string) => `돌려줄 돈: ${n(count)}건, ${amount}`,
  failWhy: '무산시키는 까닭',
  failDo: '무산시키기',
  failed: '무산시켰습니다',
};

export default ko;
