import type ko from './ko';

const en: typeof ko = {
  disputed:
    'Your bank disputes this payment and has taken the money back. Until it has decided, nothing can be refunded.',
  chargedBack: 'Your bank has taken this payment back.',
  asked: 'Your cooperative asks you to pay this again by transfer.',
  paid: 'What you paid again has arrived.',
  amount: 'Amount to transfer',
  account: 'To the account',
  holder: 'Account holder',
  reference: 'Reference',
  due: 'To be paid by',
};

export default en;
