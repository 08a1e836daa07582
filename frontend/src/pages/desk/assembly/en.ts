import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'Assembly figures',
  period: 'Period',
  years: { this: 'This year', last: 'Last year', free: 'Other dates' },
  first: 'From',
  last: 'To',
  print: 'Print',
  saveDivisions: 'Divisions as Excel',
  saveMonths: 'Months as Excel',
  heading: (name: string) => `${name}: figures for the assembly`,
  asOf: 'Members and firms left out are as of today.',
  division: 'Division',
  noDivision: 'No division',
  all: 'All',
  groups: {
    people: 'Taking part',
    money: 'Bought together',
    seeking: 'Sought out',
    bringing: 'Introduced',
  },
  columns: {
    members: 'Members',
    joined: 'Joined',
    taking_part: 'Taking part',
    campaigns: 'Campaigns',
    supply_value: 'Supply value',
    savings: 'Saved',
    left_out: 'Left out',
    contacted: 'Contacted',
    returned: 'Came back',
    introduced: 'Introduced',
    worked_out: 'Worked out',
    introduction_value: 'Value',
  },
  whySavings: 'How savings are counted',
  whySavingsText:
    "What the same quantities would have cost at the first tier of the awarded offer, less what they cost. It is no comparison with other suppliers' prices.",
  note: 'Supply value and savings exclude VAT, delivery and fees of cooperatives, and count orders that stand, of campaigns that closed in the period. Savings are against the first tier of the awarded offer.',
  returnedNote:
    'A firm came back when it was on the list of firms left out and then joined a campaign. Introductions count with the division of the firm that was looking for something.',
  foreign: (count: number) =>
    `${n(count)} ${count === 1 ? 'order' : 'orders'} in other currencies are not counted.`,
  months: 'Firms that came back, by month',
  month: 'Month',
  monthsNone: 'No firm came back in this period.',
  share: (part: string) => `${part} of members`,
};

export default en;
