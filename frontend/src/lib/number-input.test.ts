import { describe, expect, it } from 'vitest';
import { bare, grouped, retype, toDecimal, toInteger, trimDecimal } from './number-input';

describe('what counts in a text', () => {
  it.each([
    ['1,234', 0, '1234'],
    ['₩1,234,500 원', 0, '1234500'],
    ['１２３', 0, '123'],
    ['007', 0, '7'],
    ['0', 0, '0'],
    ['-5', 0, '5'],
    ['', 0, ''],
    ['abc', 2, ''],
    ['1,234.567', 2, '1234.56'],
    ['.5', 2, '0.5'],
    ['1.2.3', 4, '1.23'],
    ['12.', 2, '12.'],
    ['12.5', 0, '12'],
  ])('%s with %i decimals is %s', (text, decimals, value) => {
    expect(bare(text, decimals)).toBe(value);
  });
});

it('groups thousands before the point only', () => {
  expect(grouped('1234567.1234')).toBe('1,234,567.1234');
  expect(grouped('999')).toBe('999');
  expect(grouped('')).toBe('');
});

describe('the caret stays behind the digit it was behind', () => {
  it.each([
    // typed at the end: 123 and 4
    ['1234', 4, '1,234', 5],
    // a digit put in after the 1 of 1,234
    ['19,234', 2, '19,234', 2],
    // a digit at the very beginning
    ['91,234', 1, '91,234', 1],
    // the 1 of 1,234,567 taken away
    [',234,567', 0, '234,567', 0],
    // a letter typed in the middle goes, the caret does not jump
    ['1x,234', 2, '1,234', 1],
  ])('%s | %i', (text, caret, shown, at) => {
    expect(retype(text, caret, 0)).toEqual({ text: shown, caret: at });
  });
});

it('reads numbers for the API', () => {
  expect(toInteger('1,234')).toBe(1234);
  expect(toInteger('')).toBeNull();
  expect(toDecimal('4.', 2)).toBe('4');
  expect(toDecimal('4.95', 4)).toBe('4.95');
  expect(toDecimal('원', 2)).toBeNull();
  expect(trimDecimal('1250.000000')).toBe('1250');
  expect(trimDecimal('4.950000')).toBe('4.95');
  expect(trimDecimal('100')).toBe('100');
});
