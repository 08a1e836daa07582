import { expect, test } from 'vitest';
import { basisPoints, rate } from './rates';

test('a rate is read in per cent with the digits it has', () => {
  expect([150, 50, 1000, 0, 5].map((bp) => rate(bp, 'ko'))).toEqual([
    '1.5%',
    '0.5%',
    '10%',
    '0%',
    '0.05%',
  ]);
});

test('what is typed in per cent becomes whole basis points', () => {
  expect(['1.5', '0.07', 10, '0.29', null, ''].map(basisPoints)).toEqual([150, 7, 1000, 29, 0, 0]);
});
