import { Problem, problemFrom } from './problem';

/**
 * The one way to the server: same origin, session cookie, CSRF header, the seat of this tab, the
 * language of the screen; a refusal is thrown as a `Problem`.
 */
export type Query = Record<string, string | number | boolean | null | undefined>;

interface Surroundings {
  seat: () => string | null;
  language: () => string;
  /** The session ended under the page. Resolves true when the person has signed in again. */
  expired: () => Promise<boolean>;
}

let around: Surroundings = { seat: () => null, language: () => 'ko', expired: async () => false };

/** Told once by the session, so that this file knows nothing of the screen. */
export function surround(by: Surroundings): void {
  around = by;
}

const ROOT = '/api/v1';
export const AUTH = '/api/auth/browser/v1';
const SAFE = new Set(['GET', 'HEAD']);

export function csrfToken(cookies: string = document.cookie): string | null {
  return /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(cookies)?.[1] ?? null;
}

/** `/campaigns` + {state: 'open', search: ''} → `/campaigns?state=open`: what is empty is left out. */
export function withQuery(path: string, query: Query = {}): string {
  const kept = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  );
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** The address of an event stream, which cannot send headers: its seat stands in the address. */
export function streamUrl(path: string, query: Query): string {
  return ROOT + withQuery(path, { ...query, seat: around.seat() });
}

interface Call {
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Ask for a sign-in in place when the session is gone (true unless told otherwise). */
  mayAsk?: boolean;
}

/** Sends one request to an absolute path of this origin; returns the parsed body, or null for 204. */
export async function call<T>(method: string, url: string, options: Call = {}): Promise<T> {
  const response = await send(method, url, options);
  if (response.ok) return (response.status === 204 ? null : await response.json()) as T;
  const problem = await problemFrom(response);
  const ended = response.status === 401 && problem.code !== 'reauthenticate';
  if (ended && options.mayAsk !== false && (await around.expired())) {
    return call<T>(method, url, { ...options, mayAsk: false });
  }
  throw problem;
}

/** The same without reading the answer, for those that say more when they refuse. */
export async function send(method: string, url: string, options: Call = {}): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': around.language() });
  const seat = around.seat();
  if (seat) headers.set('X-Seat', seat);
  if (!SAFE.has(method)) {
    // Any answer of the sign-in service sets the token's cookie; this one is never a refusal.
    // An answer that is not read keeps its connection.
    if (!csrfToken()) await (await fetch(`${AUTH}/config`)).text();
    headers.set('X-CSRFToken', csrfToken() ?? '');
  }
  const init: RequestInit = { method, headers, signal: options.signal ?? null };
  if (options.body instanceof FormData) init.body = options.body;
  else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
    init.body = JSON.stringify(options.body);
  }
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem({ status: 0, code: 'offline' });
  }
}

export type FileKind = 'xlsx' | 'csv' | 'zip';

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    call<T>('GET', ROOT + withQuery(path, query), { signal }),
  post: <T>(path: string, body: unknown = {}) => call<T>('POST', ROOT + path, { body }),
  put: <T>(path: string, body: unknown) => call<T>('PUT', ROOT + path, { body }),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', ROOT + path, { body }),
  delete: <T>(path: string) => call<T>('DELETE', ROOT + path),
  /** Saves a list as a spreadsheet, or what else is a file: fetched, not linked, because a link cannot say the seat. */
  download: async (path: string, query: Query, filename: string, as: FileKind = 'xlsx') => {
    const url = ROOT + withQuery(path, { ...query, cursor: null, export: as });
    const response = await send('GET', url, {});
    if (!response.ok) throw await problemFrom(response);
    const address = URL.createObjectURL(await response.blob());
    const link = Object.assign(document.createElement('a'), {
      href: address,
      download: `${filename}.${as}`,
    });
    link.click();
    URL.revokeObjectURL(address);
  },
};
