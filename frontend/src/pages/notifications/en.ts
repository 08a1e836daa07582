import type ko from './ko';

const en: typeof ko = {
  title: 'Notifications',
  readAll: 'Mark all as read',
  none: 'No notifications',
  noneText: 'Changes in the campaigns you are in will appear here.',
  unreadOnly: 'Unread only',
  unread: 'unread',
};

export default en;
