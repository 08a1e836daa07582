import type { Language } from '../../lib/types';

/** The month of a calendar day: 2026년 11월, November 2026. */
export function monthName(day: string, language: Language): string {
  const [year, month] = day.split('-').map(Number);
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.UTC(year ?? 0, (month ?? 1) - 1, 1));
}
