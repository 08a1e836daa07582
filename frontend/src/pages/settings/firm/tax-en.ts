import type ko from './tax-ko';

const en: typeof ko = {
  never: 'Not looked up',
  statuses: {
    registered: 'In business',
    suspended: 'Business suspended',
    closed: 'Closed',
    unknown: 'Not registered with the tax service',
  },
  asOf: '(looked up)',
  problems: {
    unreachable: 'The tax service did not answer.',
    refused: 'The tax service refused the look-up.',
    unreadable: 'The answer of the tax service could not be read.',
  },
  again: 'Tried again:',
};

export default en;
