const ko = {
  title: '물품 찾는 곳',
  days: (first: string, last: string) => (first === last ? first : `${first} ~ ${last}`),
  none: '아직 정해진 수령 장소가 없습니다',
};

export default ko;
