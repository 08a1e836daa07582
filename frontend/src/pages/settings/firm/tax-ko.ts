const ko = {
  never: '조회하지 않음',
  statuses: {
    registered: '계속사업자',
    suspended: '휴업',
    closed: '폐업',
    unknown: '국세청에 등록되지 않은 번호',
  },
  asOf: '기준',
  problems: {
    unreachable: '국세청에서 답이 없었습니다.',
    refused: '국세청이 조회를 받아들이지 않았습니다.',
    unreadable: '국세청의 답을 알아볼 수 없었습니다.',
  },
  again: '다시 조회:',
};

export default ko;
