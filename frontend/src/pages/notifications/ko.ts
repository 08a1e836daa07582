const ko = {
  title: '알림',
  readAll: '모두 읽음으로',
  none: '알림이 없습니다',
  noneText: '참여한 공동구매에 변화가 있으면 여기에 알려 드립니다.',
  unreadOnly: '읽지 않은 것만',
  unread: '읽지 않음',
};

export default ko;
