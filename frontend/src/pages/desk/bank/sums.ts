import type { Match } from './types';

/** What matches come to, by currency. */
export function sums(
  matches: readonly { line: Pick<Match['line'], 'currency'>; suggestion: { amount: number } }[],
): [string, number][] {
  const found = new Map<string, number>();
  for (const { line, suggestion } of matches) {
    found.set(line.currency, (found.get(line.currency) ?? 0) + suggestion.amount);
  }
  return [...found];
}

/** A list in pieces of at most so many, so that each request is short and the way can be shown. */
export function inTurns<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, (at + 1) * most),
  );
}
