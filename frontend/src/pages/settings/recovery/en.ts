import type ko from './ko';

const en: typeof ko = {
  page: 'Helping people',
  erase: {
    title: 'Erase an account on request',
    text: 'For somebody who asks for it and cannot sign in.',
    before: [
      'Make sure that the person asks, for example by the registered telephone number, and say in the reason how.',
      'A last owner or coordinator hands over first.',
    ],
    do: 'Erase the account',
    consequences: (email) =>
      `The account ${email} is closed at once, and its personal data are erased within minutes. There is no way back.`,
    done: 'The account is closed. The personal data are erased within minutes.',
  },
  title: 'Reset a second factor',
  back: 'Settings',
  text: 'For somebody who has lost both the telephone and the recovery codes.',
  before: [
    'Make sure that it is the person, and not by e-mail: best by calling the number that the firm or cooperative has registered.',
    'Say in the reason how you made sure. The person is told, and it stays in the history.',
    'Your own is reset by another operator.',
  ],
  email: 'E-mail',
  why: 'Reason',
  whyHint: 'Such as: lost telephone, confirmed by calling the firm',
  reset: 'Reset',
  consequences: (email: string) =>
    `Takes the authenticator app, passkeys and recovery codes off ${email} and signs them out everywhere. They are told by e-mail. This cannot be undone.`,
  done: (email: string) => `The second factor of ${email} was reset`,
};

export default en;
