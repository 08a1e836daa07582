import type ko from './ko';

const en: typeof ko = {
  title: 'Being filled',
  until: 'Ends',
  left: 'Time left',
  priceNow: 'If it closed now',
  wouldFail: 'it would fail',
  rule: 'What is taken',
  missing: 'What is missing',
  ways: 'What would be taken now',
  take: 'Fill this',
  chosen: 'Chosen',
  withheld: 'What would give one other firm’s quantity away is not shown.',
  nothing: 'There is nothing that your firm could fill now.',
  nothingOffice: 'There is nothing to fill now.',
  mine: 'Your commitment now',
  quantity: 'Quantity',
  quantityNow: 'It cannot be less than now.',
  limit: 'Price limit',
  limitHint: 'It can only be raised. Left empty: any price.',
  limitHintNew: 'Left empty: any price.',
  tolerance: 'Tolerance',
  other: 'Another quantity',
  save: 'Fill',
  saved: 'It is taken, and cannot be withdrawn.',
  fixed: 'The deadline has passed: nothing can be reduced or withdrawn.',
  binding: 'It binds at once and cannot be withdrawn.',
  cannotJoin: 'You cannot take part from this seat.',
};

export default en;
