import type { CooperativeRef, ItemRef, Schemas, Shape } from './types';

export type ApprovalState = 'waiting' | 'approved' | 'declined' | 'withdrawn' | 'lapsed';
/** A commitment above its firm's limit: `value` and `limit` in minor units with VAT. */
export type Approval = Shape<
  Schemas['Approval'],
  {
    state: ApprovalState;
    cooperative: CooperativeRef;
    campaign: Shape<Schemas['ApprovalCampaign'], { item: ItemRef }>;
    limit: number | null;
    price_limit: string | null;
    decided_at: string | null;
  }
>;
export type ApprovalLimit = Shape<Schemas['ApprovalLimit'], { amount: number | null }>;
