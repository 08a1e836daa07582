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
  addFirm: 'Register a firm',
  addCooperative: 'Register a cooperative',
  memberOf: (names: string) => `Member of ${names}`,
  applied: (names: string) => `Waiting to be admitted by ${names}`,
};

export default en;
