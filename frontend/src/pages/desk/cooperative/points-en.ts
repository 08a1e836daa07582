import type ko from './points-ko';

const en: typeof ko = {
  title: 'Pick-up points',
  intro: 'Where your members collect what they bought. Days are set for each campaign.',
  name: 'Name',
  address: 'Address',
  hours: 'Opening hours',
  hoursHint: 'Such as weekdays 09:00-18:00',
  add: 'Add a pick-up point',
  change: 'Change the pick-up point',
  saved: 'Saved',
  close: 'Close it',
  closeTitle: (name: string) => `Close ${name}?`,
  closeText: 'It cannot be chosen for new campaigns. Where it was named already it stays.',
  none: 'No pick-up points yet',
  noneText: 'Add the place if you hand goods out in one.',
};

export default en;
