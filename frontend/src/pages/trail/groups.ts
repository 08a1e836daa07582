import type { TrailRow } from '../../lib/types';

/** What one person did in one go, newest first. */
export interface Group {
  key: string;
  rows: TrailRow[];
}

/**
 * Rows that were written together by the same person stand together. An event says nothing of values
 * that a change beside it, about the same thing, says in full.
 */
export function grouped(rows: readonly TrailRow[]): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const key = `${row.act ?? row.id} ${row.who} ${row.at.slice(0, 16)}`;
    const last = groups.at(-1);
    if (last?.key === key) last.rows.push(row);
    else groups.push({ key, rows: [row] });
  }
  return groups.map((group) => ({
    key: `${group.key} ${group.rows[0]?.id}`,
    rows: group.rows.map((row) =>
      row.event && group.rows.some((each) => !each.event && each.subject_id === row.subject_id)
        ? { ...row, lines: [] }
        : row,
    ),
  }));
}
