import { expect, test } from 'vitest';
import ko from './ko';
import { difference, plus } from './said';

test.each([
  ['100', '5', '105'],
  ['100', '-10.5', '89.5'],
  ['0.1', '0.2', '0.3'],
  ['12500.000001', '-500', '12000.000001'],
  ['3', '-4.25', '-1.25'],
  ['90071992547409.93', '0.07', '90071992547410'],
])('%s and %s are exactly %s', (a, b, sum) => {
  expect(plus(a, b)).toBe(sum);
  expect(plus(b, a)).toBe(sum);
});

test('a difference is said with its sign', () => {
  expect(difference('500.000000', 'KRW', 'ko', ko)).toBe('+500원');
  expect(difference('-1000', 'KRW', 'ko', ko)).toBe('−1,000원');
  expect(difference('0.000000', 'KRW', 'ko', ko)).toBe('기본 단가');
});
