import type { Decimal, Schemas, Shape } from '../../lib/types';

export type Sums = Shape<Schemas['SavingsSums'], { percent: Decimal | null }>;
export type Group = Shape<Schemas['SavingsGroup'], { sums: Sums }>;
export type Savings = Shape<Schemas['Savings'], { total: Sums; groups: Group[] }>;
export type Line = Shape<
  Schemas['SavingsLine'],
  { unit_price: Decimal; reference: Shape<Schemas['Reference'], { unit_price: Decimal }> | null }
>;
