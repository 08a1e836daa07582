import type ko from './ko';

const en: typeof ko = {
  title: 'Approvals',
  lead: "Commitments above the firm's approval limit count once an owner has approved them.",
  toLimit: 'Approval limit',
  state: 'State',
  states: {
    waiting: 'Waiting',
    approved: 'Approved',
    declined: 'Declined',
    withdrawn: 'Taken back',
    lapsed: 'Too late',
  },
  campaign: 'Campaign',
  asked: 'Asked for',
  quantity: 'Quantity',
  upTo: (quantity: string) => `up to ${quantity} more`,
  limit: 'Price limit',
  anyPrice: 'any price',
  value: 'At most',
  valueText:
    'Quantity and tolerance at the price limit (without one, at the first tier), VAT included. The share of delivery and the cooperatives’ fee come on top.',
  above: (limit: string) => `Above the approval limit of ${limit}`,
  otherCurrency: 'The approval limit is in another currency and cannot be compared',
  closes: 'Closes',
  decided: (person: string) => `Decided by ${person}`,
  none: 'Nothing waits for approval',
  noneText: 'What a buyer asks for above the approval limit is shown here.',
  approve: 'Approve',
  approveTitle: 'Approve this commitment?',
  approveText: (quantity: string, value: string) =>
    `Your firm commits to ${quantity}. If its conditions are met at closing it is bound to buy, and the goods cost at most ${value} with VAT.`,
  approved: 'Approved. Your firm is in',
  decline: 'Decline',
  declineTitle: 'Decline this commitment?',
  declineText: (quantity: string) =>
    `The ${quantity} asked for do not count. A commitment that was approved before stays as it is.`,
  declineWhy: 'Reason',
  declineHint: 'Whoever asked reads it.',
  declined: 'Declined',
  takeBack: 'Take it back',
  takeBackTitle: 'Take the request back?',
  takenBack: 'The request is taken back',

  waitsTitle: 'Waiting for an owner’s approval',
  waitsText: (person: string, value: string) =>
    `Asked for by ${person}. It is at most ${value} with VAT, and counts once it is approved.`,
  heldStays: 'Your present commitment stays as it is.',
  wasDeclined: (person: string) => `${person} declined the last request`,
  wasLapsed: 'The last request was not approved before closing, and did not count',

  limitTitle: 'Approval limit',
  limitText:
    'What a buyer commits to waits for an owner where it could come to more than this (VAT included). Leave it empty to let buyers commit alone.',
  limitField: 'Limit',
  limitNone: 'No limit is set: buyers commit without approval.',
  limitIs: (amount: string) => `${amount} (VAT included)`,
  currency: 'Currency',
  limitSaved: 'The approval limit is saved',
  seeRequests: 'See requests',

  quoted: (value: string, limit: string) =>
    `It could come to ${value} with VAT, above your firm's approval limit of ${limit}. It counts once an owner approves it.`,
  quotedOther: (value: string) =>
    `It could come to ${value} with VAT, and your firm's approval limit is in another currency. It counts once an owner approves it.`,
};

export default en;
