/** The server's clock, as near as one can read it from here: deadlines count down by it. */

let offset = 0;
let bestTrip = Infinity;

/**
 * Takes note of a reading of the server's clock. The true instant lies between sending and
 * receiving, so the reading with the shortest trip is the one to keep.
 */
export function observeClock(serverNow: string, sentAt: number, receivedAt: number): void {
  const trip = receivedAt - sentAt;
  const server = Date.parse(serverNow);
  if (Number.isNaN(server) || trip > bestTrip) return;
  bestTrip = trip;
  offset = server - (sentAt + receivedAt) / 2;
}

export function serverNow(): number {
  return Date.now() + offset;
}

/** Forgets all readings (tests). */
export function resetClock(): void {
  offset = 0;
  bestTrip = Infinity;
}

class Ticking {
  now = $state(Date.now());
  #users = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Starts the second hand for as long as someone looks at it; call inside `$effect`. */
  watch(): () => void {
    this.now = serverNow();
    if (this.#users++ === 0) this.#timer = setInterval(() => (this.now = serverNow()), 1000);
    return () => {
      if (--this.#users === 0) clearInterval(this.#timer);
    };
  }
}

export const ticking = new Ticking();
