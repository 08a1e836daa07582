import type ko from './tiers-ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string) => `${n(value)} ${value === 1 ? one : `${one}s`}`;

const en: typeof ko = {
  tiers: 'Tiers: quantity and price',
  tiersHint:
    'When the total reaches this quantity, everybody pays this price. Quantities rise, prices fall. You may paste two columns from a spreadsheet.',
  tier: (at: number) => `Tier ${n(at)}`,
  from: 'From',
  price: 'Unit price',
  addTier: 'Add a tier',
  removeTier: (at: number) => `Remove tier ${n(at)}`,
  rising: (quantity: string) => `Must be more than ${quantity}, as in the tier before`,
  falling: (price: string) => `Must be less than ${price}, as in the tier before`,
  pasted: (count: number) => `${s(count, 'tier')} pasted`,
};

export default en;
