import type ko from './ko';

const en: typeof ko = {
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  mismatch: 'The e-mail address or the password is not right.',
  verifyFirst: 'Please confirm your e-mail address first: use the link in the letter we sent you.',
  passkeySignIn: 'Sign in with a passkey',
  passkeyUse: 'Use a passkey',
  passkeyGivenUp: 'The passkey was not confirmed. Try again, or use another way.',
  passkeyFailed: 'This passkey cannot be used. Please sign in another way.',
  secondText: 'The password is right. One step more: your second factor.',
  code: 'Code',
  codeHint: 'The 6 digits in your authenticator app. A recovery code works too.',
  recoveryCode: 'Recovery code',
  recoveryHint: 'When you cannot use your passkey: the 8 digits you kept',
  codeWrong: 'This code is not right, or was used already. Please enter a new one.',
  tooLate: 'That took too long. Please start again with your password.',
  lost: 'Lost your telephone or device?',
  lostText:
    'Sign in with one of the recovery codes you kept, then add your new device. Without codes, ask an operator to reset it, through your cooperative.',
  proveTitle: 'Confirm that it is you',
  proveText: 'This is an important setting, so we ask once more.',
  prove: 'Confirm',
  byCode: 'Use a code instead',
  byPassword: 'Use the password instead',
  passwordWrong: 'The password is not right.',
};

export default en;
