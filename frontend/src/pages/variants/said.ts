import { price } from '../../lib/format';
import { trimDecimal } from '../../lib/number-input';
import type { Decimal, Language } from '../../lib/types';
import type ko from './ko';

/** A difference to the price of a tier in words: "+500원", "−1,000원", or that there is none. */
export function difference(
  value: Decimal,
  currency: string,
  language: Language,
  w: Pick<typeof ko, 'same' | 'more' | 'less'>,
): string {
  const number = Number(value);
  if (!number) return w.same;
  const amount = price(value.replace(/^-/, ''), currency, language);
  return number > 0 ? w.more(amount) : w.less(amount);
}

/** The exact sum of two decimal strings with at most six digits behind the point. */
export function plus(a: Decimal, b: Decimal): Decimal {
  const scaled = (text: string) => {
    const [whole = '0', rest = ''] = text.replace('-', '').split('.');
    const size = BigInt(whole + rest.slice(0, 6).padEnd(6, '0'));
    return text.startsWith('-') ? -size : size;
  };
  const sum = scaled(a) + scaled(b);
  const digits = String(sum < 0n ? -sum : sum).padStart(7, '0');
  return trimDecimal(`${sum < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`);
}
