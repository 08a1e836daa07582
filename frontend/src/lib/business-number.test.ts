import { describe, expect, it } from 'vitest';
import { dashed, digitsOf, isBusinessNumber } from './business-number';

describe('business numbers', () => {
  it.each(['220-81-62517', '1248100998', '120-81-47521'])('%s is one', (number) => {
    expect(isBusinessNumber(number)).toBe(true);
  });

  it.each(['', '220-81-6251', '220-81-625170', 'abc'])('"%s" is none', (number) => {
    expect(isBusinessNumber(number)).toBe(false);
  });

  it('notices every wrong digit', () => {
    const right = '2208162517';
    for (let at = 0; at < right.length; at++) {
      const wrong = right.slice(0, at) + ((Number(right[at]) + 1) % 10) + right.slice(at + 1);
      expect(isBusinessNumber(wrong), wrong).toBe(false);
    }
  });

  it('gets its dashes while it is typed', () => {
    const typed = ['2', '220', '2208', '22081', '220816', '2208162517', '22081625179'];
    expect(typed.map(dashed)).toEqual([
      '2',
      '220',
      '220-8',
      '220-81',
      '220-81-6',
      '220-81-62517',
      '220-81-62517',
    ]);
    expect(digitsOf('２２０-81')).toBe('22081');
  });
});
