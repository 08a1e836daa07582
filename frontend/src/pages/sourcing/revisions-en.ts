import type ko from './revisions-ko';

const en: typeof ko = {
  version: (number: number) => `Version ${number}`,
  terms: {
    differences: 'Differences',
    tiers: 'Prices',
    pack_size: 'Pack',
    capacity: 'Capacity',
    lead_time_days: 'Lead time',
    delivery_cost: 'Delivery',
    valid_until: 'Valid until',
    note: 'Note',
  },
  whileOpen: 'changed while open',
  none: 'none',
  noLimit: 'no limit',
  days: (days: number) => (days === 1 ? '1 day' : `${days} days`),
};

export default en;
