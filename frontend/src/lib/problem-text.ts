import { t } from './i18n.svelte';
import type { Problem } from './problem';

/** A sentence for people: the server's own when it sent one, ours for what it could not say. */
export function problemText(problem: Problem): string {
  if (problem.detail) return problem.detail;
  if (problem.status === 429) return t.problem.too_many;
  const known: Record<string, string> = {
    offline: t.problem.offline,
    unavailable: t.problem.unavailable,
    signed_out: t.problem.signed_out,
    not_allowed: t.problem.not_allowed,
    not_found: t.problem.not_found,
    broken: t.problem.broken,
  };
  return known[problem.code] ?? (problem.status >= 500 ? t.problem.unavailable : t.problem.refused);
}
