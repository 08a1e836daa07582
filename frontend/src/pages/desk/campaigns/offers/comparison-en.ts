import type ko from './comparison-ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string) => `${n(value)} ${value === 1 ? one : `${one}s`}`;

const en: typeof ko = {
  title: 'Comparison and recommendation',
  rule: 'How is it recommended',
  against: {
    commitments: 'Against the commitments, and needs beside them',
    needs: 'Against the needs of the pool',
    threshold: 'Nothing is known to be wanted; against what the threshold asks for',
  },
  supplier: 'Supplier',
  each: 'Each, with delivery and fee',
  served: 'Serves',
  leadTime: 'Lead time',
  days: (days: number) => s(days, 'day'),
  firms: (count: number) => s(count, 'firm'),
  out: (count: number) => `${s(count, 'firm')} out`,
  short: (quantity: string) => `${quantity} short`,
  grown: (percent: string) => `Demand +${percent}`,
  howMuch: (supplier: string, percent: string) => `${supplier}, demand +${percent}`,
  price: 'Unit price',
  delivery: 'Share of delivery',
  fee: 'Fee of the host',
  fails: 'would fail',
  recommended: 'recommended',
  ends: 'ends before the deadline',
  award: 'Award',
  split: 'Split',
  awarded: 'awarded',
  chart: 'Cost of each by quantity (with delivery and fee, VAT excluded)',
  today: (quantity: string) => `today: ${quantity}`,
  turns: 'The cheapest offer by quantity',
  cut: (level: string) => `Costs above ${level} are not drawn; the table has them.`,
};

export default en;
