import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (count: number, word: string) => `${n(count)} ${word}${count === 1 ? '' : 's'}`;

const en: typeof ko = {
  title: 'Next month',
  pools: 'Pools',
  bundles: 'To buy together',
  sections: 'Demand',
  intro:
    'Which items two or more members will buy next month, told from their past purchases alone. It is often wrong: ask the members before you make a campaign.',
  search: 'Search by item',
  category: 'Category',
  chance: 'Chance',
  least: 'Chance',
  leasts: { 70: '70% or more', 50: '50% or more' },
  orderings: { '-chance': 'Likeliest first', '-quantity': 'Largest first' },
  item: 'Item',
  month: 'Month',
  firms: 'Firms',
  firmsCount: (count: number) => `about ${n(count)}`,
  firmsExactly: (count: number) => s(count, 'firm'),
  quantity: 'Foretold',
  usual: 'Usually, if bought',
  between: (low: string, high: string) => `${low} – ${high}`,
  percent: (value: number) => `${n(value)}%`,
  whyQuantity:
    'The quantity that will be least wrong. Below even odds it is the least that two firms would buy.',
  whyUsual: 'If two firms or more buy it, half of the time it is between these.',
  whyChance: 'That two firms or more buy it. Recent months weigh more.',
  none: 'Nothing is foretold',
  noneText:
    'It takes three months of past purchases, the last of them recent. Soon after an import it is worked out.',
  toImport: 'Import past purchases',
  state: 'So far',
  asked: 'asked',
  make: 'Make a campaign',
  makeTitle: (item: string) => `Make a campaign for ${item}?`,
  makeText: (quantity: string) =>
    `A draft is made, its threshold half of ${quantity}. Needs that gather for the item come with it. You can change it before it starts.`,
  made: 'The draft was made',
  ask: 'Ask the members',
  askTitle: (item: string) => `Ask members about ${item}?`,
  askText: (firms: number) =>
    `Of the ${s(firms, 'member')} that bought it within a year, those that have not said anything yet get a notice and an e-mail. Each sees its own purchases only, and states its need with one press. An item is asked about once a month.`,
  askQuiet: (firms: number) =>
    `Not asked, as they want to be left alone by the office: ${s(firms, 'member')}.`,
  leftAlone: 'wants to be left alone',
  askDone: 'The members were asked',
  evidence: 'Bought month by month',
  evidenceText: (until: string) => `Only months that are known whole, before ${until}.`,
  buyers: 'Members that bought it within a year',
  buyersNone: 'No member bought it within a year',
  firm: 'Firm',
  times: 'Times',
  timesCount: (count: number) => (count === 1 ? 'once' : `${n(count)} times`),
  total: 'In all',
  last: 'Last bought',
  toPurchases: 'Past purchases of this item',
};

export default en;
