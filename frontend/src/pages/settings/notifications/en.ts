import type ko from './ko';

const en: typeof ko = {
  title: 'How you are told',
  intro:
    'Choose for each kind what is shown on the screen and what comes by e-mail. Changes are kept at once.',
  mail: 'E-mail',
  to: (address: string) => `Sent to ${address}.`,
  refused: (address: string) =>
    `The mail server says that it does not know ${address}, so nothing is sent there any more. If the address is right, have us try again.`,
  refusedAnswer: 'What the mail server said',
  tryAgain: 'Send to this address again',
  onlyNecessary: 'Only what is necessary',
  onlyNecessaryHint:
    'Only e-mails about security and about money that is owed. Notices on the screen stay as they are.',
  quiet: 'Keep quiet hours',
  quietHint:
    'E-mails wait meanwhile and go afterwards. Those about the safety of accounts go at once.',
  from: 'From',
  until: 'Until',
  digestAt: 'Time of the daily letter',
  digestHint:
    'One letter with the notices that you have not read by then. Where there are none, none is sent.',
  zone: (zone: string) => `Times are read in your cooperative’s zone (${zone}).`,
  saved: 'Saved',
  kind: 'Notice',
  shown: 'Screen',
  way: 'E-mail',
  shownOf: (title: string) => `${title}: on the screen`,
  wayOf: (title: string) => `${title}: e-mail`,
  ways: { now: 'At once', digest: 'Daily letter', off: 'None' },
  groups: {
    campaigns: 'Campaigns',
    money: 'Money',
    deliveries: 'Deliveries',
    supplying: 'Supplying',
    office: 'The office’s work',
    introductions: 'Introductions and suggestions',
    people: 'Members and people',
    cooperative: 'Cooperatives and partners',
  },
  necessary: 'Always',
};

export default en;
