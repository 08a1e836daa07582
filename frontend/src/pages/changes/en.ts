import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const firms = (value: number) => `${n(value)} ${value === 1 ? 'firm' : 'firms'}`;

const en: typeof ko = {
  terms: {
    tiers: 'Prices by quantity',
    differences: 'Differences by variant',
    pack_size: 'Pack',
    capacity: 'Capacity',
    lead_time_days: 'Lead time',
    delivery_cost: 'Delivery cost',
    valid_until: 'Valid until',
    note: 'Note',
  },
  none: 'none',
  noLimit: 'no limit',
  days: (days: number) => (days === 1 ? '1 day' : `${n(days)} days`),
  from: (quantity: string, price: string) => `from ${quantity}: ${price}`,
  term: 'Term',
  before: 'Until now',
  after: 'Changed to',
  worse: 'may be worse',

  answerTitle: 'The offer has changed',
  answerText: (until: string) =>
    `Please answer by ${until}. If you do not, you are left out at the closing and charged nothing.`,
  notCounted: 'Until you answer, your quantity is not counted in what closing now would give.',
  stay: 'Stay at these terms',
  stayTitle: 'Stay at the changed terms?',
  stayText: (quantity: string) =>
    `Your ${quantity} and your other conditions remain, and you agree to the changed offer.`,
  stayed: 'You stay at the changed terms.',
  waits: 'It is above the approval limit and waits for an owner.',
  orElse: 'Changing your quantity or limit, or withdrawing, is an answer as well.',
  onlyStays:
    'In your present standing your commitment cannot be changed: you may stay with it as it is, or withdraw it.',

  change: 'Change the terms',
  changeHint:
    'What is as good or better for every firm is in force at once. Anything else needs the office’s word, and firms for which it may be worse are asked again.',
  check: 'Check the change',
  trialTitle: 'Change it like this?',
  atOnce: 'It is as good or better for every firm: once sent, it is in force.',
  needsWord:
    'Some terms may be worse, so the office has to accept it. In force, the firms concerned do not count until they answer, and are left out if they have not by the deadline.',
  tooLate:
    'Less than 24 hours are left. The office has to extend the deadline before it can accept.',
  nothing: 'Nothing has been changed.',
  why: 'Reason',
  whyHint: 'The office reads it.',
  send: 'Send',
  sentAtOnce: 'The changed terms are in force.',
  sentForWord: 'The office has been asked.',
  withdraw: 'Take it back',
  withdrawn: 'The change was taken back.',
  states: {
    waiting: 'Waits for the office',
    accepted: 'In force',
    refused: 'The office has refused it',
    withdrawn: 'Taken back',
    lapsed: 'Not answered before the closing',
  },
  refusal: 'Reason',

  request: (supplier: string) => `${supplier} would change its offer`,
  askedBy: (person: string) => `asked for by ${person}`,
  touches: (count: number) =>
    count
      ? `If you accept, ${firms(count)} will be asked again.`
      : 'No firm that is in it now would be asked again.',
  firm: 'Firm',
  quantity: 'Quantity',
  limit: 'Price limit',
  anyPrice: 'any price',
  by: 'May be worse for it',
  more: (count: number) => `and ${n(count)} more`,
  closing: 'If it closed now',
  now: 'At the present terms',
  silent: 'Changed, if none of them answers',
  all: 'Changed, if all of them stay',
  gives: (price: string, quantity: string, count: number) =>
    `${price} each, ${quantity}, ${firms(count)}`,
  fails: 'it would not go ahead',
  accept: 'Accept',
  acceptTitle: 'Accept the change?',
  acceptText: (count: number) =>
    count
      ? `It is in force at once, and ${firms(count)} will not count until they answer. Who has not by the deadline is left out.`
      : 'It is in force at once.',
  accepted: 'The changed terms are in force.',
  refuse: 'Refuse',
  refuseTitle: 'Refuse the change?',
  refuseHint: 'The supplier reads it. The terms stay as they are.',
  refused: 'The change was refused.',
  answers: 'Answers to the changed offer',
  answered: (done: number, all: number) => `${n(done)} of ${firms(all)} have answered.`,
  unanswered: 'Not answered yet',
  changedAt: 'In force since',
};

export default en;
