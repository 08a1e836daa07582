/**
 * Typing numbers: thousands separators appear while one types, the caret stays behind the digit it was
 * behind, and what is pasted from a spreadsheet or a letter ("₩1,234,500 원", "１２３") is understood.
 */
export interface Typed {
  text: string;
  caret: number;
}

/** Only what counts: digits and at most one point with `decimals` digits behind it. "" for nothing. */
export function bare(text: string, decimals: number): string {
  const plain = text.normalize('NFKC').replace(/[^\d.]/g, '');
  const [whole = '', ...rest] = plain.split('.');
  const trimmed = whole.replace(/^0+(?=\d)/, '');
  if (decimals === 0 || rest.length === 0) return trimmed;
  return `${trimmed || '0'}.${rest.join('').slice(0, decimals)}`;
}

/** "1234567.5" → "1,234,567.5" */
export function grouped(value: string): string {
  const [whole = '', fraction] = value.split('.');
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}

/** What the control should show after an edit, and where the caret belongs. */
export function retype(text: string, caret: number, decimals: number): Typed {
  const shown = grouped(bare(text, decimals));
  const before = countDigits(text.slice(0, caret));
  let at = 0;
  for (let seen = 0; at < shown.length && seen < before; at++) {
    if (/[\d.]/.test(shown[at] ?? '')) seen++;
  }
  return { text: shown, caret: at };
}

const countDigits = (text: string) => text.normalize('NFKC').replace(/[^\d.]/g, '').length;

/** The whole number in a text; null when there is none. */
export function toInteger(text: string): number | null {
  const value = bare(text, 0);
  return value === '' ? null : Number(value);
}

/** The decimal in a text as the API wants it ("4.95", never "4."); null when there is none. */
export function toDecimal(text: string, decimals: number): string | null {
  const value = bare(text, decimals).replace(/\.$/, '');
  return value === '' ? null : value;
}

/** A decimal string from the API without the zeros it carries: "1250.000000" → "1250". */
export function trimDecimal(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}
