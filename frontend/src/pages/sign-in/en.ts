import type ko from './ko';

const en: typeof ko = {
  signIn: 'Sign in',
  signUp: 'Sign up',
  noAccount: 'New here?',
  haveAccount: 'Already signed up?',
  forgot: 'Forgot your password?',
  email: 'E-mail',
  emailWrong: 'Check the address, such as name@company.co.kr',
  password: 'Password',
  passwordHint: 'At least 10 characters. Several words in a row are easy to remember.',
  passwordShort: 'Must be 10 characters or more',
  create: 'Sign up',
  sentTitle: 'Check your mail',
  sent: (email: string) =>
    `We sent a letter to ${email}. Follow the link in it to finish signing up.`,
  sentHint: 'If it does not arrive, look in the spam folder.',
  resetTitle: 'Choose a new password',
  resetText: 'Enter the e-mail address you signed up with and we will send you a link.',
  resetSend: 'Send the link',
  resetSent: (email: string) => `If ${email} is signed up, a link is on its way. Check your mail.`,
  newPassword: 'New password',
  resetSave: 'Change the password',
  resetDone: 'The password has been changed',
  linkDead: 'This link cannot be used: it has expired or was used already. Please ask for another.',
  verifyTitle: 'Confirm your e-mail address',
  verifyText: 'Press the button to confirm your e-mail address.',
  verifyDo: 'Confirm the address',
  verifyDone: 'Your address is confirmed',
};

export default en;
