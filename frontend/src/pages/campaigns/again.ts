import type { Campaign, Commitment, CommitmentBody } from '../../lib/types';

/** What a firm has committed to, as it is said: sent again, nothing changes. */
export function again(campaign: Pick<Campaign, 'plan_b'>, mine: Commitment): CommitmentBody {
  return {
    quantity: mine.quantity,
    tolerance: mine.tolerance,
    minimum: mine.minimum,
    price_limit: mine.price_limit,
    parts: mine.parts.map(({ variant, quantity }) => ({ variant, quantity })),
    tolerance_to: mine.tolerance_to,
    cooperative: mine.cooperative.id,
    plan_b: campaign.plan_b?.kind ?? 'none',
    alternative: campaign.plan_b?.alternative?.id ?? null,
    deliver_to: mine.deliver_to,
  };
}
