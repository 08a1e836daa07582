import { Problem } from '../../lib/problem';

/** What stands in the fields of the variants, by variant. */
export type Typed = Record<string, number | string | null | undefined>;

/** A variant of which so many are there. */
export interface Part {
  variant: string;
  name: string;
  quantity: number;
}

/** How many of each variant are meant: a field that is left blank says none. */
export function chosen(parts: Pick<Part, 'variant'>[], typed: Typed): Record<string, number> {
  return Object.fromEntries(parts.map(({ variant }) => [variant, Number(typed[variant] ?? 0)]));
}

/** How many they are together. */
export function together(parts: Pick<Part, 'variant'>[], typed: Typed): number {
  return Object.values(chosen(parts, typed)).reduce((sum, many) => sum + many, 0);
}

/** Refuses what the fields of the variants make together, beside the first of them. */
export function refused(message: string): Problem {
  const fields = { parts: [{ code: 'claim_parts_wrong', message }] };
  return new Problem({ status: 422, code: 'invalid', fields });
}
