import type ko from './ko';

const en: typeof ko = {
  title: 'Notifications',
  readAll: 'Mark all as read',
  none: 'No notifications',
  noneText: 'Changes in the campaigns you are in will appear here.',
  unreadOnly: 'Unread only',
  unread: 'unread',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  settings: 'How you are told',
  group: 'Kind',
  all: 'All kinds',
  groups: {
    campaigns: 'Campaigns',
    money: 'Money',
    deliveries: 'Deliveries',
    supplying: 'Supplying',
    office: 'The office’s work',
    introductions: 'Introductions and suggestions',
    people: 'Members and people',
    cooperative: 'Cooperatives and partners',
  },
};

export default en;
