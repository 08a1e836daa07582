import type ko from './ko';

const en: typeof ko = {
  title: 'How you pay',
  transfer: 'By bank transfer',
  transferText: 'If it succeeds you are told an account and a reference, and send the money.',
  terms: (day: string) => `On terms, by ${day}`,
  termsText: (limit: string, left: string) =>
    `The order goes ahead and you send the money by that day. ${left} of your limit of ${limit} is left`,
  termsOver: (most: string, left: string) =>
    `The most that may be owed is ${most}, above the ${left} that is left of your limit. If your order comes to more at the closing, it is paid by transfer.`,
  noTerms: (why: string) => `You cannot buy on terms at present (${why}).`,
  saved: (label: string) => `${label}, charged by itself`,
  upTo: (amount: string) => `Up to ${amount} in one payment`,
  tooMuch: (amount: string) => `It cannot carry ${amount}, the most that may be owed`,
  agree: 'By choosing this you agree to:',
  consent: 'What you agree to',
  noMethods: 'Save a card or a wallet to be charged by itself.',
  save: 'Save a method',
  test: 'Test mode: no money moves',
  now: 'How you pay',
  byTransfer: 'By bank transfer',
  most: 'At most',
  notCovered: (most: string, agreed: string) =>
    `The most that may be owed is now ${most}, above the ${agreed} you agreed to. Unless you agree again, an amount above it is asked for by transfer.`,
  change: 'Change how you pay',
  again: 'Agree to the new amount',
  done: 'Your way of paying is set',
  notDone: (why: string) => `Your commitment is saved. You pay by transfer. ${why}`,
  apply: 'Pay this way',
  waits: 'Once it is approved you can agree to be charged on this page.',
};

export default en;
