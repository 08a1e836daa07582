import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'What others need too',
  back: 'Needs',
  intro:
    'What is gathering in your cooperatives. Nobody is named, and totals that would show what one firm wants are withheld.',
  search: 'Find an item',
  category: 'Category',
  cooperative: 'Cooperative',
  region: 'Region',
  until: 'Needed by',
  item: 'Item',
  firms: 'Firms',
  firmsCount: (count: number) => (count === 1 ? '1 firm' : `${n(count)} firms`),
  gathered: 'Gathered',
  hidden: 'withheld',
  earliest: 'First day',
  ours: 'Ours',
  meToo: 'We need it too',
  meTooFor: (item: string) => `We need it too: ${item}`,
  quantity: 'Quantity',
  neededBy: 'Needed by',
  past: 'It must be after today',
  state: 'State it',
  stated: (item: string) => `Need for ${item} stated`,
  orderings: { '-created_at': 'Newest first', needed_by: 'Earliest day first' },
  none: 'Nothing is gathering yet',
  noneText: 'State a need first, and others can join it.',
  add: 'State a need',
};

export default en;
