import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'A split award',
  first: 'The supplier cannot supply everything: what is left over comes from a second supplier.',
  second:
    'It supplies what the first supplier could not. Once the first part has closed, firms that chose it as their plan B join by themselves, and anybody may.',
  secondWaits: 'It can be joined once the first part has closed.',
  toFirst: 'To the first part',
  toSecond: 'To the second part',

  split: 'Split',
  splitOf: (supplier: string) => `Split the award with ${supplier}?`,
  splitText:
    'The capacity of this offer is not enough for demand as it stands. Choose a second offer for the rest: a second campaign is prepared beside this one.',
  other: 'Offer for the rest',
  choose: 'Choose',
  parts: 'Split, and each offer alone',
  part: 'Award',
  supplier: 'Supplier',
  quantity: 'Supplied',
  firms: 'Firms',
  price: 'Unit price',
  each: 'Cost of each (delivery and fee included)',
  short: 'Gone without',
  onlyFirst: 'First alone',
  onlySecond: 'Second alone',
  both: 'Split',
  whole: (whole: number, firms: number) =>
    `Of ${n(firms)} firms served, ${n(whole)} get all they ask for.`,
  follows:
    'Both campaigns open together, and the second closes a day after the first. The first asks for no more than its offer can supply. Until they open you can take it back.',
  notForced: 'This offer alone is enough for demand as it stands, so the award cannot be split.',
  reason: 'Why the award is split',
  reasonHint: 'It is kept, and the suppliers see it.',
  done: 'The award is split',
  fails: 'would fail',

  takeBack: 'Take the split back',
  takeBackTitle: 'Take the split award back?',
  takeBackText: (first: string, second: string) =>
    `The offer of ${first} stays awarded alone. “${second}”, which was prepared beside it, is cancelled; the second supplier’s offer comes back to this campaign and can be chosen again. That supplier is told that it was not chosen.`,
  takeBackShort: 'What the first supplier cannot supply cannot be bought in this campaign then.',
  takeBackReason: 'Why one supplier alone',
  takeBackHint: 'It takes the place of the reason for splitting; members can read it.',
  takenBack: 'The split was taken back',
};

export default en;
