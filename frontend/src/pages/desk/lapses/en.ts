import type ko from './ko';

const counted = new Intl.NumberFormat('en');
const n = (value: number) => counted.format(value);
const many = (count: number, one: string, more: string) =>
  `${n(count)} ${count === 1 ? one : more}`;

const en: typeof ko = {
  title: 'Payments and outlook',
  due: 'Due',
  grace: (days) => (days ? `then ${many(days, 'day', 'days')} of grace` : 'no grace'),
  noGrace: 'nothing lapses by itself',
  sums: { paid: 'Paid', on_account: 'On account', waiting: 'Not paid yet', lapsed: 'Lapsed' },
  count: (count) => many(count, 'firm', 'firms'),
  firms: (count) => many(count, 'firm', 'firms'),
  pleaseDecide:
    'What is left does not carry the price that firms agreed to. Nothing is ordered until you decide how it goes on.',
  short: 'What is left does not carry the price that firms agreed to by itself.',
  now: 'If all who are left pay',
  whatIf: 'What if some do not pay?',
  whatIfText:
    'It is worked out as if those ticked never pay. You are only looking: nothing changes.',
  more: (count) => `There are ${many(count, 'more firm', 'more firms')}.`,
  then: 'If those ticked do not pay',
  carries: (price) => `The price of ${price} stays.`,
  doesNot: (price) => `The price of ${price} does not stay by itself.`,
  left: 'What is left',
  tier: 'Tier of this price',
  from: (quantity) => `from ${quantity} on`,
  asked: 'Price of the offer',
  notSold: 'not in the offer',
  difference: 'Difference the cooperative would pay (with VAT)',
  delivery: 'Delivery the cooperative pays (with VAT)',
  refunds: 'To be returned if it fails',
  kinds: { word: 'Supplier asked to hold the price', pay: 'The cooperative pays the difference' },
  holdStates: {
    word: {
      asked: 'waiting for the answer',
      held: 'promised by the supplier',
      refused: 'refused by the supplier',
      withdrawn: 'taken back',
      lapsed: 'of no use any more',
    },
    pay: {
      asked: 'waiting',
      held: 'decided',
      refused: 'refused',
      withdrawn: 'taken back',
      lapsed: 'of no use any more',
    },
  },
  reason: 'Reason',
  answer: 'The supplier’s answer',
  extendAll: 'More time for all who have not paid',
  extendAllText: (count) =>
    `Gives ${many(count, 'firm', 'firms')} that ${count === 1 ? 'has' : 'have'} not paid more time. The grace moves along, and each is told.`,
  extendOneText: (firm) =>
    `Gives ${firm} more time to pay. The grace moves along, and the firm is told.`,
  extendTitle: 'More time to pay',
  extend: 'Give more time',
  extended: 'More time was given',
  lastDay: 'New last day',
  lastDayHint: 'They can pay until the end of this day. It can only be a later one.',
  why: 'Reason',
  whyTold: 'The firm is told this.',
  lapse: 'Cancel now',
  lapseTitle: 'Cancel before the grace is over?',
  lapseText: (firm, amount) =>
    `${firm} is no longer asked for ${amount}, and its order is cancelled. It cannot be undone, and the campaign is cleared again on who is left.`,
  lapseDone: 'It will be cancelled in a moment',
  decide: 'Decide how it goes on',
  decideTitle: 'How does it go on?',
  decideText: (quantity, firms, price) =>
    `${quantity} of ${firms} are left; the price agreed is ${price}.`,
  someMayPay: (count) =>
    `${many(count, 'firm', 'firms')} may still pay. If one of them does not, this has to be decided again.`,
  second: 'Your own firm is concerned, so another coordinator has to confirm.',
  way: 'How it goes on',
  ways: { word: 'Ask the supplier', pay: 'Pay the difference', fail: 'Let it fail' },
  wordText: (quantity, price) =>
    `Asks the supplier for ${quantity} at the same price of ${price}. It is ordered once it says yes.`,
  payText: (amount) =>
    `The cooperative pays ${amount} (with VAT) and orders. What firms pay stays the same.`,
  failText: (amount) => `Cancels all orders and returns the ${amount} received.`,
  noPrice: 'The offer has no price for this quantity, so there is no difference to pay.',
  reasonToSupplier: 'The supplier reads this.',
  reasonToAll: 'The firms in it and the supplier read this.',
  reasonKept: 'It is kept in the history.',
  typed: 'Please type the campaign’s title to confirm',
  decided: 'Decided',
  secondAsked: 'Another coordinator was asked to confirm',
  lapses: 'Payments that lapsed',
  lapsesText: (lapsed, asked) => `${n(lapsed)} of ${n(asked)} asked for`,
  noLapses: (asked) => (asked ? `none of ${n(asked)} asked for` : 'nothing asked for yet'),
};

export default en;
