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

function final(value: string): number | null {
  const letter = value.replace(/[’”"')\]\s]+$/, '').at(-1) ?? '';
  if (letter >= '가' && letter <= '힣') return (letter.charCodeAt(0) - 0xac00) % 28;
  return /\d/.test(letter) ? (ofDigits[Number(letter)] ?? null) : null;
}

/**
 * A Korean sentence in which a particle written in both forms, as 이(가), takes the one that fits the value before
 * it; behind a foreign word both stay. The same rule as the server's sentences follow (common/text.py).
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
