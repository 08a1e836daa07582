import type ko from './plans-ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'Recurring needs',
  text: 'When the time comes the need is stated for you. You can still change or withdraw it then.',
  item: 'Item',
  findItem: 'Find an item by name',
  quantity: 'Quantity',
  rhythm: 'Every',
  every: (count: number, rhythm: 'week' | 'month') =>
    count === 1 ? `every ${rhythm}` : `every ${n(count)} ${rhythm}s`,
  everyCount: 'How often: every',
  rhythms: { week: 'weeks', month: 'months' },
  next: 'Needed next by',
  statedOn: 'Stated on',
  state: 'State',
  states: { active: 'going on', stopped: 'stopped' },
  firstDate: 'First needed by',
  ahead: 'Stated how long before',
  aheadHint: 'So many days before the day by which you need it.',
  days: 'days',
  limit: 'Highest price',
  limitHint: 'VAT excluded. Only your firm and the office see it.',
  cooperative: 'Cooperative',
  note: 'Note',
  past: 'It must be after today',
  save: 'Set up the recurring need',
  made: 'Recurring need set up',
  changed: 'Changed',
  change: 'Change',
  skip: 'Skip once',
  stop: 'Stop',
  resume: 'Go on',
  skipped: (date: string) => `${date} is skipped`,
  stopped: 'Stopped',
  resumed: 'It goes on',
  actionsFor: (action: string, item: string) => `${action}: ${item}`,
  skipTitle: 'Skip this one time?',
  skipText: (date: string, item: string) =>
    `No need for ${item} is stated for ${date}. After that it goes on as before.`,
  ended: (why: string) => `It stopped because ${why}`,
};

export default en;
