import type ko from './ko';

const en: typeof ko = {
  title: 'Second coordinator',
  involved:
    'A firm of yours offers on this campaign or is in it. Awarding and closing wait until another coordinator confirms.',
  alone:
    'A firm of yours offers on this campaign or is in it, so you can neither award nor close it alone, and there is no other coordinator who could confirm.',
  invite: 'Invite a coordinator',
  award: (supplier: string) => `Award to ${supplier}`,
  rest: {
    word: 'Ask the supplier to hold the price',
    pay: 'The cooperative pays the difference',
    fail: 'Let the campaign fail',
    less: 'Accept that the supplier delivers less',
  },
  confirmRest: 'It is done at once, and you are recorded as who decided.',
  close: 'Close now',
  mine: 'Waits for another coordinator to confirm.',
  theirs: (person: string) =>
    `A firm of ${person} is concerned, so another coordinator has to confirm.`,
  reason: 'Reason for the award',
  concerned: 'A firm of yours is concerned too, so you cannot confirm this.',
  confirm: 'Confirm',
  confirmTitle: 'Confirm this decision?',
  confirmAward: 'The offer is awarded at once, by your name.',
  confirmClose: 'The campaign closes at once, which cannot be undone.',
  confirmed: 'Confirmed',
  refuse: 'Refuse',
  refuseTitle: 'Refuse this decision?',
  why: 'Reason',
  whyHint: 'The coordinator who asked is told.',
  refused: 'Refused',
  withdraw: 'Take it back',
  withdrawn: 'Taken back',
};

export default en;
