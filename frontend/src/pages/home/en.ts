import type ko from './ko';

const en: typeof ko = {
  welcomeTitle: 'Buy together, pay less',
  welcomeText:
    'Mungchi is a marketplace where firms of a cooperative buy what they need in one go. You always see how much has been gathered, and what everybody saves when a little more is.',
  signUp: 'Sign up',
  signIn: 'Sign in',
  exampleTitle: 'What it looks like',
  example: 'Example · cutting oil',
  unit: 'L',
  how: 'How it works',
  steps: [
    [
      'Say what you need',
      'Item, quantity, date, and the highest price you would pay. No other firm sees your price.',
    ],
    [
      'The cooperative gathers',
      'It pools needs for the same item, asks suppliers for offers and chooses the best.',
    ],
    [
      'Everybody pays one price',
      'At closing all pay the lowest price that carries itself. If none does, nobody pays.',
    ],
  ],
  desk: 'To do',
  deskNone: 'Nothing is waiting for you',
  deskNoneText: 'What needs you will appear here, most urgent first.',
  mine: 'Campaigns you are in',
  closing: 'Closing soon',
  allCampaigns: 'See all',
  noFirm: 'You do not belong to a firm yet',
  noFirmText: 'Register your firm to take part in campaigns.',
  registerFirm: 'Register a firm',
  registerCooperative: 'Register a cooperative',
  applied: (names: string) =>
    `${names} is looking at your application. We will tell you when you are admitted.`,
};

export default en;
