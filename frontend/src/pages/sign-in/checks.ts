/** The server's least length of a password; it checks again, with a list of common ones. */
export const LEAST_PASSWORD = 10;

/** Catches slips of the finger only; whether an address exists is for the letter to find out. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
}

/** A path of this origin, or null: nothing that an address bar brings along may lead elsewhere. */
export function ownPath(text: string | null): string | null {
  return text && /^\/(?![/\\])/.test(text) ? text : null;
}

/** Where to go on after the letter of a sign-up, which opens a page of its own. */
export function keepNext(path: string | null): void {
  try {
    if (path) localStorage.setItem('next', path);
  } catch {
    // Without storage the invitation is opened once more.
  }
}

export function takeNext(): string | null {
  try {
    const kept = ownPath(localStorage.getItem('next'));
    localStorage.removeItem('next');
    return kept;
  } catch {
    return null;
  }
}
