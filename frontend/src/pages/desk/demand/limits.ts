import type { Decimal } from '../../../lib/types';

export interface Step {
  /** Null: what is wanted at any price. */
  limit: Decimal | null;
  firms: number;
  quantity: number;
}

/** How much is wanted at each price that some need names, the highest first: the demand curve. */
export function demandSteps(
  needs: readonly { quantity: number; price_limit: Decimal | null; firm: { id: string } | null }[],
): Step[] {
  const limits = [...new Set(needs.flatMap((need) => need.price_limit ?? []))].sort(
    (a, b) => Number(b) - Number(a),
  );
  const at = (limit: Decimal | null) => {
    const willing = needs.filter(
      (need) =>
        need.price_limit === null || (limit !== null && Number(need.price_limit) >= Number(limit)),
    );
    return {
      limit,
      firms: new Set(willing.map((need) => need.firm?.id)).size,
      quantity: willing.reduce((sum, need) => sum + need.quantity, 0),
    };
  };
  const steps = limits.map(at);
  const any = at(null);
  return any.quantity > 0 ? [any, ...steps] : steps;
}
