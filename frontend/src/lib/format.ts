import type { Decimal, Language } from './types';

/**
 * Numbers, money and time as people read them. Pure: the language is an argument. Intl objects are
 * costly to make and are kept.
 */
const LOCALE: Record<Language, string> = { ko: 'ko-KR', en: 'en-GB' };
const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numbers(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${language}${JSON.stringify(options)}`;
  let made = kept.get(key) as Intl.NumberFormat | undefined;
  if (!made) kept.set(key, (made = new Intl.NumberFormat(LOCALE[language], options)));
  return made;
}

function dates(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${language}${JSON.stringify(options)}`;
  let made = kept.get(key) as Intl.DateTimeFormat | undefined;
  if (!made) kept.set(key, (made = new Intl.DateTimeFormat(LOCALE[language], options)));
  return made;
}

/** Digits after the point in a currency's minor unit (KRW 0, USD 2), from ISO 4217 by way of Intl. */
export function minorDigits(currency: string): number {
  return (
    numbers('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0
  );
}

/** An amount in minor units: money(1234500, 'KRW', 'ko') → "1,234,500원"; 'USD' → "US$12,345.00". */
export function money(minor: number, currency: string, language: Language): string {
  const digits = minorDigits(currency);
  const major = minor / 10 ** digits;
  return worded(
    numbers(language, currencyOptions(currency, digits, digits)).format(major),
    major,
    currency,
    language,
    digits,
  );
}

/** A unit price (a rate, up to six decimals): price("4.950000", 'USD', 'en') → "US$4.95". */
export function price(value: Decimal, currency: string, language: Language): string {
  const digits = minorDigits(currency);
  const text = numbers(language, currencyOptions(currency, digits, 6)).format(Number(value));
  return worded(text, Number(value), currency, language, 6);
}

function currencyOptions(currency: string, least: number, most: number): Intl.NumberFormatOptions {
  return {
    style: 'currency',
    currency,
    minimumFractionDigits: Math.min(least, most),
    maximumFractionDigits: most,
  };
}

/** Korean business documents write 1,000원, not ₩1,000. */
function worded(
  text: string,
  major: number,
  currency: string,
  language: Language,
  most: number,
): string {
  if (currency !== 'KRW' || language !== 'ko') return text;
  return `${numbers('ko', { maximumFractionDigits: most }).format(major)}원`;
}

export function count(value: number, language: Language): string {
  return numbers(language, { maximumFractionDigits: 0 }).format(value);
}

/**
 * A quantity with its unit: 1200, "개" → "1,200개"; "box" → "1,200 boxes". Symbols (kg, L) have no
 * plural, and "each" is how one says a price, not a quantity.
 */
export function quantity(value: number, unit: string, language: Language): string {
  const number = count(value, language);
  if (!unit || (language === 'en' && unit === 'each')) return number;
  if (language === 'en') return `${number} ${value === 1 ? unit : plural(unit)}`;
  return /^[a-z]/i.test(unit) ? `${number} ${unit}` : number + unit;
}

function plural(unit: string): string {
  if (!/^[a-z]{3,}$/.test(unit) || unit.endsWith('s')) return unit;
  return unit + (/(x|ch|sh)$/.test(unit) ? 'es' : 's');
}

export function percent(value: number, language: Language, digits = 0): string {
  return numbers(language, { style: 'percent', maximumFractionDigits: digits }).format(value / 100);
}

/** An instant on the wall clock of a zone: "5월 31일 (일) 18:00". The year is shown when it is another. */
export function dateTime(
  at: string | number,
  zone: string,
  language: Language,
  now = Date.now(),
): string {
  return dates(language, {
    timeZone: zone,
    month: language === 'ko' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(sameYear(at, now, zone) ? {} : { year: 'numeric' }),
  }).format(new Date(at));
}

/** The day of an instant in a zone. */
export function dateIn(
  at: string | number,
  zone: string,
  language: Language,
  now = Date.now(),
): string {
  return dates(language, {
    timeZone: zone,
    month: language === 'ko' ? 'long' : 'short',
    day: 'numeric',
    ...(sameYear(at, now, zone) ? {} : { year: 'numeric' }),
  }).format(new Date(at));
}

/**
 * Until when something lasts. What ends with a day ends at the midnight after it, and people are told
 * the day: over at 00:00 of the 6th is until the 5th. With `day` the day alone, whatever the time.
 */
export function untilIn(at: string, zone: string, language: Language, day = false): string {
  const end = Date.parse(at);
  const clock = dates('en', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const midnight = clock.format(end) === '00:00';
  return day || midnight ? dateIn(end - 1, zone, language) : dateTime(at, zone, language);
}

/** A calendar day ("2026-05-31"), which has no zone and must not be shifted by one. */
export function day(value: string, language: Language, now = Date.now()): string {
  return dateIn(`${value}T00:00:00Z`, 'UTC', language, now);
}

function sameYear(at: string | number, now: number, zone: string): boolean {
  const year = dates('en', { timeZone: zone, year: 'numeric' });
  return year.format(new Date(at)) === year.format(now);
}

/** The zone's name as people say it: "한국 표준시", "Korean Standard Time" shortened to "KST" where known. */
export function zoneName(zone: string, language: Language, at: number = Date.now()): string {
  if (zone === 'Asia/Seoul') return language === 'ko' ? '한국 시간' : 'Korea time';
  const parts = dates(language, { timeZone: zone, timeZoneName: 'shortGeneric' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

export interface Left {
  over: boolean;
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** How long is left until an instant, cut into pieces; `over` at the instant itself (half-open). */
export function left(until: string | number, now: number): Left {
  const total = Math.ceil((new Date(until).getTime() - now) / 1000);
  const s = Math.max(0, total);
  return {
    over: total <= 0,
    days: Math.floor(s / 86400),
    hours: Math.floor((s % 86400) / 3600),
    minutes: Math.floor((s % 3600) / 60),
    seconds: s % 60,
  };
}

/** "3분 전", "in 2 days": for feeds, where the exact time stands in a title. */
export function ago(at: string | number, now: number, language: Language): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(LOCALE[language], { numeric: 'auto' });
  for (const [unit, size] of [
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'minute');
}
