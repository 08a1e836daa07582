import type ko from './questions-ko';

const en: typeof ko = {
  title: 'Questions and answers',
  officeText:
    'Read by all suppliers who may offer. Neither the office nor other suppliers see who asked.',
  supplierText:
    'Read by all suppliers who may offer. Neither other suppliers nor the office see who asked.',
  none: 'No questions yet',
  noneOffice: 'You are told when a supplier asks.',
  noneSupplier: 'You can ask until offers are due.',
  mine: 'My question',
  waiting: 'Waits for an answer.',
  unanswered: 'Offers were due before it was answered.',
  question: 'Question',
  questionHint: 'Unless you write your name, nobody knows who asked.',
  ask: 'Ask',
  asked: 'Your question was sent',
  answer: 'Answer',
  correct: 'Correct the answer',
  theAnswer: 'Answer',
  answerHint:
    'Suppliers that were invited or have offered are told. Can be corrected until offers are due.',
  send: 'Publish the answer',
  answered: 'The answer was published',
};

export default en;
