import type ko from './ko';

const counted = new Intl.NumberFormat('en-GB');
const n = (value: number) => counted.format(value);
const s = (value: number, one: string) => `${n(value)} ${value === 1 ? one : `${one}s`}`;

const en: typeof ko = {
  closesAt: 'Campaign closes',
  startSourcing: 'Start sourcing',
  started: 'Sourcing has started',
  startTitle: 'Start sourcing?',
  startText: 'Suppliers and members will see it. You can still edit it until it opens.',
  open: 'Open for members',
  openTitle: 'Open the campaign for members?',
  openText:
    'Members can join. From then on terms and offer are fixed, and the deadline can only be moved to a later time.',
  opened: 'The campaign is open',
  inviteTitle: 'Invite suppliers',
  inviteText: 'Those you invite are told. Whoever was invited before stays invited.',
  inviteLabel: 'Suppliers',
  inviteHint: 'Find them by name or business number.',
  inviteNone: 'Please choose at least one supplier.',
  inviteSend: (count: number) => `Invite ${s(count, 'supplier')}`,
  invited: (count: number) => `${s(count, 'supplier')} invited`,
  extend: 'Extend',
  extendText: 'Only to a later time. Commitments stay, and every firm that has joined is told.',
  extendTo: 'New deadline',
  extendLater: 'Must be later than the present deadline',
  extendWhy: 'Why it is extended',
  extended: 'The deadline was extended',
  reasonSeen: 'Firms that have joined read this as you write it.',
  cancelTitle: 'Cancel this campaign?',
  cancelText: 'This cannot be undone.',
  cancelOffers: (count: number) => `${s(count, 'offer')} will have been in vain.`,
  cancelCommitments: (firms: number, quantity: string) =>
    `Commitments that become void: ${s(firms, 'firm')}, ${quantity}. All are told, with your reason.`,
  cancelWhy: 'Why it is cancelled',
  cancelDo: 'Cancel the campaign',
  cancelled: 'Cancelled',
  failTitle: 'Let this campaign fail?',
  failText:
    'This cannot be undone. All orders are cancelled, and money received has to be returned.',
  failMoney: (count: number, amount: string) => `To return: ${s(count, 'transfer')}, ${amount}`,
  failWhy: 'Why it fails',
  failDo: 'Let it fail',
  failed: 'The campaign has failed',
};

export default en;
