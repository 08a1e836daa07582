import { expect, test } from 'vitest';
import { validityOf } from './validity';

const row = { state: 'active', valid_from: '2026-11-01', valid_until: '2026-11-30' } as const;
const at = (instant: string) => validityOf(row, Date.parse(instant), 'Asia/Seoul');

test('both days belong to it, in the zone', () => {
  expect(at('2026-10-31T14:59:59Z')).toBe('later');
  expect(at('2026-10-31T15:00:00Z')).toBe('active');
  expect(at('2026-11-30T14:59:59Z')).toBe('active');
  expect(at('2026-11-30T15:00:00Z')).toBe('over');
  expect(validityOf({ ...row, state: 'ended' }, Date.parse('2026-11-10'), 'Asia/Seoul')).toBe(
    'ended',
  );
});
