import type ko from './ko';

const en: typeof ko = {
  title: 'Ways of paying',
  lead: 'How firms pay the cooperative. The money always goes to the cooperative’s own bank account, or its own account with a provider.',
  transfer: 'Bank transfer',
  transferOn: 'Always on. It is also how firms pay where another way does not do.',
  transferOff: 'There is no bank account to tell firms of.',
  toAccount: 'See the bank account',
  names: { stripe: 'Cards and wallets (Stripe)' },
  about:
    'A firm saves a card or a wallet when it joins, and is charged by itself once the campaign has succeeded. The cooperative needs an account with Stripe in its own name.',
  states: { unchecked: 'Not tested', ready: 'In use', failed: 'Not connected', off: 'Off' },
  none: 'Not connected',
  account: 'Account',
  country: 'Country',
  mode: 'Mode',
  live: 'Live',
  test: 'Test mode — no money moves',
  currency: 'Currency',
  methods: 'Methods switched on',
  key: 'Secret key',
  keyKnown: (ends: string, who: string) => `…${ends} · ${who}`,
  webhook: 'Webhook signing secret',
  webhookThere: 'Stored',
  webhookMissing: 'None. Results of charges are known late.',
  checked: 'Last tested',
  check: 'Test the connection',
  checkedGood: 'Connected',
  enter: 'Enter the key',
  replace: 'Replace the key',
  off: 'Switch off',
  on: 'Switch on again',
  offTitle: 'Switch payment by saved methods off?',
  offText: (methods: string, consents: string) =>
    `Methods that firms saved (${methods}) stay, and are not charged. Consents for open campaigns (${consents}) end, and those firms pay by transfer. Switched on again, firms have to agree anew.`,
  offBusy: (count: string) =>
    `Payments still to be charged: ${count}. It cannot be switched off before they are over.`,
  offKey:
    'The key stays, so that past payments can be refunded. If it leaked, revoke it at Stripe.',
  offDone: 'Switched off',
  why: 'Reason',
  whyRead: 'Read by the cooperative’s office',
  secretKey: 'Secret or restricted key',
  secretKeyHint: (mode: string) => `A ${mode} key. Once stored, only its last four letters show.`,
  restricted: 'Better a restricted key',
  restrictedText:
    'A restricted key (rk_…) can do what it was made for and nothing else, so a leak does less harm. Make it at Stripe under Developers › API keys with these permissions:',
  permissions: [
    'Write: Customers, PaymentMethods, SetupIntents, PaymentIntents, Checkout Sessions, Charges and Refunds',
    'Read: Account, Balance, Balance transaction sources, Disputes, Payouts, Events, Payment method configurations',
  ],
  webhookSecret: 'Webhook signing secret',
  webhookSecretHint:
    'The whsec_… that Stripe shows when you add the address above as a webhook. With suppliers to pay, add it once more for connected accounts and enter both, with a space between',
  webhookKeep: 'Left empty, that of the same account stays.',
  webhookUrl: 'Webhook address to enter at Stripe',
  webhookEvents: (count: number) => `Events to send to it (${count})`,
  webhookEventsText:
    'Select these. Others do no harm, but everything comes twice and three times then. With suppliers to pay, the address for connected accounts gets account.updated.',
  copy: 'Copy',
  save: 'Test and store',
  saved: 'Stored. All coordinators are told by e-mail.',
  proposed: 'Waiting for another coordinator',
  rule: (second: boolean): string =>
    second
      ? 'The key is tested first. One of another account changes where money goes, so another coordinator has to confirm it before it is used.'
      : 'The key is tested first, and used at once if it is good.',
  waiting: 'An account that waits to be confirmed',
  mine: 'It is used once another coordinator confirms it.',
  look: 'Please check at Stripe that this is your cooperative’s account, then confirm.',
  confirm: 'This is our account',
  confirmText:
    'From now on firms’ payments go into this account. If another one was used, methods saved with that one can no longer be used.',
  decline: 'Decline',
  callOff: 'Call off',
  declined: 'Declined',
  proposedBy: (who: string) => `Proposed by ${who}`,
  failedTitle: 'It cannot be used at present',
};

export default en;
