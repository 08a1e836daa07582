import type ko from './ko';

const counted = new Intl.NumberFormat('en');
const n = (value: number) => counted.format(value);
const s = (count: number, one: string) => `${n(count)} ${one}${count === 1 ? '' : 's'}`;

const en: typeof ko = {
  title: 'Savings',
  print: 'Print',
  save: 'Save the table',
  saveLines: 'Save the calculation',
  period: 'Period',
  years: { this: 'This year', last: 'Last year', free: 'Other days' },
  first: 'From',
  last: 'To',
  against: 'Compared with',
  references: {
    last_price: 'The last price paid',
    list_price: 'The first tier',
    losing_offers: 'Average of losing offers',
  },
  referenceText: {
    last_price:
      'What the firm paid for the same item the last time: the latest of its past purchases and its orders here before the day on which the campaign closed. An order without such a record is not compared.',
    list_price:
      'The first tier of the offer that was awarded, the price of the smallest purchase. It says nothing about other suppliers.',
    losing_offers:
      'The average of what the offers that were not chosen asked for the quantity that was ordered in all. Offers that could not have carried it are left out.',
  },
  by: 'Grouped by',
  groups: {
    campaign: 'Campaign',
    firm: 'Firm',
    item: 'Item',
    cooperative: 'Host cooperative',
    month: 'Month',
    year: 'Year',
  },
  names: {
    campaign: 'Campaign',
    firm: 'Firm',
    item: 'Item',
    cooperative: 'Host cooperative',
    month: 'Month',
    year: 'Year',
  },
  ordersCount: (count: number) => s(count, 'order'),
  firmsCount: (count: number) => s(count, 'firm'),
  comparedValue: 'Supply value compared',
  referenceValue: 'The same at the other price',
  savings: 'Saved',
  percent: 'Share saved',
  without: 'Not compared',
  allValue: 'Supply value of all orders',
  ofCompared: (reference: string, percent: string) => `${percent} of ${reference}`,
  whySavings: 'How the saving is counted',
  whySavingsText: (reference: string, compared: string, savings: string) =>
    `The same quantities at the compared price come to ${reference}; what was paid is ${compared}; the difference is ${savings}. VAT, delivery and fees are left out. Each order is rounded once.`,
  notCompared: (count: number, value: string) =>
    `${s(count, 'order')} (supply value ${value}) ${count === 1 ? 'has' : 'have'} no price to compare and ${count === 1 ? 'is' : 'are'} in neither the saving nor its share.`,
  whyNot: {
    last_price: 'The firm has no record of buying the item before the campaign closed.',
    list_price: 'The tiers of the awarded offer are not there any more.',
    losing_offers:
      'There was no losing offer, or none that could have carried the quantity that was ordered.',
  },
  foreign: (count: number) =>
    `${s(count, 'order')} in other currencies ${count === 1 ? 'is' : 'are'} left out.`,
  lines: 'Calculation',
  showLines: (name: string) => `Show the calculation of ${name}`,
  none: 'No orders of campaigns that closed in this period',
  noneText: 'Once a campaign has closed and there are orders, you see here what was saved.',
  toCampaigns: 'See campaigns',
  note: 'VAT, delivery and fees are left out. Counted are orders that were not cancelled, of campaigns that closed in the period.',
  more: (count: number) => `Show all, ${n(count)} more`,
};

export default en;
