import type ko from './ko';

const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`;

const en: typeof ko = {
  section: 'On terms',
  about:
    'Firms that you trust pay later, by a due day. The purchase order goes out at once, and the cooperative bears what is not paid. Which firm may, and up to how much, is set for each.',
  notOffered: 'Not offered.',
  begin: 'Offer terms',
  stop: 'Offer no more',
  stopTitle: 'Offer terms no more?',
  stopText:
    'Firms that chose terms pay by transfer where their order is not made yet. Orders that are on account already stay so, with their due days.',
  who: 'Limits and overdue firms',
  basis: 'By when firms pay',
  bases: {
    month_end: 'From the end of the month of the closing',
    closing: 'From the closing',
  },
  baseTexts: {
    month_end: 'A month’s orders are due on the same day. 0 days: by the last day of that month.',
    closing: 'Every order has a due day of its own.',
  },
  due: {
    month_end: (count: number) =>
      count
        ? `${days(count)} after the end of the month of the closing`
        : 'The last day of the month of the closing',
    closing: (count: number) =>
      count ? `${days(count)} after the closing` : 'The day of the closing',
  },
  days: 'How many days after',
  dayUnit: 'days',
  usual: 'Usual limit',
  usualHint: 'What a firm may owe at a time unless you set another limit for it.',
  grace: 'Days of grace',
  graceHint: 'Overdue for longer, a firm buys nothing more on terms.',
  graceDays: days,
  payouts: 'Paying suppliers',
  holds: 'Pay suppliers only once all that is on account is there',
  holdsHint:
    'Otherwise you can pay from the cooperative’s own money, after confirming what is open.',
  holdsYes: 'Once all that is on account is there',
  holdsNo: 'Before that, when confirmed',
  save: 'Save',
  saved: 'Saved',

  title: 'On account',
  lead: 'Which firms may buy on terms, up to how much, and how long they are overdue.',
  monthly: 'Monthly statements',
  ways: 'Terms',
  add: 'Give a firm a limit',
  firm: 'Firm',
  limit: 'Limit',
  open: 'Owed',
  left: 'Left',
  ages: {
    not_due: 'Not due',
    to_30: '1 to 30 days over',
    to_60: '31 to 60 days over',
    to_90: '61 to 90 days over',
    over_90: 'Over 90 days',
  },
  aging: 'How long overdue',
  stopped: 'Stopped',
  stoppedWhy: 'Overdue beyond the grace: nothing new on terms',
  no: 'Not on terms',
  search: 'Firm or business number',
  show: 'Show',
  shows: { overdue: 'Overdue firms', owing: 'Firms that owe' },
  orderings: {
    firm: 'By name',
    oldest: 'Longest overdue first',
    '-open': 'Owing most first',
    '-amount': 'Highest limit first',
  },
  none: 'No firm buys on terms',
  noneText:
    'Give a firm that you trust a limit; it can then choose to pay on terms when it commits.',
  set: 'Change the limit',
  setTitle: (firm: string) => `Limit of ${firm}`,
  newTitle: 'Which firm gets a limit?',
  amount: 'Limit',
  amountHint: 'With 0 it cannot buy on terms. What is owed already stays.',
  usualIs: (amount: string) => `Left empty it is the usual limit, ${amount}.`,
  why: 'Reason',
  whyHint: 'The firm reads it.',
  done: 'The limit is set',

  takeOffTitle: (firm: string) => `Lower what ${firm} owes?`,
  takeOff: 'Take some off',
  takeOffText:
    'It is taken off what was not paid yet; the supplier’s part and the fees shrink with it. Possible once the supplier has taken the order.',
  takeOffAmount: 'Amount, VAT and fees included',
  takeOffHint: (left: string) => `${left} at most`,
  takeOffDone: 'Less is owed now',
};

export default en;
