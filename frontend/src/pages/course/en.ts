import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');

const en: typeof ko = {
  title: 'Commitments over time',
  lead: 'The sum of all commitments since the campaign opened, whatever their price limits.',
  tier: (quantity: string, price: string) => `${price} from ${quantity}`,
  when: 'When',
  quantity: 'Quantity',
  firms: 'Firms',
  firmsCount: (count: number) => `${counted.format(count)} ${count === 1 ? 'firm' : 'firms'}`,
  opened: 'Opened',
  closes: 'Closes',
  none: 'There is nothing to show yet.',
  hidden: 'Totals that would give one firm’s quantity away are left out.',
};

export default en;
