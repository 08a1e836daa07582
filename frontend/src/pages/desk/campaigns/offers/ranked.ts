interface Ranked {
  offer: string;
  trials: { growth: number; each: string | null }[];
}

/** What is recommended first, then the cheapest as demand stands; what would fail last. */
export function ranked<R extends Ranked>(rows: R[], recommended: string | null): R[] {
  const cost = (row: R) => {
    if (row.offer === recommended) return -1;
    const each = row.trials.find(({ growth }) => growth === 0)?.each ?? null;
    return each === null ? Infinity : Number(each);
  };
  return rows
    .map((row) => [cost(row), row] as const)
    .toSorted(([a], [b]) => (a === b ? 0 : a - b))
    .map(([, row]) => row);
}
