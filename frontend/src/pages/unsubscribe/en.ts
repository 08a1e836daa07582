import type ko from './ko';

const en: typeof ko = {
  title: 'Unsubscribe',
  ask: (kind: string) =>
    `Stop e-mails of the kind “${kind}”? Notices on the screen stay as they are.`,
  off: (kind: string) => `No more e-mails of the kind “${kind}” will be sent.`,
  everythingOff: 'Only necessary e-mails are sent: security, and money that is owed.',
  stop: 'Stop these e-mails',
  stopAll: 'Only what is necessary',
  settings: 'You can turn them on again in the settings',
  home: 'To the first page',
};

export default en;
