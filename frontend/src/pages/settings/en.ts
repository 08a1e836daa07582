import type ko from './ko';

const en: typeof ko = {
  title: 'Settings',
  person: 'About me',
  name: 'Name',
  email: 'E-mail',
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
  saved: 'Saved',
  password: 'Change the password',
  current: 'Present password',
  wanted: 'New password',
  passwordHint: 'At least 10 characters',
  passwordShort: 'Must be 10 characters or more',
  passwordChange: 'Change the password',
  passwordChanged: 'The password has been changed',
  seats: 'My seats',
  firm: 'The firm and its documents',
  more: 'Notices, security, rights',
  links: {
    notifications: {
      name: 'How you are told',
      text: 'Screen and e-mail for each kind, quiet hours, the calendar',
    },
    methods: {
      name: 'Payment methods',
      text: 'Cards and wallets, and what was agreed to be charged',
    },
    security: {
      name: 'Sign-in and security',
      text: 'Second factor, passkeys, where you are signed in',
    },
    keys: { name: 'API keys', text: 'For programs that act for this seat' },
    permissions: { name: 'Who may do what', text: 'The table of what each kind of seat may do' },
    recovery: {
      name: 'Helping people',
      text: 'Reset a second factor, erase an account on request',
    },
    close: { name: 'Erase your account', text: 'Take your personal data out and leave' },
  },
  addFirm: 'Register a firm',
  addCooperative: 'Register a cooperative',
  memberOf: (names: string) => `Member of ${names}`,
  applied: (names: string) => `Waiting to be admitted by ${names}`,
  invited: (names: string) => `Invited as a member by ${names}`,
  toPeople: 'People and invitations',
  toMemberships: 'Cooperatives',
  leave: 'Leave',
  leaveTitle: (place: string) => `Leave ${place}?`,
  leaveText: 'To come back you need an invitation. Your account and what you did so far stay.',
  left: (place: string) => `You have left ${place}`,
};

export default en;
