import type ko from './documents-ko';

const en: typeof ko = {
  kinds: { registration: 'Business registration certificate', other: 'Other document' },
  none: 'No documents',
};

export default en;
