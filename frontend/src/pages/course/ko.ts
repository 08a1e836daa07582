const counted = new Intl.NumberFormat('ko-KR');

const ko = {
  title: '참여 물량의 흐름',
  lead: '모집을 시작한 뒤 참여 약정의 합계입니다. 단가를 받아들이는지는 따지지 않습니다.',
  tier: (quantity: string, price: string) => `${quantity}부터 ${price}`,
  when: '때',
  quantity: '물량',
  firms: '참여 기업',
  firmsCount: (count: number) => `${counted.format(count)}개사`,
  opened: '모집 시작',
  closes: '마감',
  none: '아직 보여 드릴 흐름이 없습니다.',
  hidden: '한 기업의 물량이 드러날 수 있는 때의 합계는 보이지 않습니다.',
};

export default ko;
