import { josa } from '../../lib/josa.ts';

const ko = {
  title: '품목 그림과 규격서',
  hint: '첫 그림이 목록에 나옵니다. 품목을 볼 수 있는 사람과 그 품목의 공동구매를 보는 사람에게 보입니다.',
  add: '그림이나 규격서 올리기',
  added: '올렸습니다',
  file: '파일',
  fileHint: '그림은 PNG, JPEG, WebP, 규격서는 PDF. 5MB 이하, 각각 다섯 개까지.',
  alt: '그림에 보이는 것',
  altHint: '그림을 볼 수 없는 사람에게 읽어 줍니다. 예: 500매 묶음 다섯 개가 든 상자',
  tooLarge: '5MB 이하의 파일을 골라 주십시오.',
  remove: '지우기',
  removeOf: (name: string) => `지우기: ${name}`,
  removeTitle: (name: string) => josa`‘${name}’을(를) 지울까요?`,
  removeText: '지운 파일은 되돌릴 수 없습니다. 지운 기록은 남습니다.',
  removed: '지웠습니다',
  describe: '설명 고치기',
  describeOf: (name: string) => `설명 고치기: ${name}`,
  described: '설명을 고쳤습니다',
  sheet: '규격서 (PDF)',
};
export default ko;
