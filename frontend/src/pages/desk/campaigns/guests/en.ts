import type ko from './ko';

const en: typeof ko = {
  title: 'Admit a guest',
  text: 'A firm that is no member joins this one campaign. It must have registered, sees only this campaign, and orders and pays through your cooperative.',
  number: 'Business registration number',
  wrong: 'This number cannot be right. Check all 10 digits.',
  admit: 'Admit',
  done: (firm: string) => `${firm} is admitted`,
  list: 'Guests',
  firm: 'Firm',
  admitted: 'Admitted',
  state: 'State',
  inside: 'Committed',
  outside: 'Not committed yet',
  remove: 'Take off',
  removeTitle: (firm: string) => `Take ${firm} off?`,
  removeText: 'It will not see this campaign any more. You may admit it again.',
  none: 'No guests yet',
};

export default en;
