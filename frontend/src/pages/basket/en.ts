import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const many = (count: number, one: string, more: string) =>
  `${counted.format(count)} ${count === 1 ? one : more}`;

const en: typeof ko = {
  title: 'My commitments',
  lead: 'What your firm has committed to in open campaigns, and what it would owe if they closed now.',
  search: 'Search by title or item',
  campaign: 'Campaign',
  closes: 'Closes',
  quantity: 'Quantity',
  upTo: (quantity: string) => `up to ${quantity} more`,
  limit: 'Price limit',
  anyPrice: 'any price',
  priceNow: 'Price now',
  now: 'If it closed now',
  atMost: 'At most',
  toAnswer: 'answer needed: the offer changed',
  toAnswerCount: (count: number) => `to be answered: ${counted.format(count)}`,
  keptOut: 'kept out by your limit',
  wouldFail: 'would not go ahead',
  never: 'limit below every tier',
  mayBeCut: 'may be less',
  vatIncluded: 'With VAT and the cooperatives’ fee',
  whyNow: 'What you would owe now',
  why: (supply: string, delivery: string, vat: string, fees: string) =>
    `Supply value ${supply}, share of delivery ${delivery}, VAT ${vat}, the cooperatives’ fee with its VAT ${fees}.`,
  plan: 'Plan B',
  planOf: (title: string) => `Another campaign: “${title}”`,
  plans: { none: 'none', need: 'keep as a need', campaign: 'another campaign' },
  totalNow: 'If all closed now',
  totalMost: 'All of it at most',
  campaigns: (count: number) => many(count, 'campaign', 'campaigns'),
  keptOutCount: (count: number) => `kept out by the limit: ${counted.format(count)}`,
  wouldFailCount: (count: number) => `would not go ahead: ${counted.format(count)}`,
  waiting: (count: string) => `Waiting for approval and not counted yet: ${count}.`,
  toWaiting: 'See what waits',
  none: 'Your firm is in no open campaign',
  noneText: 'What you commit to is gathered here, with deadlines and amounts.',
  toCampaigns: 'See campaigns',
};

export default en;
