const ko = {
  name: '협동조합 이름',
  nameEn: '영문 이름',
  nameEnHint: '영어로 보는 사람에게 보입니다.',
  representative: '대표자 이름',
  phone: '전화번호',
  region: '지역',
  regionHint: '예: 부산',
  address: '주소',
  zone: '시간대',
  zoneHint: '마감 시각을 이 시간대로 보여 줍니다.',
  currency: '통화',
  currencyHint: '공동구매의 금액을 이 통화로 적습니다.',
};

export default ko;
