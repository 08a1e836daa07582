import { josa } from '../../../../lib/josa.ts';

const ko = {
  title: '손님 기업 받기',
  text: '조합원사가 아닌 기업을 이 공동구매에만 받습니다. 뭉치에 등록한 기업이어야 하고, 그 기업은 이 공동구매만 봅니다. 주문과 입금은 우리 조합을 통해 합니다.',
  number: '사업자등록번호',
  wrong: '맞지 않는 번호입니다. 10자리를 다시 확인하세요.',
  admit: '받기',
  done: (firm: string) => josa`${firm}을(를) 손님으로 받았습니다`,
  list: '손님 기업',
  firm: '기업',
  admitted: '받은 날',
  state: '상태',
  inside: '참여함',
  outside: '아직 참여하지 않음',
  remove: '빼기',
  removeTitle: (firm: string) => josa`${firm}을(를) 뺄까요?`,
  removeText: '이 공동구매를 더는 보지 못합니다. 다시 받을 수 있습니다.',
  none: '받은 손님 기업이 없습니다',
};

export default ko;
