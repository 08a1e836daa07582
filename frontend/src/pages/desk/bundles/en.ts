import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (count: number, word: string) => `${n(count)} ${word}${count === 1 ? '' : 's'}`;

const en: typeof ko = {
  title: 'To buy together',
  intro:
    'What members of yours, and of your partners if you have any, need of the same or similar items at about the same time. You see what others need as totals and numbers of firms only.',
  search: 'Search by item',
  show: 'State',
  shows: { open: 'Proposed', dismissed: 'Set aside', opened: 'Made into a campaign', all: 'All' },
  category: 'Category',
  partner: 'Partner',
  alone: 'Your members only',
  until: 'First needed by',
  recommended: 'Recommended only',
  best: 'Recommended',
  bestWhy:
    'Recommended are those that no other beats in firms, quantity and expected saving alike. Their order adds up the three rankings.',
  orderings: {
    place: 'Recommended first',
    '-firms': 'Most firms first',
    '-quantity': 'Largest first',
    '-saving': 'Largest saving first',
    first_day: 'Earliest first',
  },
  item: 'Item',
  firms: 'Firms',
  firmsCount: (count: number) => s(count, 'firm'),
  quantity: 'Quantity',
  quantityWhy:
    'With a single firm of other cooperatives the total would give away what that firm needs. Only what your members need is counted.',
  atLeast: (own: string) => `yours: ${own}`,
  days: 'Needed by',
  between: (first: string, last: string) => `${first} – ${last}`,
  daysWhy:
    'A campaign can close and deliver before the first of these days, and the last is at most three weeks later.',
  saving: 'Expected saving',
  savingNone: 'Not known',
  savingNoneText:
    'It takes the price of an earlier campaign, or what four firms or more last paid, to tell.',
  sources: {
    standing: 'From a supplier’s standing offer',
    clearing: 'From an earlier campaign’s price',
    prices: 'From what firms last paid',
  },
  similar: (count: number) => `with ${s(count, 'similar item')}`,
  none: 'Nothing to buy together at present',
  noneText:
    'As soon as two or more firms need the same or similar items at about the same time, it shows here.',
  toPools: 'See pools',
  toPartners: 'Partners',
  parts: 'Who needs what',
  cooperative: 'Cooperative',
  own: 'Yours',
  hidden: 'Not shown',
  hiddenWhy: 'It is in the total only, so that no single firm’s quantity is given away.',
  same: 'Same',
  differs: 'Differs',
  theItem: 'This item',
  made: 'The campaign was drafted',
  open: 'Open a campaign',
  make: 'Open a campaign from this',
  makeTitle: (item: string) => `Buy ${item} with partners?`,
  makeText: (partners: string, firms: number, quantity: string) =>
    `Drafts a campaign that members of ${partners} can join. ${s(firms, 'firm')} need ${quantity} in all; half of it is the threshold. It closes before the first day. You can change it before it starts.`,
  makeAloneTitle: (item: string) => `Buy ${item} together?`,
  makeAloneText: (firms: number, quantity: string) =>
    `Drafts a campaign that your members can join. ${s(firms, 'firm')} need ${quantity} in all; half of it is the threshold. It closes before the first day. You can change it before it starts.`,
  makeAloneNeeds:
    'Needs for this item go into it. A need for a similar item is met when its firm wins in it, and stays open otherwise.',
  makeNeeds:
    'Your members’ needs go into it. A need of a partner’s member is met when its firm wins in it, and stays open otherwise.',
  elsewhere: (hosts: string) => `A campaign for the same needs is being prepared or open: ${hosts}`,
  ours: 'your cooperative',
  elsewhereText: 'If you open another one, the firms are split between the two.',
  anyway: 'Open another one anyway',
  dismiss: 'Set aside',
  dismissed: 'Set aside',
  restore: 'Propose again',
  restored: 'It is proposed again',
  undo: 'Undo',
};

export default en;
