import type { Schemas, Shape } from './types';

/** A provider's balance against the books. */
export type BalanceSum = Shape<Schemas['BalanceSum']>;
export type BalanceDifference = Shape<
  Schemas['BalanceDifference'],
  {
    campaign: Shape<Schemas['CampaignTitle']> | null;
    item: Shape<Schemas['ItemOf'], { state: 'open' | 'settled' }> | null;
  }
>;
export type BalanceReading = Shape<
  Schemas['BalanceReading'],
  { ended_at: string | null; sums: BalanceSum[] }
>;
export type ProviderBalance = Shape<
  Schemas['Balance'],
  { sums: BalanceSum[]; differences: BalanceDifference[]; readings: BalanceReading[] }
>;

/** What a provider sent to the office's own bank. */
export type BankPayout = Shape<
  Schemas['BankPayout'],
  {
    state: 'under_way' | 'paid' | 'arrived' | 'failed' | 'cancelled';
    bank_line: string | null;
    arrived_on: string | null;
    candidates: Shape<Schemas['Candidate']>[];
  }
>;
