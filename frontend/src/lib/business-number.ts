/**
 * Korean business registration numbers: 10 digits written 000-00-00000; the last is a check digit
 * (weights 1 3 7 1 3 7 1 3 5, and the tens of the ninth product), the rule of the National Tax Service.
 */
const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];

export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, 10);
}

/** "2208162517" → "220-81-62517", and the beginning of one as far as it goes. */
export function dashed(text: string): string {
  const digits = digitsOf(text);
  return [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)].filter(Boolean).join('-');
}

export function isBusinessNumber(text: string): boolean {
  const digits = [...digitsOf(text)].map(Number);
  if (digits.length !== 10 || text.normalize('NFKC').replace(/\D/g, '').length !== 10) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (digits[i] ?? 0), 0);
  const check = (10 - ((sum + Math.floor(((digits[8] ?? 0) * 5) / 10)) % 10)) % 10;
  return check === digits[9];
}
