import type { Language } from '../../lib/types';

const KINDS: Record<string, Record<Language, string>> = {
  card: { ko: '카드', en: 'cards' },
  kr_card: { ko: '국내 카드', en: 'Korean cards' },
  kakao_pay: { ko: '카카오페이', en: 'Kakao Pay' },
  naver_pay: { ko: '네이버페이', en: 'Naver Pay' },
  payco: { ko: '페이코', en: 'PAYCO' },
  samsung_pay: { ko: '삼성페이', en: 'Samsung Pay' },
  link: { ko: 'Link', en: 'Link' },
};

/** What kinds of method are called; one that has no name here is told as the provider calls it. */
export const named = (kinds: readonly string[], language: Language): string =>
  kinds.map((kind) => KINDS[kind]?.[language] ?? kind).join(', ');
