import { josa } from '../../../lib/josa';

const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '조합원사',
  people: '사무국 사람',
  divisions: '분과',
  bringIn: '명단 가져오기',
  search: '기업 이름, 사업자등록번호, 조합원 번호로 찾기',
  status: '상태',
  division: '분과',
  noDivision: '분과 없음',
  orderings: { name: '이름 순', '-joined': '최근 가입 순', code: '조합원 번호 순' },
  firm: '기업',
  number: '사업자등록번호',
  noNumber: '아직 등록하지 않음',
  representative: '대표자',
  code: '조합원 번호',
  codeHint: '구매 이력과 명단에서 이 기업을 찾는 번호입니다.',
  joined: '가입',
  unrepresented: '대표 없음',
  ownerInvited: '대표를 초대함',
  more: '더 하기',
  deed: {
    admit: '가입 승인',
    decline: '신청 거절',
    readmit: '다시 받기',
    suspend: '정지',
    leave: '탈퇴 기록',
    invite: '다시 초대',
    withdraw: '초대 취소',
    owner: '대표 초대',
    file: '분과·번호',
  },
  ask: {
    admit: (firm: string) => `${firm}의 가입을 승인할까요?`,
    decline: (firm: string) => `${firm}의 가입 신청을 거절할까요?`,
    readmit: (firm: string) => josa`${firm}을(를) 다시 받을까요?`,
    suspend: (firm: string) => `${firm}의 활동을 정지할까요?`,
    invite: (firm: string) => josa`${firm}을(를) 다시 초대할까요?`,
    withdraw: (firm: string) => `${firm}에 보낸 초대를 취소할까요?`,
  },
  done: {
    admit: (firm: string) => `${firm} 가입을 승인했습니다`,
    decline: (firm: string) => `${firm}의 신청을 거절했습니다`,
    readmit: (firm: string) => josa`${firm}을(를) 다시 받았습니다`,
    suspend: (firm: string) => `${firm}의 활동을 정지했습니다`,
    invite: (firm: string) => `${firm}에 초대를 보냈습니다`,
    withdraw: (firm: string) => `${firm}에 보낸 초대를 취소했습니다`,
  } as Record<string, (firm: string) => string>,
  admitText: '공동구매에 참여하고 구매 수요를 올릴 수 있게 됩니다. 기업에 알립니다.',
  declineText: '기업에 사유를 알립니다. 나중에 다시 신청할 수 있습니다.',
  declineWhy: '거절하는 까닭',
  suspendText:
    '새로 참여하거나 수요를 올릴 수 없게 됩니다. 이미 한 참여와 주문은 그대로이고, 언제든 다시 받을 수 있습니다. 기업에 사유를 알립니다.',
  suspendWhy: '정지하는 까닭',
  inviteText: '기업에 알립니다. 그 기업의 대표가 수락하면 조합원사가 됩니다.',
  withdrawText: '기업은 더 이상 수락할 수 없게 됩니다. 다시 초대할 수 있습니다.',
  whyHint: '기업에 알리고 기록에 남습니다.',
  fileTitle: (firm: string) => `${firm}의 분과와 번호`,
  filed: (firm: string) => `${firm}의 분과와 번호를 저장했습니다`,
  leave: '탈퇴 기록',
  leaveTitle: (firm: string) => `${firm}의 탈퇴를 기록할까요?`,
  leaveText:
    '이 협동조합의 공동구매를 볼 수 없게 됩니다. 지금까지의 주문과 기록은 남습니다. 다시 들어오려면 초대하거나 기업이 신청해야 합니다.',
  leaveNeeds: (count: number) => `올려 둔 구매 수요 ${n(count)}건은 거둡니다.`,
  leaveWhy: '탈퇴하는 까닭',
  left: (firm: string) => `${firm}의 탈퇴를 기록했습니다`,
  bound: '아직 진행 중인 것이 있어 탈퇴를 기록할 수 없습니다.',
  commitments: '마감 전 참여 약정',
  orders: '끝나지 않은 주문',
  boundHint:
    '약정은 마감되거나 기업이 거두면, 주문은 물품을 받으면 끝납니다. 그때까지 새로 참여하지 못하게 하려면 활동을 정지하세요.',
  suspend: '활동 정지',
  none: '아직 조합원사가 없습니다',
  noneText:
    '명단을 가져오면 한 번에 만들어집니다. 가입을 신청하거나 구매 이력에 있는 기업도 보입니다.',
  toImports: '구매 이력 가져오기',
};

export default ko;
