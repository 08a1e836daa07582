const ko = {
  title: '알림',
  readAll: '모두 읽음으로',
  none: '알림이 없습니다',
  noneText: '참여한 공동구매에 변화가 있으면 여기에 알려 드립니다.',
  unreadOnly: '읽지 않은 것만',
  unread: '읽지 않음',
  markRead: '읽음으로',
  markUnread: '안 읽음으로',
  settings: '알림 설정',
  group: '종류',
  all: '모든 종류',
  groups: {
    campaigns: '공동구매',
    money: '입금과 환불',
    deliveries: '배송과 수령',
    supplying: '공급',
    office: '사무국 업무',
    introductions: '연결과 권유',
    people: '조합원사와 사람',
    cooperative: '협동조합과 협력',
  },
};

export default ko;
