const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '받지 못한 조합원사',
  text: (firms: number) => `이 공동구매에서 물량을 받지 못한 우리 조합원사는 ${n(firms)}곳입니다.`,
  ask: (firms: number) => `${n(firms)}곳에 다시 필요한지 묻기`,
  binds:
    '받지 못한 수량을 구매 수요로 제안합니다. 기업이 한 번 눌러 올리면 수요 묶음에 모이며, 주문이 되지는 않습니다.',
  done: (asked: number) => `모두 ${n(asked)}곳에 물었습니다`,
  answers: (asked: number, yes: number, no: number, wait: number) =>
    `물은 기업 ${n(asked)}곳: 올림 ${n(yes)}, 넘김 ${n(no)}, 답 기다림 ${n(wait)}`,
  leftAlone: (firms: number) => `${n(firms)}곳은 사무국의 연락을 사양하여 묻지 않습니다.`,
  pool: '모인 수요 묶음 보기',
};

export default ko;
