import type { CampaignState } from '../../lib/types';

/** The states behind a word of the filter; by default those one can join, or any when they are mine. */
export function statesOf(word: string, mine: boolean): string {
  const groups: Record<string, CampaignState[]> = {
    now: ['open', 'filling', 'sourcing'],
    open: ['open', 'filling'],
    sourcing: ['sourcing'],
    running: ['closing', 'settling', 'ordered', 'delivering'],
    over: ['completed', 'failed', 'cancelled'],
    all: [],
  };
  return (groups[word || (mine ? 'all' : 'now')] ?? []).join(',');
}

/** "3" (days) → the instant until which a campaign closes soon; whole minutes keep the address stable. */
export function closingBefore(days: string, now: number): string | null {
  if (!/^\d+$/.test(days)) return null;
  const minute = 60_000;
  return new Date(Math.ceil((now + Number(days) * 86_400_000) / minute) * minute).toISOString();
}
