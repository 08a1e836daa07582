import type ko from './nav-ko';

const en: typeof ko = {
  sections: 'Money in',
  payments: 'Payments',
  title: 'Bank lines',
  import: 'Import',
  returns: 'To send back',
  reconciliation: 'Open items',
  disputes: 'Disputes',
  ways: 'Ways of paying',
  terms: 'On account',
  refunds: 'Refunds',
  payouts: 'Payouts',
};

export default en;
