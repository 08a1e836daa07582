import type ko from './ko';

const en: typeof ko = {
  state: 'State',
  sum: 'Sum (VAT excluded)',
  firm: 'Firm',
  wanted: 'Quantity',
  purchaseOrder: 'Purchase order',
  noOrderYet: 'Nothing ordered yet',
  noOrderYetText: 'When all transfers are confirmed, the purchase order goes to the supplier.',
  issuedAt: 'Issued',
  confirmedAt: 'Confirmed by the supplier',
  dueDate: 'Due',
  deliveries: 'Delivery to each firm',
  shipped: 'Sent',
  received: 'Received',
  fullOrder: 'See the purchase order',
  orders: 'List of orders',
  money: 'Money in',
};

export default en;
