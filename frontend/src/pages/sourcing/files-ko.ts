import { josa } from '../../lib/josa.ts';

const ko = {
  add: '파일 올리기',
  added: '파일을 올렸습니다',
  file: '파일',
  fileHint: 'PDF, PNG, JPEG, 5MB 이하. 10개까지 올릴 수 있습니다.',
  tooLarge: '5MB 이하의 파일을 골라 주십시오.',
  remove: '지우기',
  removeTitle: (name: string) => josa`‘${name}’을(를) 지울까요?`,
  removeText: '지운 파일은 되돌릴 수 없습니다. 지운 기록은 남습니다.',
  removed: '파일을 지웠습니다',
};

export default ko;
