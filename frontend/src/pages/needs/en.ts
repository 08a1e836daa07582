import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'Needs',
  intro: 'Say early what you need: it is pooled with what others need, and becomes a campaign.',
  add: 'State a need',
  mine: 'Needs of our firm',
  pools: 'What others need too',
  poolsText: 'Needs for the same item, pooled. A total that would give one firm away is not shown.',
  item: 'Item',
  findItem: 'Find an item by name',
  quantity: 'Quantity',
  neededBy: 'Needed by',
  neededByHint: 'The day by which you must have it.',
  past: 'Must be a day after today',
  limit: 'Price limit',
  limitHint: 'VAT excluded. Only your firm and the coordinator see it.',
  cooperative: 'Cooperative',
  note: 'Note',
  noteHint: 'Such as: size L, white',
  state: 'State',
  search: 'Search by item',
  none: 'No needs stated',
  noneText: 'Say what you need and how much. When needs gather, the coordinator opens a campaign.',
  poolsNone: 'Nothing has gathered yet',
  poolsNoneText: 'State a need first, and others can join you.',
  gathered: 'Gathered',
  firms: 'Firms',
  firmsCount: (count: number) => `${n(count)} ${count === 1 ? 'firm' : 'firms'}`,
  earliest: 'Earliest date',
  ours: 'Ours',
  hidden: 'hidden',
  meToo: 'We need it too',
  stated: 'Your need is stated',
  changed: 'Your need has been changed',
  change: 'Change',
  withdraw: 'Withdraw',
  withdrawn: (item: string) => `Your need for ${item} is withdrawn`,
  back: 'Stated again',
  changeTitle: 'Change a need',
  any: 'any',
  actions: 'Actions',
  actionsFor: (action: string, item: string) => `${action}: ${item}`,
};

export default en;
