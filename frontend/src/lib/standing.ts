import type { Resource } from './resource.svelte';
import type { Campaign, CampaignRow, Page, Standing } from './types';

type Moves = Pick<
  Campaign,
  'id' | 'state' | 'closes_at' | 'ladder' | 'commitment' | 'terms_version'
>;

/** A campaign's page takes in where it stands; for more than a new ladder the page is asked for. */
export function showStanding<T extends Moves>(
  page: Resource<T>,
  now: Standing,
  reload: () => Promise<unknown> = page.reload,
): void {
  const shown = page.data;
  if (!shown || shown.id !== now.campaign) return;
  const mine = shown.commitment?.state === 'active' ? shown.commitment.accepted_at : null;
  const changed = shown.terms_version !== now.terms_version;
  if (isNew(shown, now) || changed || mine !== now.committed_at) quietly(reload());
  else if (differs(shown.ladder, now.ladder)) page.amend({ ...shown, ladder: now.ladder });
}

/** The same for a row of a list. */
export function showStandingInList(list: Resource<Page<CampaignRow>>, now: Standing): void {
  const rows = list.data?.results;
  const shown = rows?.find((row) => row.id === now.campaign);
  if (!list.data || !rows || !shown) return;
  if (isNew(shown, now)) quietly(list.reload());
  else if (differs(shown.ladder, now.ladder)) {
    const results = rows.map((row) => (row === shown ? { ...row, ladder: now.ladder } : row));
    list.amend({ ...list.data, results });
  }
}

/** The campaigns of a list that can still move. */
export function moving(rows: readonly CampaignRow[] | undefined): string[] {
  return (rows ?? [])
    .filter(({ state }) => state === 'open' || state === 'filling' || state === 'closing')
    .map(({ id }) => id);
}

function isNew(shown: Pick<CampaignRow, 'state' | 'closes_at'>, now: Standing): boolean {
  return shown.state !== now.state || shown.closes_at !== now.closes_at;
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function quietly(asked: Promise<unknown>): void {
  asked.catch(() => undefined);
}
