import type { StandingOffer } from '../../lib/types-prices';
import { dayIn } from '../../lib/zone';

/** Where a standing offer is in its time, by the day in a zone. */
export function validityOf(
  row: Pick<StandingOffer, 'state' | 'valid_from' | 'valid_until'>,
  now: number,
  zone: string,
): 'active' | 'ended' | 'later' | 'over' {
  if (row.state === 'ended') return 'ended';
  const today = dayIn(now, zone);
  if (row.valid_from > today) return 'later';
  return row.valid_until < today ? 'over' : 'active';
}
