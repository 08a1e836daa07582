import { AUTH, api, call, csrfToken, surround } from './api';
import { observeClock } from './clock.svelte';
import { speaking } from './i18n.svelte';
import { Problem } from './problem';
import { forgetAll } from './resource.svelte';
import { router } from './router.svelte';
import type { Language, Me, Seat } from './types';

/** Who is here, and for which of their seats this tab acts. */
class Session {
  status: 'unknown' | 'out' | 'in' | 'unreachable' = $state('unknown');
  me: Me | null = $state.raw(null);
  seatId: string | null = $state(keptSeat());
  /** The session ended under a page: the sign-in dialog is open over it, nothing typed is lost. */
  asking = $state(false);
  /** Notifications not read yet. */
  unread = $state(0);
  #answer: ((signedIn: boolean) => void) | null = null;
  #asked: Promise<boolean> | null = null;

  seat: Seat | null = $derived(
    this.me?.seats.find((seat) => seat.id === this.seatId) ?? this.me?.seats[0] ?? null,
  );

  constructor() {
    surround({
      seat: () => this.seat?.id ?? null,
      language: () => speaking.language,
      expired: () => this.#askAgain(),
    });
  }

  /** The seat needs a second factor that its person has not: until then it does nothing. */
  blocked = $derived(this.me?.second_factor === 'missing');

  can(capability: string): boolean {
    return this.me?.capabilities.includes(capability) ?? false;
  }

  /** At the beginning: a browser without our CSRF cookie has never signed in, and need not ask. */
  async start(): Promise<void> {
    if (csrfToken()) await this.refresh();
    else this.status = 'out';
  }

  /** Reads who is here; a kept seat that is not theirs any more falls back to the first one. */
  async refresh(): Promise<void> {
    const sentAt = Date.now();
    try {
      const me = await call<Me>('GET', '/api/v1/me', { mayAsk: false });
      observeClock(me.now, sentAt, Date.now());
      this.me = me;
      this.status = 'in';
      if (me.user.language !== speaking.language) speaking.use(me.user.language);
      // Who has no seat yet, or can do nothing with it, is told nothing.
      if (me.seats.length && !this.blocked) void this.#countUnread();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Under an open page the session may end: ask in place, do not throw the page away.
      if (error.status === 401 && this.status === 'in') void this.#askAgain();
      else if (error.status === 401) this.#clear();
      else if (error.code === 'seat_gone' && this.seatId) {
        this.me = null;
        this.#keepSeat(null);
        await this.refresh();
      } else if (this.status === 'unknown') this.status = 'unreachable';
    }
  }

  async signOut(): Promise<void> {
    // allauth answers 401 here: "you are signed out now".
    await orSignedOut('DELETE', `${AUTH}/auth/session`);
    this.#keepSeat(null);
    this.#clear();
  }

  async switchSeat(id: string): Promise<void> {
    this.#keepSeat(id);
    forgetAll();
    await this.refresh();
  }

  async save(changes: { name?: string; language?: Language }): Promise<void> {
    const me = await api.patch<Me>('/me', changes);
    this.me = me;
  }

  async speak(language: Language): Promise<void> {
    speaking.use(language);
    forgetAll();
    if (this.status !== 'in' || !this.me) return;
    this.me = { ...this.me, user: { ...this.me.user, language } };
    await this.save({ language });
  }

  /** Said by the dialog: signed in again, or given up. */
  answer(signedIn: boolean): void {
    this.asking = false;
    this.#answer?.(signedIn);
    this.#answer = this.#asked = null;
    if (!signedIn) this.#clear();
  }

  async #countUnread(): Promise<void> {
    try {
      const { count } = await call<{ count: number }>('GET', '/api/v1/notifications/unread', {
        mayAsk: false,
      });
      this.unread = count;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  #askAgain(): Promise<boolean> {
    if (this.status !== 'in') return Promise.resolve(false);
    this.asking = true;
    this.#asked ??= new Promise((resolve) => (this.#answer = resolve));
    return this.#asked;
  }

  #clear() {
    this.me = null;
    this.status = 'out';
    forgetAll();
  }

  #keepSeat(id: string | null) {
    this.seatId = id;
    try {
      if (id) {
        sessionStorage.setItem('seat', id);
        localStorage.setItem('seat', id);
      } else {
        sessionStorage.removeItem('seat');
        localStorage.removeItem('seat');
      }
    } catch {
      // Without storage the first seat is used after a reload.
    }
  }
}

/** For requests after which nobody is signed in: allauth says so by 401. */
export async function orSignedOut(method: string, url: string, body?: unknown): Promise<void> {
  try {
    await call(method, url, { body, mayAsk: false });
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401)) throw error;
  }
}

/** A tab keeps its own seat; a new tab starts with the one its link names, or the last one used. */
function keptSeat(): string | null {
  const named = router.query.get('seat');
  if (named) router.setQuery({ seat: null });
  try {
    if (named) sessionStorage.setItem('seat', named);
    return sessionStorage.getItem('seat') ?? localStorage.getItem('seat');
  } catch {
    return null;
  }
}

export const session = new Session();
