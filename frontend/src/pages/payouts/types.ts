import type { Schemas, Shape } from '../../lib/types';

export type PayoutState =
  'requested' | 'approved' | 'sent' | 'unknown' | 'succeeded' | 'failed' | 'reversed' | 'cancelled';
export type Payout = Shape<
  Schemas['Payout'],
  { state: PayoutState; approval: 'yes' | 'type' | 'no' }
>;
export type Deed = 'approve' | 'sent' | 'cancel' | 'reverse';
export type Totals = Shape<Schemas['PayoutTotals']>;
export type Payable = Shape<Schemas['Payable']>;
export type FirmAccount = Shape<Schemas['FirmAccount']>;

/** The lines that make a payout's amount; nothing for those of zero. */
export function linesOf(
  row: Pick<Payout, 'goods' | 'delivery' | 'vat' | 'deducted' | 'earlier'>,
): { of: 'goods' | 'delivery' | 'vat' | 'deducted' | 'earlier'; amount: number }[] {
  return [
    { of: 'goods' as const, amount: row.goods },
    { of: 'delivery' as const, amount: row.delivery },
    { of: 'vat' as const, amount: row.vat },
    { of: 'deducted' as const, amount: -row.deducted },
    { of: 'earlier' as const, amount: -row.earlier },
  ].filter((line) => line.amount !== 0);
}
