import type ko from './ko';

const en: typeof ko = {
  title: 'Cooperatives',
  cooperative: 'Cooperative',
  status: 'Status',
  code: 'Member code',
  joined: 'Joined',
  accept: 'Accept',
  decline: 'Decline',
  acceptTitle: (name: string) => `Become a member of ${name}?`,
  acceptText:
    'You can then join its campaigns and state needs. Its office sees the name, number, representative and address of your firm, and your dealings in this cooperative.',
  accepted: (name: string) => `Your firm is a member of ${name} now`,
  declineTitle: (name: string) => `Decline the invitation of ${name}?`,
  declineText: 'Its office is told. You can be invited again, or apply yourself, later.',
  declined: (name: string) => `The invitation of ${name} was declined`,
  invitedBy: (name: string) => `${name} invites your firm as a member.`,
  ownerOnly: 'Only an owner can accept or decline.',
  leave: 'Leave',
  leaveOf: (name: string) => `Leave ${name}`,
  leaveTitle: (name: string) => `Leave ${name}?`,
  leaveText: [
    "Your firm takes part in this cooperative's campaigns no more, and its directory shows neither side the other.",
    'Past orders and settlements stay on record.',
    'The office is told. To come back, your firm applies and is admitted again.',
  ],
  leaveNeeds: (count: number) =>
    count === 1 ? 'One stated need is withdrawn.' : `${count} stated needs are withdrawn.`,
  leaveWhy: 'Why (optional)',
  leaveWhyHint: 'Read by the office.',
  left: (name: string) => `Your firm has left ${name}`,
  bound: 'Your firm cannot leave now, because something is still running.',
  boundHint: 'Commitments can be withdrawn before the deadline. Orders have to be received first.',
  commitment: 'commitment',
  order: 'order',
  more: (count: number) => `and ${count} more`,
  apply: 'Apply to a cooperative',
  applyTo: 'Cooperative',
  send: 'Apply',
  applied: 'Your application is on its way. You will hear when the office has admitted you.',
  none: 'Your firm belongs to no cooperative',
  noneText: 'Members of a cooperative can join its campaigns.',
};

export default en;
