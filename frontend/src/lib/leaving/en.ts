import type ko from './ko';

const en: typeof ko = {
  title: 'Leave without saving?',
  text: 'What you have entered is not saved yet. If you leave now it is gone.',
  stay: 'Keep writing',
  leave: 'Leave without saving',
};

export default en;
