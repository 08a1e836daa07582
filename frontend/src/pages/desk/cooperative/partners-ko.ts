import { josa } from '../../../lib/josa.ts';

const ko = {
  title: '협력 조합',
  intro:
    '협력하면 서로의 조합원사를 공동구매에 참여시킬 수 있고, 조합원사가 협력 조합에 공개한 품목이 서로의 기업 찾기에 보입니다.',
  partner: '협동조합',
  partnerHint: '이름이나 지역으로 찾습니다.',
  since: '날짜',
  state: '상태',
  message: '전한 말',
  because: (why: string) => `사유: ${why}`,
  states: {
    asking: '답을 기다림',
    asked: '우리가 답할 차례',
    proposed: '제안',
    active: '협력 중',
    ending: '종료 예정',
    declined: '거절',
    withdrawn: '거둠',
    ended: '종료',
  },
  propose: '협력 제안하기',
  proposeText: '상대 조합 담당자에게 알리고, 수락하면 바로 협력이 시작됩니다.',
  proposed: (name: string) => `${name}에 협력을 제안했습니다`,
  done: '처리했습니다',
  accept: '수락',
  acceptTitle: (name: string) => josa`${name}와(과) 협력할까요?`,
  acceptText:
    '서로의 공동구매를 상대 조합원사에 열 수 있게 됩니다. 상대 조합은 우리 조합원사 하나하나의 물량과 희망 단가를 공동구매를 여는 조합으로서만 봅니다.',
  decline: '거절',
  declineTitle: (name: string) => `${name}의 제안을 거절할까요?`,
  withdraw: '제안 거두기',
  withdrawTitle: (name: string) => `${name}에 한 제안을 거둘까요?`,
  withdrawText: '언제든 다시 제안할 수 있습니다.',
  end: '협력 끝내기',
  endTitle: (name: string) => josa`${name}와(과)의 협력을 끝낼까요?`,
  endText:
    '마지막 날까지는 협력이 이어집니다. 이미 열린 공동구매는 그 뒤에도 끝까지 그대로이고, 새 공동구매는 서로 열 수 없습니다. 상대 조합에 알립니다.',
  lastDay: '마지막 날',
  why: '사유',
  whyHint: '상대 조합이 읽고, 기록에 남습니다.',
  none: '아직 협력 조합이 없습니다',
  noneText: '다른 협동조합에 협력을 제안해 보세요. 함께 사면 더 낮은 수량 구간에 이릅니다.',
};

export default ko;
