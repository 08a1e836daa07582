const ko = {
  how: '어디에서 확인했나요?',
  byLine: '가져온 통장 내역',
  byHand: '통장을 직접 봄',
  line: '통장 입금 내역',
  none: '금액이 맞는 가수금이 없습니다. 통장 내역을 가져오거나 직접 본 날짜를 적어 주십시오.',
  receivedOn: '입금된 날',
};
export default ko;
