import type ko from './ko';

const en: typeof ko = {
  title: 'Member firms',
  search: 'Find by name, business number or member code',
  status: 'Status',
  division: 'Division',
  orderings: { name: 'By name', '-joined': 'Newest first', code: 'By member code' },
  firm: 'Firm',
  number: 'Business number',
  noNumber: 'not registered yet',
  representative: 'Representative',
  code: 'Member code',
  joined: 'Joined',
  admit: 'Admit',
  readmit: 'Take back',
  admitTitle: (firm: string) => `Admit ${firm}?`,
  admitText: 'It can then join campaigns and state needs. The firm is told.',
  readmitTitle: (firm: string) => `Take ${firm} back?`,
  admitted: (firm: string) => `${firm} is a member now`,
  suspend: 'Suspend',
  suspendTitle: (firm: string) => `Suspend ${firm}?`,
  suspendText:
    'It can no longer join or state needs. Orders it has made stay, and you can take it back at any time.',
  suspendWhy: 'Why it is suspended',
  suspendHint: 'Kept in the history.',
  suspended: (firm: string) => `${firm} is suspended`,
  none: 'No member firms yet',
  noneText: 'Firms that apply appear here. Importing a purchase history makes firms as well.',
  toImports: 'Import a purchase history',
};

export default en;
