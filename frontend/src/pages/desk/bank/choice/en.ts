import type ko from './ko';

const en: typeof ko = {
  how: 'Where did you see it?',
  byLine: 'On an imported statement',
  byHand: 'On the account itself',
  line: 'Bank line',
  none: 'No line in suspense has as much. Import the statement, or say on which day you saw it.',
  receivedOn: 'Arrived on',
};
export default en;
