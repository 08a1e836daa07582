import { api, withQuery, type Query } from './api';
import { observeClock } from './clock.svelte';
import { speaking } from './i18n.svelte';
import { Problem } from './problem';

/** What was seen last at an address: going back shows it at once, and nothing jumps. */
const seen = new Map<string, unknown>();
const MOST_SEEN = 40;

/** Forgets everything seen: another person or another seat must not see it. */
export function forgetAll(): void {
  seen.clear();
}

/**
 * Data of an address that follows its inputs: `const list = resource<Page<Need>>(() => ['/needs', { state }])`.
 * While new inputs load, the old data stay (`loading` tells); `null` as address loads nothing.
 * Call while a component is being set up.
 */
export class Resource<T> {
  data: T | undefined = $state.raw();
  problem: Problem | null = $state.raw(null);
  loading = $state(true);
  #address: () => readonly [path: string, query?: Query] | null;
  #turn = 0;
  #underWay = 0;
  #path: string | null = null;

  constructor(address: () => readonly [path: string, query?: Query] | null) {
    this.#address = address;
    $effect.pre(() => {
      const asked = this.#address();
      // The server speaks too: its names and sentences come anew with another language.
      void speaking.language;
      if (!asked) {
        this.loading = false;
        return;
      }
      const key = withQuery(...asked);
      // Another filter keeps the old rows until the new ones are here; another thing does not.
      if (seen.has(key)) this.data = seen.get(key) as T;
      else if (this.#path !== asked[0]) this.data = undefined;
      this.#path = asked[0];
      this.loading = true;
      const abort = new AbortController();
      void this.#load(key, abort.signal).catch(() => undefined);
      return () => abort.abort();
    });
  }

  /**
   * Asks again for the same address; false when that did not work, so that `live` can back off. It
   * throws nothing: what was done before it is done, and must not be told as failed.
   */
  reload = async (): Promise<boolean> => {
    const asked = this.#address();
    if (!asked) return true;
    return this.#load(withQuery(...asked)).then(
      () => true,
      () => false,
    );
  };

  /** Shows what a request has just answered, without asking again. */
  set(data: T): void {
    this.#turn++;
    this.data = data;
    this.loading = false;
    const asked = this.#address();
    if (asked) remember(withQuery(...asked), data);
  }

  /**
   * Shows what was told in passing of a part of the data. An answer that is under way may be newer in
   * the rest, and must not be lost to that, and older in this part: then it is asked for anew.
   */
  amend(data: T): void {
    if (this.#underWay) void this.reload();
    else this.set(data);
  }

  async #load(key: string, signal?: AbortSignal): Promise<void> {
    const turn = ++this.#turn;
    const sentAt = Date.now();
    this.#underWay++;
    try {
      const data = await api.get<T>(key, undefined, signal);
      if (turn !== this.#turn) return;
      const now = (data as { now?: unknown } | null)?.now;
      if (typeof now === 'string') observeClock(now, sentAt, Date.now());
      this.data = data;
      this.problem = null;
      remember(key, data);
    } catch (error) {
      if (signal?.aborted || turn !== this.#turn) return;
      this.problem = error instanceof Problem ? error : new Problem({ status: 0, code: 'broken' });
      throw this.problem;
    } finally {
      this.#underWay--;
      if (turn === this.#turn) this.loading = false;
    }
  }
}

function remember(key: string, data: unknown): void {
  seen.delete(key);
  seen.set(key, data);
  if (seen.size > MOST_SEEN) seen.delete(seen.keys().next().value ?? '');
}

export function resource<T>(
  address: () => readonly [path: string, query?: Query] | null,
): Resource<T> {
  return new Resource<T>(address);
}
