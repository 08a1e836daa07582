import type ko from './ko';

const en: typeof ko = {
  amount: 'To be charged',
  method: 'Method',
  paidAt: 'Paid at',
  due: 'Due',
  scheduled: 'Your saved method will be charged shortly. There is nothing you have to do.',
  processing:
    'The payment is being processed. We will tell you the outcome; nothing is charged twice.',
  again: (why: string, day: string) =>
    `Charging did not work (${why}). We will try again on ${day}. You can also pay now with another method.`,
  needs: (why: string) =>
    `Charging did not work (${why}). Please pay below, or choose to transfer the money.`,
  choose: 'Choose a method',
  none: 'There is no saved method that can be used.',
  save: 'Save a method',
  pay: (amount: string) => `Pay ${amount}`,
  transfer: 'Pay by transfer',
  transferTitle: 'Pay by transfer instead?',
  transferText: 'The charge is given up, and you are shown the account and the reference.',
  leaving: 'Going to your bank’s page…',
  looking: 'Finding out what became of the payment…',
  paid: 'Paid.',
  notYet: 'The payment is not complete yet.',
  reasons: {
    insufficient_funds: 'not enough money or limit',
    expired_card: 'the card has expired',
    lost_card: 'the card was reported lost',
    stolen_card: 'the card was reported stolen',
    authentication_required: 'you have to confirm it',
    processing_error: 'an error in processing',
    '': 'you have to confirm it',
  },
  otherReason: 'declined by the bank',
};

export default en;
