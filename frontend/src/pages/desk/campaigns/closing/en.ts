import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string) => `${n(value)} ${value === 1 ? one : `${one}s`}`;

const en: typeof ko = {
  firmsCount: (count: number) => s(count, 'firm'),
  closesAt: 'Campaign closes',
  fillsUntil: 'Filling ends',
  firm: 'Firm',
  wanted: 'Quantity',
  deliverTo: (place: string) => `Deliver to: ${place}`,
  tolerance: 'Would take more',
  minimum: 'At least',
  limit: 'Price limit',
  anyPrice: 'any price',
  acceptedAt: 'Accepted',
  commitmentState: 'State',
  mustAnswer: 'has to answer the changed offer',
  active: 'In',
  withdrawn: 'Withdrawn',
  commitmentsNone: 'No firm has joined yet',
  commitmentsNoneText: 'Whoever joins appears here at once.',
  commitmentsSort: { arrival: 'As they came', '-quantity': 'Largest first', firm: 'By firm' },
  private: 'Limits and quantities are seen by the office of the host only.',
  dryTitle: 'If it closed now',
  dryText: 'Computed, not stored. The result moves with every commitment.',
  decided: 'Price',
  ordered: 'Ordered',
  inFirms: 'Firms in',
  outFirms: 'Firms out',
  supplyValue: 'Supply value',
  hostFee: 'Our fee',
  partnerFee: "Partners' fees",
  feeVat: 'VAT on fees',
  fee: 'Fee',
  awardedQuantity: 'Gets',
  verdict: 'Result',
  sentence: 'Why',
  rules: 'The sharing rules differ',
  rulesText:
    'There is not enough for all, and each rule shares it otherwise. The marked one holds here.',
  thisRule: "this campaign's rule",
  inAll: 'In all',
  ruleFails: 'would fail',
  topUp: (quantity: string, to: string, value: string) =>
    `If the cooperative itself took ${quantity} more (${value}, VAT excluded), the price would fall to ${to}.`,
  topUpSaved: (saved: string) => `The firms that are in would then pay ${saved} less in all.`,
  topUpFirms: (count: number) => `${s(count, 'firm')} more would be in.`,
  close: 'Close now',
  endFilling: 'End the filling',
  endFillingText:
    'The filling ends before its time: what could still have been filled is not taken.',
  closeUnfilled: (hours: number) =>
    `Closed now, it is not filled for the ${n(hours)} ${hours === 1 ? 'hour' : 'hours'} after its deadline.`,
  closeTitle: 'Close the campaign now?',
  closeText: 'This cannot be undone. Nobody can join any more, and everybody is told the result.',
  closeSucceeds: (price: string, quantity: string, firms: number, total: string) =>
    `${quantity} at ${price} for ${s(firms, 'firm')}. Supply value ${total}.`,
  closeOut: (count: number) =>
    `${s(count, 'firm')} will be out, because the conditions they set are not met.`,
  closeFails: 'It would not come about. Nobody would buy.',
  typed: 'Title of the campaign',
  typedHint: (title: string) =>
    `It is above the amount that the cooperative has set. To confirm, type “${title}”.`,
  closeDo: 'Close',
  closeAsked: 'Another coordinator was asked to confirm',
  closeSecond: 'A firm of yours is in it, so it closes once another coordinator confirms.',
  closed: 'Closed',
  refresh: 'Compute again',
  record: 'Record of the clearing',
  recordWhole: 'The whole record as Excel',
  recordNumber: (number: number) => `Record ${number}`,
  closedAt: 'Closed',
  closedBy: 'Closed by',
  byClock: 'the system, by itself',
  ruleUsed: 'Sharing rule',
  inputs: 'Fingerprint of the inputs',
  lines: 'Result of each firm',
  linesNone: 'No firm had joined',
  commitments: 'Commitments',
  result: 'Result',
};

export default en;
