import { josa } from '../../../lib/josa.ts';

const ko = {
  title: '우리 조합의 품목',
  back: '구매 이력',
  intro:
    '구매 이력에서 온 품목은 분류가 없을 수 있습니다. 분류가 있어야 챙길 기업의 사유와 가까운 공동구매, 기업 찾기가 맞게 나옵니다.',
  search: '이름이나 품목코드로 찾기',
  category: '분류',
  filed: '분류 여부',
  without: '분류 없음',
  with: '분류 있음',
  pick: '선택',
  pickOne: (name: string) => `${name} 선택`,
  name: '품목명',
  english: '영문 품목명',
  code: '품목코드',
  codeHint: '구매 이력의 품목코드와 같아야 다음 파일에서도 같은 품목으로 읽습니다.',
  unit: '단위',
  unitStays: (unit: string) =>
    `단위(${unit})는 바꿀 수 없습니다. 수요와 주문의 수량이 이 단위로 적혀 있습니다.`,
  chooseAll: '이 쪽 모두 선택',
  chosen: (count: number) => `${count}개 선택`,
  target: '옮길 분류',
  file: '분류 정하기',
  fileTitle: (count: number, to: string) => josa`품목 ${count}개를 ‘${to}’(으)로 정할까요?`,
  fileText: '바꾼 뒤에 바로 되돌릴 수 있습니다.',
  from: (name: string, count: number, to: string) => `${name} ${count}개 → ${to}`,
  filedToast: (count: number) => `품목 ${count}개의 분류를 정했습니다`,
  nothingChanged: '이미 그 분류입니다',
  change: '고치기',
  changeOf: (name: string) => `${name} 고치기`,
  changed: '고쳤습니다',
  none: '우리 조합만의 품목이 없습니다',
  noneText: '구매 이력을 가져오면 거기에 나오는 품목이 여기에 보입니다.',
  toImports: '구매 이력 가져오기',
};

export default ko;
