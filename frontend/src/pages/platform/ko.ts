import { josa } from '../../lib/josa.ts';

const ko = {
  title: '협동조합',
  search: '이름이나 지역으로 찾기',
  name: '협동조합',
  nameEn: '영문 이름',
  number: '사업자등록번호',
  region: '지역',
  representative: '대표자',
  address: '주소',
  phone: '전화번호',
  zone: '시간대',
  currency: '통화',
  applicant: '신청한 사람',
  reason: '사유',
  members: '조합원사 · 담당자',
  counts: (members: number, coordinators: number) => `${members} · ${coordinators}`,
  applied: '신청',
  state: '상태',
  states: {
    applied: '확인 대기',
    active: '활동',
    refused: '반려',
    suspended: '중지',
    left: '탈퇴',
  },
  admit: '승인',
  refuse: '반려',
  suspend: '활동 중지',
  readmit: '다시 받기',
  decided: (name: string) => `${name}: 처리했습니다`,
  admitTitle: (name: string) => josa`${name}을(를) 승인할까요?`,
  admitText: (who: string) =>
    `신청한 사람이 첫 담당자가 되어 조합원사를 받고 공동구매를 시작할 수 있습니다. ${who}`,
  readmitTitle: (name: string) => josa`${name}을(를) 다시 받을까요?`,
  readmitText: '새 공동구매를 시작하고 가입 신청을 받을 수 있게 됩니다.',
  refuseTitle: (name: string) => `${name}의 신청을 반려할까요?`,
  refuseText: '신청한 사람이 사유를 보고, 고쳐서 다시 신청할 수 있습니다.',
  suspendTitle: (name: string) => `${name}의 활동을 중지할까요?`,
  suspendText: (members: number) =>
    `새 공동구매와 가입 신청을 받지 않습니다. 조합원사 ${members}개사가 참여 중인 공동구매는 그대로 끝까지 이어집니다.`,
  why: '사유',
  whyHint: '그 협동조합이 읽고, 기록에 남습니다.',
  none: '아직 협동조합이 없습니다',
  noneText: '협동조합이 등록을 신청하면 여기에 보입니다.',
};

export default ko;
