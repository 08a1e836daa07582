import { josa } from '../../../lib/josa.ts';

import type { Schemas } from '../../../lib/types';

const ko = {
  title: '알림 설정',
  intro: '종류마다 화면과 이메일로 어떻게 받을지 정합니다. 바꾸면 바로 저장됩니다.',
  mail: '이메일',
  to: (address: string) => josa`${address}(으)로 보냅니다.`,
  refused: (address: string) =>
    `메일 서버가 ${address} 주소를 모른다고 하여 더 보내지 않습니다. 주소가 맞다면 다시 보내도록 해 주십시오.`,
  refusedAnswer: '메일 서버의 답',
  tryAgain: '이 주소로 다시 보내기',
  onlyNecessary: '꼭 필요한 메일만 받기',
  onlyNecessaryHint: '안전과 갚거나 받을 돈에 관한 메일만 보냅니다. 화면의 알림은 그대로입니다.',
  quiet: '조용한 시간 두기',
  quietHint:
    '그동안 메일은 기다렸다가 끝나면 갑니다. 계정과 계좌의 안전에 관한 메일은 바로 갑니다.',
  from: '시작',
  until: '끝',
  digestAt: '하루 한 번 메일을 보내는 시각',
  digestHint:
    '그때까지 읽지 않은 알림을 모아 한 통으로 보냅니다. 모을 것이 없으면 보내지 않습니다.',
  zone: (zone: string) => `시각은 협동조합의 시간대(${zone})로 읽습니다.`,
  saved: '저장했습니다',
  kind: '알림',
  shown: '화면',
  way: '메일',
  shownOf: (title: string) => `${title}: 화면에 표시`,
  wayOf: (title: string) => `${title}: 메일`,
  ways: { now: '바로', digest: '하루 한 번', off: '안 받음' },
  groups: {
    campaigns: '공동구매',
    money: '입금과 환불',
    deliveries: '배송과 수령',
    supplying: '공급',
    office: '사무국 업무',
    introductions: '연결과 권유',
    people: '조합원사와 사람',
    cooperative: '협동조합과 협력',
  } satisfies Record<Schemas['Choice']['group'], string>,
  necessary: '항상 받음',
};

export default ko;
