import type ko from './ko';

const en: typeof ko = {
  costsLess: (extra: string, whole: string, value: string, now: string, nowValue: string) =>
    `With only ${extra} more, ${whole} together cost less in all than ${now} do now (supply value): ${nowValue} → ${value}.`,
  price: (from: string, to: string) => `The unit price falls from ${from} to ${to}.`,
  varied: 'Differences of variants are not in it.',
};

export default en;
