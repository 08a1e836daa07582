import type { LeftOut, MemberOutreach } from '../../../lib/types-outreach';

/** What the office is about to do for a firm. */
export type Deed =
  | { kind: 'campaign' | 'pool'; id: string; name: string }
  | { kind: 'needs' }
  | { kind: 'introduce'; id: string; name: string; giver: { id: string; name: string } };

/** The one nearest thing to suggest: a campaign of the same item, a pool of it, then by category. */
export function nearest(row: LeftOut | MemberOutreach): Deed | null {
  const { campaigns, pools } = row.suggestions;
  const others = pools.filter((pool) => !pool.own);
  for (const match of ['item', 'category']) {
    const campaign = campaigns.find((each) => each.match === match);
    if (campaign) return { kind: 'campaign', id: campaign.id, name: campaign.title };
    const pool = others.find((each) => each.match === match);
    if (pool) return { kind: 'pool', id: pool.id, name: pool.item.name };
  }
  return null;
}
