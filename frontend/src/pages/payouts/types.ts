import type { Schemas, Shape } from '../../lib/types';

export type PayoutState =
  'requested' | 'approved' | 'sent' | 'unknown' | 'succeeded' | 'failed' | 'reversed' | 'cancelled';
export type Payout = Shape<
  Schemas['Payout'],
  { state: PayoutState; approval: 'yes' | 'type' | 'no' }
>;
export type Deed = 'approve' | 'sent' | 'transfer' | 'cancel' | 'reverse';
export type Totals = Shape<Schemas['PayoutTotals']>;
export type Payable = Shape<Schemas['Payable']>;
export type FirmAccount = Shape<Schemas['FirmAccount']>;

/** Where a payout goes, in one line: a bank account, or the supplier's connected account. */
export function goesTo(row: Payout, connected: string): string {
  if (row.payee) return `${connected} ${row.payee}`;
  return `${row.bank_name} ${row.bank_account} (${row.bank_holder})`;
}

/** The campaigns whose payout a debt can be taken off: of its supplier and currency, where all of it
 * is still owed. */
export function toOffset(
  campaigns: Schemas['PayoutTotal'][],
  debt: Pick<Schemas['Debt'], 'supplier' | 'currency' | 'amount'>,
): { value: string; label: string }[] {
  return campaigns
    .filter((each) => each.supplier.id === debt.supplier.id && each.currency === debt.currency)
    .filter((each) => each.open >= debt.amount)
    .map((each) => ({ value: each.campaign.id, label: each.campaign.title }));
}

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
