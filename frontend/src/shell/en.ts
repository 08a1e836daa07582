import type ko from './ko';

const en: typeof ko = {
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  mismatch: 'The e-mail address or the password is not right.',
  verifyFirst: 'Please confirm your e-mail address first: use the link in the letter we sent you.',
};

export default en;
