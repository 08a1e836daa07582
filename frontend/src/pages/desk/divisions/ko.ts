import { josa } from '../../../lib/josa.ts';

const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '분과',
  name: '이름',
  english: '영어 이름',
  englishHint: '없으면 한국어 이름이 보입니다.',
  members: '조합원사',
  firms: (count: number) => `${n(count)}곳`,
  make: '분과 만들기',
  made: (name: string) => josa`분과 ‘${name}’을(를) 만들었습니다`,
  rename: '이름 바꾸기',
  renamed: '이름을 바꾸었습니다',
  remove: '합치거나 없애기',
  removeTitle: (name: string) => josa`분과 ‘${name}’을(를) 없앨까요?`,
  removeText: (count: number) =>
    count
      ? `조합원사 ${n(count)}곳이 있습니다. 아래에서 고른 곳으로 옮긴 뒤 분과를 없앱니다. 되돌릴 수 없습니다.`
      : '조합원사가 없는 분과입니다. 되돌릴 수 없습니다.',
  into: '조합원사를 옮길 곳',
  nowhere: '분과 없음',
  doRemove: '없애기',
  merge: '합치기',
  removed: (count: number) => `분과를 없앴습니다. 옮긴 조합원사: ${n(count)}곳`,
  none: '아직 분과가 없습니다',
  noneText: '업종이나 지역으로 조합원사를 나누면 목록을 나누어 볼 수 있습니다.',
};

export default ko;
