import type ko from './others-ko';

const en: typeof ko = {
  answer:
    'The offer has changed and this commitment waits for an answer. An owner or a buyer of the firm gives it.',
  change: 'An owner or a buyer of the firm can change or withdraw it.',
};

export default en;
