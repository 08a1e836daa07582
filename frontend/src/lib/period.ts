import { day } from './format';
import type { Language } from './types';

/** A first and a last day, each with its year: on paper nobody knows which one is meant. */
export function fromTo(first: string, last: string, language: Language): string {
  const longAgo = 0;
  return `${day(first, language, longAgo)} – ${day(last, language, longAgo)}`;
}
