/** A particle whose form follows the sound before it: after a consonant, after a vowel. */
const particles: Record<string, readonly [string, string]> = {
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '은(는)': ['은', '는'],
  '와(과)': ['과', '와'],
  '(으)로': ['으로', '로'],
};
const leading = /^([’”)]*)(이\(가\)|을\(를\)|은\(는\)|와\(과\)|\(으\)로)/;
const RIEUL = 8;
/** 영 일 이 삼 사 오 육 칠 팔 구: places in Unicode's order of final consonants, 0 for none. */
const ofDigits = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0];

/** Latin letters: in capitals by the letter's own name (엘, 엠, 엔, 알), in a word by its sound. */
const ofLetters: Record<string, number> = { l: 8, m: 16, n: 4, r: 8 };
const ofEndings: Record<string, number> = { ng: 21, l: 8, m: 16, n: 4, k: 1, c: 1, b: 17, p: 17 };
/** Symbols of units are read as their names: 킬로그램, 리터. */
const ofSymbols: Record<string, number> = {
  g: 16,
  kg: 16,
  mg: 16,
  l: 0,
  ml: 0,
  m: 0,
  cm: 0,
  mm: 0,
};

/** The final consonant with which a value is read, by its place in Unicode; 0 none, null unknown. */
function final(value: string): number | null {
  const said = value.replace(/[’”"')\]\s]+$/, '');
  const letter = said.at(-1) ?? '';
  if (letter >= '가' && letter <= '힣') return (letter.charCodeAt(0) - 0xac00) % 28;
  if (/\d/.test(letter)) return ofDigits[Number(letter)] ?? null;
  const word = /[A-Za-z]+$/.exec(said)?.[0];
  if (!word) return null;
  const small = word.toLowerCase();
  if (word === word.toUpperCase()) return ofLetters[small.slice(-1)] ?? 0;
  return ofSymbols[small] ?? ofEndings[small.slice(-2)] ?? ofEndings[small.slice(-1)] ?? 0;
}

/**
 * A Korean sentence in which a particle written in both forms, as 이(가), takes the one that fits the value before
 * it; behind what nobody can read aloud both stay. The same rule as the server's sentences follow (common/text.py).
 */
export function josa(
  strings: TemplateStringsArray,
  ...values: readonly (string | number)[]
): string {
  return strings.reduce((before, text, i) => {
    const value = String(values[i - 1]);
    const sound = final(value);
    if (sound === null) return before + value + text;
    const fitting = text.replace(leading, (_, between: string, both: string) => {
      const [consonant, vowel] = particles[both] ?? [both, both];
      const soft = sound === 0 || (both === '(으)로' && sound === RIEUL);
      return between + (soft ? vowel : consonant);
    });
    return before + value + fitting;
  });
}
