import type { Language } from './types';
import en from './messages/en';
import ko from './messages/ko';

/** The language of the screen. Korean first; the choice is kept on this machine and with the user. */
class Speaking {
  language: Language = $state(kept());

  use(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
    try {
      localStorage.setItem('language', language);
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  }
}

function kept(): Language {
  try {
    const stored = localStorage.getItem('language');
    if (stored === 'ko' || stored === 'en') return stored;
  } catch {
    // Storage may be forbidden.
  }
  return navigator.languages.some((tag) => tag.startsWith('ko')) || !navigator.language
    ? 'ko'
    : 'en';
}

export const speaking = new Speaking();

/**
 * Messages of one page or part, in the language of the screen: `const t = words(ko, en)`, then
 * `t.title`. Reading is reactive; a missing key in `en.ts` is a type error (`const en: typeof ko`).
 */
export function words<M extends object>(korean: M, english: NoInfer<M>): M {
  const both = { ko: korean, en: english };
  const view = {} as M;
  for (const key of Object.keys(korean) as (keyof M)[]) {
    Object.defineProperty(view, key, { enumerable: true, get: () => both[speaking.language][key] });
  }
  return view;
}

/** The words everybody shares: shell, parts, states. */
export const t = words(ko, en);
