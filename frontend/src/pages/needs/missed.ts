import { api } from '../../lib/api';
import type { Campaign, Clearing, Id, ItemRef } from '../../lib/types';

/** What a firm asked for in a campaign and did not get. */
export interface Missed {
  item: ItemRef;
  quantity: number | null;
  price_limit: string | null;
}

/** Asks what a campaign did not give my firm. Throws the Problem. */
export async function missedIn(campaign: Id): Promise<Missed> {
  const found = await api.get<Campaign>(`/campaigns/${campaign}`);
  const asked = found.commitment;
  const over = ['failed', 'cancelled'].includes(found.state);
  const got =
    found.clearing && !over
      ? ((await api.get<Clearing>(`/campaigns/${campaign}/clearing`)).mine?.awarded ?? 0)
      : 0;
  const left = asked ? asked.quantity - got : 0;
  return {
    item: found.item,
    quantity: left > 0 ? left : null,
    price_limit: asked?.price_limit ?? null,
  };
}
