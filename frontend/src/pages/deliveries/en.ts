import type ko from './ko';

const en: typeof ko = {
  title: 'Where to collect',
  days: (first: string, last: string) => (first === last ? first : `${first} – ${last}`),
  none: 'No place has been named yet',
};

export default en;
