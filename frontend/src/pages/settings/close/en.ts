import type ko from './ko';

const en: typeof ko = {
  title: 'Erase your account',
  back: 'Settings',
  text: 'Once it is closed you cannot sign in any more, and within minutes your personal data are erased. This cannot be undone.',
  goes: 'What goes',
  goesList: [
    'Your name, e-mail address, and the telephone number you gave for introductions. The history says “erased person” and a number.',
    'Your password, second factors, signed-in devices and API keys',
    'Your seats, your notices, and letters to you',
  ],
  stays: 'What stays',
  staysList: [
    'Commitments, orders, payments and purchase orders: records of the firm and the cooperative, which the law asks to keep.',
    'The representative and contact data in the firm’s profile. Somebody else in the firm can change them.',
    'What changed and when. Who did it can no longer be told.',
  ],
  seats: 'Seats that end',
  seatsNone: 'You have none.',
  last: 'You are the last one in charge there. Please hand over first.',
  handOver: 'Hand over',
  keys: (count) => (count === 1 ? 'One API key stops as well.' : `${count} API keys stop as well.`),
  close: 'Erase my account',
  blocked: 'There is a place to hand over before.',
  confirmTitle: 'Really erase your account?',
  confirmText: (email) =>
    `The account ${email} is closed and its personal data are erased. There is no way back.`,
  done: 'Your account is closed. Your personal data are erased within minutes.',
};

export default en;
