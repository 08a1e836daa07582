import { describe, expect, it } from 'vitest';
import { dayIn, fromWall, toWall } from './zone';

describe('wall clock of a zone', () => {
  it.each([
    ['2026-05-31T09:00:00Z', 'Asia/Seoul', '2026-05-31T18:00'],
    ['2026-05-31T15:00:00Z', 'Asia/Seoul', '2026-06-01T00:00'],
    ['2026-01-15T17:30:00Z', 'America/New_York', '2026-01-15T12:30'],
    ['2026-07-15T16:30:00Z', 'America/New_York', '2026-07-15T12:30'],
    ['2026-05-31T00:15:00Z', 'Asia/Kathmandu', '2026-05-31T06:00'],
  ])('%s in %s is %s, and back', (at, zone, local) => {
    expect(toWall(at, zone)).toBe(local);
    expect(fromWall(local, zone)).toBe(at);
  });

  it('moves on over the hour that daylight saving skips', () => {
    // 02:30 does not exist in New York on 8 March 2026; an hour later it is 03:30 (UTC-4).
    expect(fromWall('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00Z');
  });

  it('takes the first of an hour that comes twice', () => {
    expect(fromWall('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
  });

  it('reads a day as its beginning, and nothing as null', () => {
    expect(fromWall('2026-05-31', 'Asia/Seoul')).toBe('2026-05-30T15:00:00Z');
    expect(fromWall('', 'Asia/Seoul')).toBeNull();
    expect(fromWall('nonsense', 'Asia/Seoul')).toBeNull();
  });

  it('says what day it is there', () => {
    expect(dayIn(Date.parse('2026-05-31T15:00:00Z'), 'Asia/Seoul')).toBe('2026-06-01');
    expect(dayIn(Date.parse('2026-05-31T15:00:00Z'), 'UTC')).toBe('2026-05-31');
  });
});
