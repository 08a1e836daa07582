import type ko from './ko';

const en: typeof ko = {
  title: 'History',
  none: 'Nothing is here',
  noneText: 'Try other filters.',
  group: 'Kind',
  groups: {
    campaigns: 'Campaigns',
    trade: 'Orders, payments, deliveries',
    demand: 'Needs',
    firms: 'Firms and members',
    people: 'People and rights',
    cooperatives: 'The cooperative',
    outreach: 'Introductions and contacts',
  },
  sort: 'What',
  sorts: { events: 'What happened', changes: 'Values that changed' },
  person: 'Who',
  since: 'From',
  until: 'To',
  change: (name, before, after) => `${name}: ${before || '—'} → ${after || '—'}`,
  first: (name, after) => `${name}: ${after}`,
  gone: (name, before) => `${name}: ${before} (taken away)`,
  outside: (by) => `Written straight into the database, not through the product (${by})`,
  byKey: 'with an API key',
  more: 'Show more',
  file: 'For the auditor',
  fileText:
    'Everything in the period as one file: who, when, what, before and after, and why, one line each.',
  forms: { xlsx: 'Save as Excel (.xlsx)', csv: 'Save as CSV' },
  fileName: (since, until) => `history-${since}-${until}`,
};

export default en;
