import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  mapping: 'Columns',
  mappingText: 'Say which column is what. The result below follows every choice.',
  noColumn: 'None',
  column: (at: number) => `Column ${n(at)}`,
  samples: (samples: string) => `E.g. ${samples}`,
  needed: 'Needed',
  missing: (names: string) => `Please choose these columns first: ${names}`,
  progress: (done: number, all: number) => `${n(done)} of ${n(all)} lines`,
  discard: 'Discard',
  discardTitle: 'Discard this file?',
  discarded: 'Discarded',
};

export default en;
