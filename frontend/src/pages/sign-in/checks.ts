/** The server's least length of a password; it checks again, with a list of common ones. */
export const LEAST_PASSWORD = 10;

/** Catches slips of the finger only; whether an address exists is for the letter to find out. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
}
