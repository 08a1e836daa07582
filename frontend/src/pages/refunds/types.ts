import type { Schemas, Shape } from '../../lib/types';

export type RefundState =
  'requested' | 'sent' | 'unknown' | 'succeeded' | 'failed' | 'reversed' | 'cancelled';
export type Refund = Shape<
  Schemas['Refund'],
  { state: RefundState; cause: 'campaign_failed' | 'confirmed_less' | 'agreed' | 'claim' }
>;
