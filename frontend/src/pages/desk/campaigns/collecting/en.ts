import type ko from './ko';

const en: typeof ko = {
  title: 'Where our members collect',
  text: 'Members of yours that are in this campaign are told by e-mail. Naming the same place again changes its days.',
  point: 'Pick-up point',
  first: 'First day',
  last: 'Last day',
  order: 'Not before the first day',
  note: 'Note',
  set: 'The place has been named',
  drop: 'Take it off',
  dropTitle: (name: string) => `Take ${name} off?`,
  dropText: 'Firms that were told already must be told by you.',
  dropped: 'The place was taken off',
  noPoints: 'There are no pick-up points yet',
  noPointsText: 'Add them on the page of your cooperative first.',
  toPoints: 'Add a pick-up point',
};

export default en;
