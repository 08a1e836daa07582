import type ko from './ko';

const en: typeof ko = {
  title: 'Variants',
  perVariant: 'Quantity of each variant',
  perVariantHint:
    'All variants together bring the price down. Leave those that you do not need empty.',
  sum: (quantity: string) => `${quantity} in all`,
  none: 'Please give a quantity for at least one variant.',
  goesTo: 'The extra quantity goes to',
  goesToMost: 'The variant you want most of',
  same: 'base price',
  basePrice: 'Base price',
  more: (price: string) => `+${price}`,
  less: (price: string) => `−${price}`,
  atMost: (price: string) => `at most ${price}`,
  limitText: 'Your highest price is meant before the differences of variants.',
  now: 'Price now',
  most: 'At most',
  quantity: 'Quantity',
  unitPrice: 'Unit price',
  value: 'Supply value',
  differences: 'Differences by variant',
  differencesHint:
    'What is added to or taken off the price of a tier (VAT excluded), the same at every tier. Left empty, a variant costs the tier’s price.',
  sign: (name: string) => `${name}: add or take off`,
  plus: 'Add',
  minus: 'Take off',
  free: 'At the lowest tier it would cost nothing.',
  packs:
    'Packs are counted over all variants together. Goods whose every variant has packs of its own should be an item that is counted in packs.',
  standing:
    'A standing offer has no differences: every variant goes in at the same price. You can revise it afterwards.',
  base: 'Prices and costs are those before the differences of variants.',
  choose: 'Variants to buy this time',
  chooseHint:
    'Firms say how many of each; the tiers count them together. They are fixed once sourcing has started.',
  fixed: 'Sourcing has started, so they are fixed.',
  compared: 'Each variant is reckoned at the price compared with plus its difference.',
  lines: (value: string) =>
    `The supply value of ${value} is the sum over the variants: quantity times unit price (base price and difference), each rounded once. VAT is added to that sum and to the share of delivery.`,
};

export default en;
