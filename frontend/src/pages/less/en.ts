import type ko from './ko';

const n = (value: number) => value.toLocaleString('en');
const s = (count: number, one: string, many = `${one}s`) =>
  `${n(count)} ${count === 1 ? one : many}`;

const en: typeof ko = {
  title: 'Deliver less than was ordered?',
  text: (ordered: string) =>
    `${ordered} were ordered. Say how much you can deliver, why, and by when; the cooperative then accepts it or ends the campaign. Until it has, you may answer otherwise.`,
  quantity: 'What you can deliver',
  quantityHint: (pack: string) => `In whole packs of ${pack}.`,
  of: (name: string, ordered: string) => `${name} (${ordered} ordered)`,
  sum: 'In all',
  tooMuch: 'Must be below what was ordered',
  notPack: (pack: string) => `Must be whole packs of ${pack}`,
  dueDate: 'Delivered by',
  dueDateHint: 'The day by which you deliver.',
  why: 'Reason',
  whyHint: 'The cooperative reads it, and so do the firms that get less.',
  effect: 'If it is accepted',
  effectQuantity: (quantity: string) => `The purchase order is over ${quantity} at most.`,
  effectPrice: (price: string) =>
    `The unit price stays at ${price}. Even where so little reaches only a dearer tier, firms pay no more.`,
  effectDelivery: 'The delivery cost falls with the quantity.',
  effectLess: 'It may become less where a firm falls below the least it would take.',
  effectAmount: (amount: string) =>
    `The supply value is ${amount} at most (VAT and delivery excluded).`,
  send: 'Ask the cooperative',
  check: 'Please check',
  next: 'Next',
  back: 'Change',
  sent: 'The cooperative was asked',

  state: {
    asked: 'The cooperative is asked',
    accepted: 'Accepted by the cooperative; the purchase order follows in a moment',
    done: 'This is what the supplier confirmed',
    ended: 'The campaign was ended',
    withdrawn: 'Taken back',
  },
  said: (quantity: string, ordered: string) => `${quantity} of the ${ordered} ordered`,
  saidWhy: 'The supplier’s reason',
  reason: 'The cooperative’s reason',
  answerBy: 'To be answered by',
  confirmed: 'Confirmed',
  asLong:
    'Until the cooperative answers you may confirm everything, ask about another quantity, or refuse.',

  officeTitle: 'The supplier confirms less than was ordered',
  late: 'Your answer is overdue. Until you decide nothing is delivered.',
  would: 'If you accept',
  takes: (quantity: string, offered: string) =>
    `Firms can take ${quantity} of the ${offered}. The rest fits neither smallest quantities nor packs and goes to nobody.`,
  takesAll: (quantity: string) => `All of the ${quantity} go to firms.`,
  firms: (stay: number, fewer: number, out: number) =>
    `${s(stay, 'firm')} ${stay === 1 ? 'stays' : 'stay'} in${fewer ? `, ${n(fewer)} of them with less` : ''}.${out ? ` ${s(out, 'firm')} ${out === 1 ? 'gets' : 'get'} nothing.` : ''}`,
  price: 'The price stays.',
  goesBack: 'What goes back to firms',
  supplyValue: 'Supply value',
  delivery: 'Delivery',
  vat: 'VAT',
  fees: 'Fees, VAT included',
  total: 'In all',
  firm: 'Firm',
  before: 'Ordered',
  then: 'Then',
  backTo: 'Goes back',
  belowMinimum: (minimum: string) => `below its least of ${minimum}`,
  nothing: 'nothing',
  more: (count: number) => `and ${n(count)} more`,
  nobody:
    'At this quantity every firm falls below the least it would take. The campaign can only be ended.',
  accept: 'Accept less',
  acceptText: 'It is shared out again at once, and money goes back. This cannot be undone.',
  end: 'End the campaign',
  endText: 'The campaign fails, and all that was paid goes back. This cannot be undone.',
  reasonLabel: 'Reason',
  acceptHint: 'The supplier reads it, and it stays in the record.',
  endHint: 'The supplier and all firms read it.',
  typed: 'The campaign’s title',
  second: 'Your own firm is concerned, so another coordinator has to confirm.',
  secondAsked: 'Another coordinator was asked to confirm',
  accepted: 'Less was accepted',
  ended: 'The campaign was ended',

  changed: 'The supplier confirmed less',
  changedText: (before: string, now: string) =>
    `You get ${now} of the ${before} that you ordered, at the same price. The amounts below are for the smaller quantity.`,
  outText: (before: string) =>
    `Nothing was left of the ${before} that you ordered, so your order is cancelled. All that you paid goes back to you.`,
  wasOrdered: 'As ordered',
};

export default en;
