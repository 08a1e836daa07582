import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string) => `${n(value)} ${value === 1 ? one : `${one}s`}`;

const en: typeof ko = {
  offersNone: 'No offers yet',
  offersNoneText: 'Invite suppliers to get some.',
  offersSealed: 'The offers are sealed',
  offersSealedText: 'All of them are opened at once when they are due.',
  eachOffer: 'Offer by offer',
  compareAt: 'Quantity to compare at',
  compareHint: 'Which offer would be best if this much was bought.',
  atQuantity: (quantity: string) => `For ${quantity}`,
  landed: 'Each, with delivery and fee',
  landedWhy:
    '(price at that quantity × ordered quantity + delivery + fee) ÷ ordered quantity. Only full packs are ordered, as at the closing.',
  goods: 'Goods',
  deliveryCost: 'Delivery',
  fee: 'Fee of the host',
  sum: 'Sum (VAT excluded)',
  best: 'lowest',
  tiers: 'Tiers',
  pack: 'Pack',
  capacity: 'Capacity',
  noCapacity: 'no limit',
  leadTime: 'Lead time',
  leadTimeText: (days: number) => `${s(days, 'day')} after the order`,
  validUntil: 'Valid until',
  note: 'Note',
  origin: 'Made of',
  standing: 'a standing offer',
  byOffice: 'taken in by the office',
  bySupplier: 'posted by the supplier',
  short: (left: string) =>
    `Other campaigns have taken of this standing offer since: ${left} left in the period. Please ask the supplier before you choose it.`,
  free: 'none',
  tooFew: 'Does not supply so little',
  tooMany: (capacity: string) => `More than its capacity of ${capacity}`,
  award: 'Award',
  awardTitle: (supplier: string) => `Award the offer of ${supplier}?`,
  awardText: 'Until the campaign opens you may choose again. The other suppliers are told too.',
  awardEarly:
    'Offers are not due yet. If you choose now, nobody offers or revises any more, and until then, or until the campaign opens, the chosen supplier may still withdraw.',
  awardWhy: 'Reason for the award',
  awardWhyHint: 'Kept in the history; members can read it.',
  awardWhyPlaceholder: 'such as: lowest price at the expected quantity, and in time',
  awardAsked: 'Another coordinator was asked to confirm',
  awardSecond:
    'A firm of yours is concerned, so the offer is awarded once another coordinator confirms.',
  papers: 'Files and versions',
  files: 'Files of the offer',
  versions: 'What changed between versions',
  awardDone: 'The offer was awarded',
  expired: 'No longer valid',
  withdrawn: 'Withdrawn',
};

export default en;
