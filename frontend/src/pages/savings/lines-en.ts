import type ko from './lines-ko';

const counted = new Intl.NumberFormat('en');
const n = (value: number) => counted.format(value);
const s = (count: number, one: string) => `${n(count)} ${one}${count === 1 ? '' : 's'}`;

const en: typeof ko = {
  linesOf: (name: string) => `${name}: the calculation, order by order`,
  calculation: (quantity: string, reference: string, value: string, paid: string) =>
    `${quantity} × ${reference} = ${value}, paid ${paid}`,
  noReference: 'Nothing to compare with',
  sources: {
    last_price: (day: string, document: string) =>
      `bought on ${day}${document ? ` (${document})` : ''}`,
    order: (day: string, document: string) => `order ${document} of ${day}`,
    list_price: () => 'first tier of the offer awarded',
    losing_offers: (_day: string, _document: string, offers: number) =>
      `average of ${s(offers, 'losing offer')}`,
  },
  closed: 'Closed',
};

export default en;
