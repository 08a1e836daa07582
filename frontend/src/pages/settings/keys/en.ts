import type ko from './ko';

const en: typeof ko = {
  title: 'API keys',
  back: 'Settings',
  text: (seat: string) =>
    `For programs, such as for accounting or stock, that act for ${seat}. When the seat goes, its keys stop at once.`,
  make: 'Make an API key',
  none: 'No API keys yet',
  noneText: 'Do not give a program your password: make it a key that can do only what it needs.',
  name: 'Name',
  nameHint: 'Which program uses it, such as: accounting',
  scopes: 'What it may do',
  scopesHint: 'Choose only what is needed. A key cannot be widened later: make a new one.',
  chooseOne: 'Please choose at least one thing that it may do.',
  days: 'Valid for',
  daysHint: 'A year at most.',
  daysOf: (days: string) => (days === '365' ? '1 year' : `${days} days`),
  expires: 'Expires',
  used: 'Last used',
  never: 'Never',
  status: 'Status',
  states: { active: 'In use', expired: 'Expired', revoked: 'Revoked' },
  revoke: 'Revoke',
  revokeOne: (name: string) => `Revoke ${name}`,
  revokeText: 'Programs that use this key are refused at once. This cannot be undone.',
  revoked: (name: string) => `${name} was revoked`,
  how: 'How to use one',
  howText:
    'Send the key in the Authorization header of each request. No cookie or CSRF token is needed.',
  madeTitle: 'The API key was made',
  madeText: 'It is shown only now. Put it where your program keeps its secrets.',
  key: 'API key',
  tryIt: 'Try it',
  copyKey: 'Copy the key',
  kept: 'I have put it away',
};

export default en;
