import type ko from './ko';

const en: typeof ko = {
  title: 'Cooperatives',
  search: 'Find by name or region',
  name: 'Cooperative',
  nameEn: 'Name in English',
  number: 'Business number',
  region: 'Region',
  representative: 'Representative',
  address: 'Address',
  phone: 'Telephone',
  zone: 'Time zone',
  currency: 'Currency',
  applicant: 'Who applied',
  reason: 'Reason',
  members: 'Members · coordinators',
  counts: (members: number, coordinators: number) => `${members} · ${coordinators}`,
  applied: 'Applied',
  state: 'State',
  states: {
    applied: 'To be decided',
    active: 'Active',
    refused: 'Refused',
    suspended: 'Suspended',
    left: 'Left',
  },
  admit: 'Admit',
  refuse: 'Refuse',
  suspend: 'Suspend',
  readmit: 'Take back',
  decided: (name: string) => `${name}: done`,
  admitTitle: (name: string) => `Admit ${name}?`,
  admitText: (who: string) =>
    `Whoever applied becomes its first coordinator, takes members and begins campaigns. ${who}`,
  readmitTitle: (name: string) => `Take ${name} back?`,
  readmitText: 'It can begin campaigns and take applications again.',
  refuseTitle: (name: string) => `Refuse ${name}?`,
  refuseText: 'Whoever applied reads the reason, and may correct it and apply again.',
  suspendTitle: (name: string) => `Suspend ${name}?`,
  suspendText: (members: number) =>
    `No new campaigns, no applications. Campaigns that its ${members} member firms are in go on to their end.`,
  why: 'Reason',
  whyHint: 'The cooperative reads it; it is kept.',
  none: 'No cooperatives yet',
  noneText: 'Cooperatives that apply appear here.',
};

export default en;
