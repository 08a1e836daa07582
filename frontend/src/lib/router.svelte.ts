/**
 * The address bar. The match is derived from the path alone: a change of the query must never mount
 * the page anew, or a search box would lose its focus at every letter.
 */
export interface Match<R> {
  route: R;
  params: Record<string, string>;
}

/** Finds the first route whose pattern (`/campaigns/:id`) fits the path; null when none does. */
export function match<R extends { path: string }>(
  routes: readonly R[],
  path: string,
): Match<R> | null {
  const parts = split(path);
  for (const route of routes) {
    const pattern = split(route.path);
    if (pattern.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((piece, i) => {
      const part = parts[i] ?? '';
      if (piece.startsWith(':')) return Boolean((params[piece.slice(1)] = decode(part)));
      return piece === part;
    });
    if (fits) return { route, params };
  }
  return null;
}

const split = (path: string) => path.split('/').filter(Boolean);

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Addresses that the server answers to itself. */
const ELSEWHERE = /^\/(api|admin|static)\//;

/** Asked before a page is left; true holds it, and `leave` goes on later. */
type Hold = (leave: () => void) => boolean;

const depth = (state: { at?: number } | null) => state?.at;

class Router {
  path = $state(location.pathname);
  search = $state(location.search);
  query = $derived(new URLSearchParams(this.search));

  #holds: Hold[] = [];
  /** Where in the history we stand, counted from where we came in; kept with each entry. */
  #at = depth(history.state) ?? 0;
  #returning = false;
  #leaving = false;

  constructor() {
    // The entry we came in by has its place too, or the way back to it could not be told.
    if (depth(history.state) === undefined) history.replaceState({ at: 0 }, '');
    addEventListener('popstate', (event) => this.#moved(depth(event.state) ?? this.#at));
    document.addEventListener('click', (event) => this.#follow(event));
  }

  go(to: string, how: { replace?: boolean } = {}): void {
    const url = new URL(to, location.href);
    // `?next=//elsewhere.example` must lead nobody away.
    if (url.origin !== location.origin) return this.go('/', how);
    if (ELSEWHERE.test(url.pathname)) return location.assign(url);
    if (how.replace) this.#go(url, true);
    else if (!this.#held(url, () => this.#go(url, false))) this.#go(url, false);
  }

  #go(url: URL, replace: boolean) {
    const samePath = url.pathname === location.pathname;
    if (!replace) this.#at += 1;
    history[replace ? 'replaceState' : 'pushState']({ at: this.#at }, '', url);
    this.#read();
    if (!samePath) scrollTo(0, 0);
  }

  /** Asks `ask` before this page (or this part of it, by `?tab=`) is left; the answer ends that. */
  hold(ask: Hold): () => void {
    this.#holds.push(ask);
    return () => (this.#holds = this.#holds.filter((each) => each !== ask));
  }

  #held(to: URL, leave: () => void): boolean {
    const tab = to.searchParams.get('tab');
    if (to.pathname === this.path && tab === this.query.get('tab')) return false;
    return this.#holds.some((ask) => ask(leave));
  }

  /** The browser went through its history by itself: where the page is held it is taken back. */
  #moved(to: number) {
    const by = to - this.#at;
    const leave = () => {
      this.#leaving = true;
      history.go(by);
    };
    if (this.#returning) this.#returning = false;
    else if (by && !this.#leaving && this.#held(new URL(location.href), leave)) {
      this.#returning = true;
      history.go(-by);
    } else {
      this.#leaving = false;
      this.#at = to;
      this.#read();
    }
  }

  /** Changes parts of the query in place; null or '' takes a part away. */
  setQuery(changes: Record<string, string | null>): void {
    const query = new URLSearchParams(this.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    this.go(query.size ? `?${query}` : location.pathname, { replace: true });
  }

  #read() {
    this.path = location.pathname;
    this.search = location.search;
  }

  #follow(event: MouseEvent) {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (
      !link?.href ||
      link.target ||
      link.hasAttribute('download') ||
      link.origin !== location.origin
    )
      return;
    if (ELSEWHERE.test(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    this.go(link.href);
  }
}

export const router = new Router();
