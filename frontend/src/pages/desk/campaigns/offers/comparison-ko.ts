const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '제안 비교와 추천',
  rule: '어떻게 추천하나요',
  against: {
    commitments: '참여 약정과 남은 구매 수요로 계산',
    needs: '수요 묶음의 구매 수요로 계산',
    threshold: '알려진 수요가 없어 성립 조건만큼으로 계산',
  },
  supplier: '공급사',
  each: '개당 값 (배송비·수수료 포함)',
  served: '공급',
  leadTime: '납기',
  days: (days: number) => `${n(days)}일`,
  firms: (count: number) => `${n(count)}개사`,
  out: (count: number) => `${n(count)}개사 빠짐`,
  short: (quantity: string) => `${quantity} 모자람`,
  grown: (percent: string) => `수요 ${percent} 늘면`,
  howMuch: (supplier: string, percent: string) => `${supplier}, 수요 ${percent} 증가`,
  price: '단가',
  delivery: '배송비 몫',
  fee: '주최 조합 수수료',
  fails: '성립 안 됨',
  recommended: '추천',
  ends: '모집 마감 전에 유효 기간이 끝남',
  award: '낙찰',
  awarded: '낙찰됨',
  split: '나눠 낙찰',
  chart: '물량에 따른 개당 값 (배송비·수수료 포함, 부가세 별도)',
  today: (quantity: string) => `지금 수요 ${quantity}`,
  turns: '물량에 따라 값이 가장 낮은 제안',
  cut: (level: string) => `${level}보다 높은 값은 그림에 그리지 않았습니다. 표에서 볼 수 있습니다.`,
};

export default ko;
