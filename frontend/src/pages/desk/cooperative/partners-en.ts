import type ko from './partners-ko';

const en: typeof ko = {
  title: 'Partner cooperatives',
  intro:
    'Partners may open campaigns to each other’s members, and their firms find each other in the directory by what they open to partners.',
  partner: 'Cooperative',
  partnerHint: 'Find it by name or region.',
  since: 'Date',
  state: 'State',
  message: 'Message',
  because: (why: string) => `Reason: ${why}`,
  states: {
    asking: 'Waiting for an answer',
    asked: 'Yours to answer',
    proposed: 'Proposed',
    active: 'Partners',
    ending: 'Ending',
    declined: 'Declined',
    withdrawn: 'Called off',
    ended: 'Ended',
  },
  propose: 'Propose a partnership',
  proposeText: 'The other office is told; once it accepts you are partners.',
  proposed: (name: string) => `Proposed to ${name}`,
  done: 'Done',
  accept: 'Accept',
  acceptTitle: (name: string) => `Become partners with ${name}?`,
  acceptText:
    'Each may open its campaigns to the other’s members. The other office sees the quantity and limit of a single firm of yours only in campaigns that it runs itself.',
  decline: 'Decline',
  declineTitle: (name: string) => `Decline what ${name} proposes?`,
  withdraw: 'Call it off',
  withdrawTitle: (name: string) => `Call off the proposal to ${name}?`,
  withdrawText: 'You may propose it again at any time.',
  end: 'End it',
  endTitle: (name: string) => `End the partnership with ${name}?`,
  endText:
    'You are partners until the last day. Campaigns that are open go on to their end after it; new ones cannot be opened to each other. The other office is told.',
  lastDay: 'Last day',
  why: 'Reason',
  whyHint: 'The other office reads it; it is kept.',
  none: 'No partners yet',
  noneText: 'Propose a partnership to another cooperative: together you reach lower prices.',
};

export default en;
