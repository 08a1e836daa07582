/**
 * Wall clock of a named zone and instants, both ways, by what Intl knows: the form of a deadline
 * shows the cooperative's clock, the server takes UTC.
 */
function wall(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:${get('second')}`;
}

/** An instant as the value of a datetime-local control: "2026-05-31T18:00". */
export function toWall(at: string, zone: string): string {
  return wall(Date.parse(at), zone).slice(0, 16);
}

/** The day an instant falls on in a zone: "2026-05-31". */
export function dayIn(at: number, zone: string): string {
  return wall(at, zone).slice(0, 10);
}

/**
 * The instant of a wall clock reading in a zone, as ISO UTC; null when unreadable. A reading that
 * daylight saving skips moves on by the hour skipped; one that comes twice is taken the first time.
 */
export function fromWall(local: string, zone: string): string | null {
  const asUtc = Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`);
  if (Number.isNaN(asUtc)) return null;
  const shift = (at: number) => Date.parse(`${wall(at, zone)}Z`) - at;
  const guesses = [asUtc - shift(asUtc - 86_400_000), asUtc - shift(asUtc + 86_400_000)];
  const exact = guesses.filter((at) => at + shift(at) === asUtc);
  const at = exact.length ? Math.min(...exact) : Math.max(...guesses);
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
