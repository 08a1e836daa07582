const ko = {
  place: '받을 곳',
  own: '우리 기업 주소',
  noAddress: '기업 정보에 주소가 없습니다. 설정에서 적거나 다른 곳을 적어 주세요.',
  other: '다른 곳',
  address: '받을 주소',
  addressHint: '이 공동구매의 물품만 이곳으로 보냅니다. 공급사와 사무국이 봅니다.',
  terms: (place: string) => `공동구매 인도 장소: ${place}`,
  change: '받을 곳 바꾸기',
  save: '받을 곳 저장',
  saved: '받을 곳을 바꾸었습니다',
  line: (place: string) => `받을 곳: ${place}`,
};

export default ko;
