import type ko from './left-out-ko';

const counted = new Intl.NumberFormat('en');
const n = (value: number) => counted.format(value);
const members = (count: number) => `${n(count)} ${count === 1 ? 'member' : 'members'}`;

const en: typeof ko = {
  title: 'Members left out',
  text: (firms: number) => `This campaign gave nothing to ${members(firms)} of ours.`,
  ask: (firms: number) => `Ask ${members(firms)} again`,
  binds:
    'What they did not get is proposed to them as a need. With one press it gathers in the pool; it is no order.',
  done: (asked: number) => `Asked ${members(asked)} in all`,
  answers: (asked: number, yes: number, no: number, wait: number) =>
    `Asked: ${n(asked)}. Stated a need: ${n(yes)}, set it aside: ${n(no)}, no answer yet: ${n(wait)}`,
  leftAlone: (firms: number) =>
    `${members(firms)} asked the office to leave ${firms === 1 ? 'it' : 'them'} alone and ${firms === 1 ? 'is' : 'are'} not asked.`,
  pool: 'The pool where it gathers',
};

export default en;
