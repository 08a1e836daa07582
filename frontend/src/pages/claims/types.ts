import type { Schemas, Shape } from '../../lib/types';

export type ClaimState =
  'open' | 'offered' | 'deciding' | 'accepted' | 'settled' | 'refused' | 'withdrawn';
export type Kind = 'short' | 'damaged' | 'wrong' | 'late';
export type Remedy = 'refund' | 'replacement' | 'none';
export type Side = 'firm' | 'supplier' | 'office' | 'clock' | '';

export type ClaimRow = Shape<
  Schemas['ClaimRow'],
  { state: ClaimState; kind: Kind; wish: Remedy; remedy: Remedy | ''; waits_for: Side; side: Side }
>;
export type ClaimStep = Shape<
  Schemas['ClaimStep'],
  { side: Exclude<Side, ''>; remedy: Remedy | '' }
>;
export type Claim = Shape<
  Schemas['Claim'],
  {
    state: ClaimState;
    kind: Kind;
    wish: Remedy;
    remedy: Remedy | '';
    waits_for: Side;
    side: Side;
    steps: ClaimStep[];
  }
>;
export type Claimable = Schemas['ClaimableOrder'];
export type Rules = Schemas['ClaimRules'];
