import { money, price, quantity, untilIn } from '../../lib/format';
import type { Language } from '../../lib/types';
import type { Term, Terms } from '../../lib/types-changes';
import variantsEn from '../variants/en';
import variantsKo from '../variants/ko';
import { difference } from '../variants/said';
import type ko from './ko';

/** How values of an offer's terms are written. */
export interface Manner {
  currency: string;
  unit: string;
  zone: string;
  language: Language;
  /** What the campaign's variants are called, in its order. */
  variants: readonly string[];
}

export const TERMS: readonly Term[] = [
  'tiers',
  'differences',
  'pack_size',
  'capacity',
  'lead_time_days',
  'delivery_cost',
  'valid_until',
  'note',
];

/** The terms that a change names, in the order in which they are told. */
export const termsIn = (terms: Terms): Term[] => TERMS.filter((name) => name in terms);

/** One term in words, beside `other`: a line for each tier, and for each variant that differs. */
export function said(
  terms: Terms,
  other: Terms,
  name: Term,
  manner: Manner,
  w: typeof ko,
): string[] {
  const q = (value: number) => quantity(value, manner.unit, manner.language);
  switch (name) {
    case 'tiers':
      return terms.tiers?.length
        ? terms.tiers.map((tier) =>
            w.from(q(tier.min_quantity), price(tier.unit_price, manner.currency, manner.language)),
          )
        : [w.none];
    case 'differences':
      return manner.variants.flatMap((variant, at) => {
        const given = terms.differences?.[at];
        if (given === undefined || given === other.differences?.[at]) return [];
        const v = manner.language === 'ko' ? variantsKo : variantsEn;
        return [`${variant} ${difference(given, manner.currency, manner.language, v)}`];
      });
    case 'pack_size':
      return [q(terms.pack_size ?? 0)];
    case 'capacity':
      return [terms.capacity == null ? w.noLimit : q(terms.capacity)];
    case 'lead_time_days':
      return [w.days(terms.lead_time_days ?? 0)];
    case 'delivery_cost':
      return [money(terms.delivery_cost ?? 0, manner.currency, manner.language)];
    case 'valid_until':
      return [untilIn(terms.valid_until ?? '', manner.zone, manner.language)];
    default:
      return [terms.note || w.none];
  }
}
