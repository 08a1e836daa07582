import type ko from './ko';

const en: typeof ko = {
  title: 'Who may do what',
  back: 'Settings',
  text: 'What each kind of seat may do. The server decides every request by this table; which rows are seen depends on the place of the seat as well.',
  yes: 'may',
  no: 'may not',
  mine: 'The coloured column is your present seat.',
  guarded: (names: string) => `Seats that do nothing without a second factor: ${names}`,
};

export default en;
