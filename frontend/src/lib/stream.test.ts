import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow } from './stream';

class Source extends EventTarget {
  static all: Source[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close() {
    this.closed = true;
  }
  say(type: string, data?: unknown) {
    this.dispatchEvent(
      data === undefined ? new Event(type) : new MessageEvent(type, { data: JSON.stringify(data) }),
    );
  }
}
const standing = (quantity: number) => ({ campaign: 'a', state: 'open', ladder: { quantity } });
const answered = vi.fn(async () => Response.json({ now: '', standings: [standing(7)] }));

beforeEach(() => {
  Source.all = [];
  answered.mockClear();
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('fetch', answered);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  hidden(false);
});

function hidden(value: boolean) {
  Object.defineProperty(document, 'hidden', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}
const newest = () => Source.all.at(-1) as Source;
const open = () => Source.all.filter((source) => !source.closed).length;

describe('follow', () => {
  it('tells what the stream says, and asks nothing meanwhile', async () => {
    const told = vi.fn();
    const stop = follow(['a', 'b'], told);
    expect(newest().url).toBe('/api/v1/live?campaigns=a%2Cb');
    newest().say('open');
    newest().say('standing', standing(5));
    expect(told).toHaveBeenCalledExactlyOnceWith(standing(5));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(answered).not.toHaveBeenCalled();
    stop?.();
    expect(open()).toBe(0);
  });

  it('follows nothing when there is nothing to follow', () => {
    expect(follow([], vi.fn())).toBeUndefined();
    expect(Source.all).toHaveLength(0);
  });

  it('asks while the stream cannot be had, and stops asking once it can', async () => {
    const told = vi.fn();
    const stop = follow(['a'], told);
    newest().say('error');
    expect(open()).toBe(0);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(answered).toHaveBeenCalledOnce();
    expect(told).toHaveBeenCalledExactlyOnceWith(standing(7));
    expect(open()).toBe(1);
    newest().say('open');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(answered).toHaveBeenCalledOnce();
    stop?.();
  });

  it('tries more and more rarely', async () => {
    const stop = follow(['a'], vi.fn());
    for (let tries = 0; tries < 12; tries++) {
      newest().say('error');
      await vi.advanceTimersByTimeAsync(2_000);
    }
    // After 24 seconds: pauses of about 1, 2, 4, 8 and 16 seconds, half as long or half again.
    expect(Source.all.length).toBeGreaterThan(3);
    expect(Source.all.length).toBeLessThan(9);
    stop?.();
  });

  it('takes a silent stream for dead', async () => {
    const stop = follow(['a'], vi.fn());
    newest().say('open');
    await vi.advanceTimersByTimeAsync(35_000);
    newest().say('beat', {});
    await vi.advanceTimersByTimeAsync(35_000);
    expect(Source.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(Source.all.length).toBeGreaterThan(1);
    expect(Source.all[0]?.closed).toBe(true);
    stop?.();
  });

  it('hangs up while nobody looks, and comes back when somebody does', async () => {
    const stop = follow(['a'], vi.fn());
    newest().say('open');
    hidden(true);
    expect(open()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(Source.all).toHaveLength(1);
    expect(answered).not.toHaveBeenCalled();
    hidden(false);
    expect(open()).toBe(1);
    stop?.();
    hidden(true);
    hidden(false);
    expect(open()).toBe(0);
  });
});
