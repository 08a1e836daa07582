import { describe, expect, it } from 'vitest';
import type { TrailRow } from '../../lib/types';
import { grouped } from './groups';

const row = (id: number, more: Partial<TrailRow>): TrailRow =>
  ({
    id,
    at: '2026-11-26T10:00:00Z',
    act: 1,
    who: '김',
    event: false,
    subject_id: 'a',
    lines: [{ field: 'state', name: '상태', before: 'x', after: 'y' }],
    ...more,
  }) as TrailRow;

describe('grouped', () => {
  it('puts together what one person wrote in one go', () => {
    const groups = grouped([
      row(4, {}),
      row(3, { event: true }),
      row(2, { act: 2 }),
      row(1, { act: 2, who: '이' }),
    ]);
    expect(groups.map((group) => group.rows.map((each) => each.id))).toEqual([[4, 3], [2], [1]]);
  });
  it('says a value once', () => {
    const [group] = grouped([row(2, { event: true }), row(1, {})]);
    expect(group?.rows.map((each) => each.lines.length)).toEqual([0, 1]);
  });
  it('keeps what only the event says', () => {
    const [group] = grouped([row(2, { event: true, subject_id: 'b' }), row(1, {})]);
    expect(group?.rows.map((each) => each.lines.length)).toEqual([1, 1]);
  });
  it('gives every group another key', () => {
    const keys = grouped([row(3, {}), row(2, { act: 2 }), row(1, {})]).map((group) => group.key);
    expect(new Set(keys).size).toBe(3);
  });
});
