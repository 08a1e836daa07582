const ko = {
  title: '다른 단위',
  text: (unit: string) =>
    `이 품목은 ‘${unit}’ 단위로 셉니다. 조합원이 다른 단위로 말해도 되도록 환산을 적어 두십시오. 구매 이력의 단위도 이것으로 읽습니다.`,
  ratio: (said: string, base: string) => `${said} = ${base}`,
  none: '적어 둔 단위가 없습니다',
  following: (all: string) => `따로 적지 않아도 됩니다: ${all}`,
  unit: '단위',
  add: '추가',
  said: '이 단위로',
  base: '품목의 단위로',
  remove: (unit: string) => `${unit} 환산 지우기`,
  saved: '단위를 고쳤습니다',
  stays: '이미 올린 수요와 가져온 구매 이력의 수량은 바뀌지 않습니다.',
};

export default ko;
