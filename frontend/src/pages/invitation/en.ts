import type ko from './ko';

const en: typeof ko = {
  title: 'Invitation',
  invites: (who: string) => `${who} invites you`,
  intoFirm: (place: string, role: string) =>
    `You are invited to the firm “${place}”, as ${role.toLowerCase()}.`,
  intoOffice: (place: string, role: string) =>
    `You are invited to the office of the cooperative “${place}”, as ${role.toLowerCase()}.`,
  onBehalf: (host: string) => `It comes from ${host}.`,
  sentTo: 'Sent to',
  role: 'Role',
  by: 'From',
  until: 'Until',
  first: 'To accept, please sign in or sign up first.',
  mailOnly: (email: string) => `Only an account with the address ${email} can accept it.`,
  signIn: 'Sign in and accept',
  signUp: 'Sign up and accept',
  as: (email: string) => `You accept as ${email}.`,
  name: 'My name',
  nameHint: 'Shown to those you work with.',
  accept: 'Accept the invitation',
  accepted: (place: string) => `You now belong to ${place}`,
  otherAccount: 'Use another account',
  other: (email: string) =>
    `This invitation was sent to ${email}, which is not the address of your present account. Please sign in with the account of that address.`,
  seated: (place: string) =>
    `You belong to ${place} already. Your role can be changed on its page of people.`,
  done: 'You have accepted this invitation already.',
  dead: 'This invitation cannot be used',
  home: 'To the first page',
};

export default en;
