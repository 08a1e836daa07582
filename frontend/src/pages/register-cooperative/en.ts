import type ko from './ko';

const en: typeof ko = {
  title: 'Register a cooperative',
  intro:
    'The operators of Mungchi look at your application. Once admitted, you are its first coordinator: you take members and begin campaigns.',
  number: 'Business registration number',
  numberHint: 'Such as 220-82-62517',
  numberWrong: 'This number cannot be right. Check all 10 digits.',
  send: 'Apply',
  done: 'Your application is on its way',
  again: 'Correct it and apply again',
  another: 'Register another cooperative',
  reason: (why: string) => `Reason: ${why}`,
  states: {
    applied: 'Being looked at',
    active: 'Admitted',
    refused: 'Not admitted',
    suspended: 'Suspended',
    left: 'Left',
  },
  stateText: {
    applied: 'The operators are looking at it. You will be told here and by e-mail.',
    active: 'Admitted. Switch to your seat as its coordinator at the top right.',
    refused: 'It was not admitted. You may correct it and apply again.',
    suspended: 'It was suspended. Campaigns that run go on.',
    left: 'It has left Mungchi.',
  },
};

export default en;
