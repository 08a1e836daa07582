import type ko from './ko';

const counted = new Intl.NumberFormat('en');
const n = (value: number) => counted.format(value);

const en: typeof ko = {
  title: 'Bring in a list of members',
  upload: 'The list',
  uploadHint:
    'Excel (.xlsx) or CSV, up to 10,000 lines. The name and the business number of each firm are needed; representative, address, owner’s e-mail, division and member code are read where there are columns for them. You then see what becomes of every line; nothing changes before you start.',
  uploading: 'The file is on its way',
  list: 'Lists so far',
  file: 'File',
  state: 'Status',
  lines: 'Lines',
  taken: 'New members',
  rejected: 'Left out',
  when: 'Uploaded',
  who: 'By',
  none: 'No lists yet',
  noneText: 'The same list twice makes no member twice.',
  counts: 'Outcome',
  count: {
    new: 'become members at once',
    completes: 'get their business number',
    asks: 'are invited, their owner decides',
    already: 'are there already',
    rejected: 'are left out',
  },
  countDone: {
    new: 'became members',
    completes: 'got their business number',
    asks: 'were invited, their owner decides',
    already: 'were there already',
    rejected: 'were left out',
  },
  invites: (count: number) => `Invite owners by the e-mail addresses of the list (${n(count)})`,
  invitesHint:
    'Only where nobody represents the firm yet. Whoever accepts acts as its owner. The links work for 7 days.',
  invited: (count: number) => `${n(count)} owners are invited by e-mail.`,
  start: 'Start',
  startTitle: 'Bring the list in?',
  startText: (fresh: number, asks: number) =>
    `${n(fresh)} ${fresh === 1 ? 'firm becomes a member' : 'firms become members'} at once; ${n(asks)} with an owner ${asks === 1 ? 'is' : 'are'} invited.`,
  startInvites: (count: number) => `${n(count)} owners are invited by e-mail.`,
  startFinal: 'Once started it cannot be undone.',
  discardText: 'Nothing has changed yet. The file can be uploaded again.',
  started: 'The list is being brought in',
  running: 'Being brought in',
  runningText: 'It goes on when you leave this page.',
  show: { all: 'All lines', rejected: 'Lines left out', changing: 'Lines that change something' },
  shown: 'Show',
  line: 'Line',
  outcome: 'Outcome',
  toMembers: 'See the members',
  nothing: 'No such lines',
};

export default en;
