import { expect, it } from 'vitest';
import type { Terms } from '../../lib/types-changes';
import en from './en';
import ko from './ko';
import { said, termsIn } from './said';

const manner = {
  currency: 'KRW',
  unit: '개',
  zone: 'Asia/Seoul',
  language: 'ko' as const,
  variants: ['빨강', '파랑', '검정'],
};
const before: Terms = { differences: ['0', '5', '-10'] };
const after: Terms = { differences: ['0', '7', '0'] };

it('names the differences of variants among what has changed, behind the tiers', () => {
  expect(termsIn({ note: '', ...after, tiers: [] })).toEqual(['tiers', 'differences', 'note']);
});

it('says of each variant that differs what it was and is, by its name', () => {
  expect(said(before, after, 'differences', manner, ko)).toEqual(['파랑 +5원', '검정 −10원']);
  expect(said(after, before, 'differences', manner, ko)).toEqual(['파랑 +7원', '검정 기본 단가']);
  expect(said(after, before, 'differences', { ...manner, language: 'en' }, en)).toEqual([
    '파랑 +₩7',
    '검정 base price',
  ]);
});
