const ko = {
  title: '기록',
  none: '기록이 없습니다',
  noneText: '조건을 바꾸어 보십시오.',
  group: '종류',
  groups: {
    campaigns: '공동구매',
    trade: '주문·입금·배송',
    demand: '구매 수요',
    firms: '기업과 조합원',
    people: '사람과 권한',
    cooperatives: '조합',
    outreach: '연결과 연락',
  },
  sort: '내용',
  sorts: { events: '일어난 일', changes: '값의 변경' },
  person: '누가',
  since: '부터',
  until: '까지',
  change: (name: string, before: string, after: string) =>
    `${name}: ${before || '—'} → ${after || '—'}`,
  first: (name: string, after: string) => `${name}: ${after}`,
  gone: (name: string, before: string) => `${name}: ${before} (삭제)`,
  outside: (by: string) => `업무 화면을 거치지 않고 데이터베이스에서 직접 바꿈 (${by})`,
  byKey: 'API 키로',
  more: '더 보기',
  file: '감사 자료',
  fileText:
    '기간 안의 모든 기록을 한 파일로 받습니다. 누가, 언제, 무엇을, 전과 후의 값, 사유가 한 줄씩 들어 있습니다.',
  forms: { xlsx: '엑셀(.xlsx) 받기', csv: 'CSV 받기' },
  fileName: (since: string, until: string) => `이력-${since}-${until}`,
};

export default ko;
