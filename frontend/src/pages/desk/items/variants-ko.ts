const ko = {
  title: '규격(크기, 색상, 등급)',
  text: '규격을 적어 두면 조합원이 규격별로 수량을 말하고, 단가 구간은 모두 합해 정합니다. 규격별 차액은 공급사가 제안합니다.',
  none: '적어 둔 규격이 없습니다',
  name: '규격 이름',
  english: '영문 이름',
  code: '코드',
  add: '규격 추가',
  edit: (name: string) => `${name} 고치기`,
  up: (name: string) => `${name} 위로`,
  archive: (name: string) => `${name} 보관하기`,
  archived: '보관된 규격',
  restore: (name: string) => `${name} 다시 꺼내기`,
  back: '다시 꺼내기',
  saved: '규격을 고쳤습니다',
  stays: '이미 시작한 공동구매의 규격은 그때의 이름 그대로 남습니다.',
};

export default ko;
