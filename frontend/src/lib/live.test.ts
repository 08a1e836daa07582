import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { observeClock, resetClock, serverNow } from './clock.svelte';
import { live } from './live';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  vi.useRealTimers();
  hidden(false);
});

function hidden(value: boolean) {
  Object.defineProperty(document, 'hidden', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('live', () => {
  it('asks again every so often, until it is stopped', async () => {
    const ask = vi.fn(async () => undefined);
    const stop = live(ask, 10);
    await vi.advanceTimersByTimeAsync(35_000);
    expect(ask).toHaveBeenCalledTimes(3);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['it throws', () => Promise.reject(new Error('away'))],
    ['a resource was not read', async () => false],
    ['one of several was not read', async () => [true, false]],
  ])('asks more and more rarely while %s', async (_, answer) => {
    const ask = vi.fn(answer as () => Promise<unknown>);
    const stop = live(ask, 10);
    // at 10, then 20 later, then 40 later: 10, 30, 70
    await vi.advanceTimersByTimeAsync(69_000);
    expect(ask).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ask).toHaveBeenCalledTimes(3);
    stop();
  });

  it('rests while nobody looks, and asks at once when somebody does', async () => {
    const ask = vi.fn(async () => undefined);
    const stop = live(ask, 10);
    hidden(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).not.toHaveBeenCalled();
    hidden(false);
    expect(ask).toHaveBeenCalledOnce();
    stop();
  });
});

describe('the server clock', () => {
  beforeEach(resetClock);

  it('is read from the middle of the trip', () => {
    observeClock(new Date(1_060_100).toISOString(), 1_000_000, 1_000_200);
    expect(serverNow() - Date.now()).toBe(60_000);
  });

  it('is taken from the shortest trip seen', () => {
    observeClock(new Date(1_060_100).toISOString(), 1_000_000, 1_000_200);
    observeClock(new Date(1_099_000).toISOString(), 1_000_000, 1_009_000);
    observeClock('nonsense', 1_000_000, 1_000_000);
    expect(serverNow() - Date.now()).toBe(60_000);
  });
});
