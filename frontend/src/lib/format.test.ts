import { describe, expect, it } from 'vitest';
import {
  ago,
  dateTime,
  day,
  left,
  minorDigits,
  money,
  percent,
  price,
  quantity,
  untilIn,
  zoneName,
} from './format';

const NOW = Date.parse('2026-05-10T00:00:00Z');

describe('until when something lasts', () => {
  const midnight = '2026-12-05T15:00:00Z'; // 00:00 of the 6th in Seoul

  it('names the day that a midnight ends, not the one that begins', () => {
    expect(untilIn(midnight, 'Asia/Seoul', 'ko')).toContain('12월 5일');
    expect(untilIn(midnight, 'Asia/Seoul', 'ko')).not.toContain('00:00');
    expect(untilIn(midnight, 'Asia/Seoul', 'en')).toContain('5');
  });
  it('names the time of any other end, or its day alone', () => {
    expect(untilIn('2026-12-05T09:00:00Z', 'Asia/Seoul', 'ko')).toContain('18:00');
    expect(untilIn('2026-12-05T09:00:00Z', 'Asia/Seoul', 'ko', true)).toMatch(/12월 5일$/);
    expect(untilIn(midnight, 'UTC', 'ko')).toContain('15:00');
  });
});

describe('money', () => {
  it.each([
    [1234500, 'KRW', 'ko', '1,234,500원'],
    [0, 'KRW', 'ko', '0원'],
    [-500, 'KRW', 'ko', '-500원'],
    [1234500, 'KRW', 'en', '₩1,234,500'],
    [1234500, 'USD', 'ko', 'US$12,345.00'],
    [5, 'USD', 'en', 'US$0.05'],
    [1234567, 'GBP', 'en', '£12,345.67'],
    [1234567, 'KWD', 'en', 'KWD 1,234.567'],
  ] as const)('%d minor units of %s in %s', (amount, currency, language, text) => {
    expect(money(amount, currency, language).replace(/\u00a0/g, ' ')).toBe(text);
  });

  it('knows how fine a currency is', () => {
    expect(['KRW', 'USD', 'KWD'].map(minorDigits)).toEqual([0, 2, 3]);
  });
});

describe('unit prices are rates, finer than coins', () => {
  it.each([
    ['1250.000000', 'KRW', 'ko', '1,250원'],
    ['12.5', 'KRW', 'ko', '12.5원'],
    ['4.955', 'USD', 'en', 'US$4.955'],
    ['4.9', 'USD', 'en', 'US$4.90'],
  ] as const)('%s %s in %s', (value, currency, language, text) => {
    expect(price(value, currency, language)).toBe(text);
  });
});

it('joins a quantity and its unit as each language does', () => {
  expect(quantity(1200, '개', 'ko')).toBe('1,200개');
  expect(quantity(1200, 'kg', 'ko')).toBe('1,200 kg');
  expect(quantity(1200, 'pairs', 'en')).toBe('1,200 pairs');
  expect(quantity(7, '', 'ko')).toBe('7');
  expect(quantity(2, 'box', 'en')).toBe('2 boxes');
  expect(quantity(1, 'box', 'en')).toBe('1 box');
  expect(quantity(2, 'bag', 'en')).toBe('2 bags');
  expect(quantity(2, 'kg', 'en')).toBe('2 kg');
  expect(quantity(2, 'each', 'en')).toBe('2');
});

it('writes per cents', () => {
  expect(percent(9.14, 'ko', 1)).toBe('9.1%');
  expect(percent(75, 'en')).toBe('75%');
});

describe('time', () => {
  it('is shown on the clock of the zone, whatever the machine has', () => {
    expect(dateTime('2026-05-31T15:00:00Z', 'Asia/Seoul', 'ko', NOW)).toBe('6월 1일 (월) 00:00');
    expect(dateTime('2026-05-31T15:00:00Z', 'America/New_York', 'ko', NOW)).toBe(
      '5월 31일 (일) 11:00',
    );
  });

  it('names another year', () => {
    expect(dateTime('2027-01-02T03:00:00Z', 'Asia/Seoul', 'ko', NOW)).toContain('2027년');
    // Half past midnight of the new year in Seoul is still the old year in UTC.
    const newYear = Date.parse('2026-12-31T15:30:00Z');
    expect(dateTime('2027-03-01T00:00:00Z', 'Asia/Seoul', 'ko', newYear)).not.toContain('2027');
  });

  it('does not shift a calendar day', () => {
    expect(day('2026-05-31', 'ko', NOW)).toBe('5월 31일');
    expect(day('2026-05-31', 'en', NOW)).toBe('31 May');
  });

  it('names zones', () => {
    expect(zoneName('Asia/Seoul', 'ko')).toBe('한국 시간');
    expect(zoneName('Asia/Seoul', 'en')).toBe('Korea time');
    expect(zoneName('America/New_York', 'en', NOW)).not.toBe('');
  });

  it('counts down, and is over at the very instant', () => {
    const until = '2026-05-10T00:00:00Z';
    expect(left(until, NOW - 90_061_000)).toEqual({
      over: false,
      days: 1,
      hours: 1,
      minutes: 1,
      seconds: 1,
    });
    expect(left(until, NOW - 1).over).toBe(false);
    expect(left(until, NOW - 1).seconds).toBe(1);
    expect(left(until, NOW).over).toBe(true);
    expect(left(until, NOW + 5000)).toMatchObject({ over: true, seconds: 0 });
  });

  it('says how long ago', () => {
    expect(ago(NOW - 3 * 60_000, NOW, 'ko')).toBe('3분 전');
    expect(ago(NOW - 26 * 3_600_000, NOW, 'en')).toBe('yesterday');
    expect(ago(NOW - 10_000, NOW, 'en')).toBe('this minute');
  });
});
