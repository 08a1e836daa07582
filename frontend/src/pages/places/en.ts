import type ko from './ko';

const en: typeof ko = {
  place: 'Deliver to',
  own: 'Our address',
  noAddress: 'Your firm has no address yet. Add one in the settings, or name another place.',
  other: 'Another place',
  address: 'Address to deliver to',
  addressHint: 'For this campaign’s goods alone. The supplier and the office see it.',
  terms: (place: string) => `The campaign’s place: ${place}`,
  change: 'Deliver elsewhere',
  save: 'Save the place',
  saved: 'The place is changed',
  line: (place: string) => `Deliver to: ${place}`,
};

export default en;
