/** Where things lie in a drawing of lines over a quantity. Everything in pixels or as it was given. */

/** About how many levels are named beside a drawing. */
const LEVELS = 4;

export interface Axis {
  low: number;
  high: number;
  /** Round levels from the lowest to the highest; one where all is the same, none where nothing is. */
  levels: number[];
  /** Whether something lies above. */
  cut: boolean;
}

/**
 * Round levels that hold what is drawn. One tiny order carries the whole delivery cost: the top is the
 * first level that nine tenths lie below, and what is above leaves the drawing.
 */
export function axis(values: readonly number[]): Axis {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, top] = [sorted[0], sorted.at(-1)];
  if (low === undefined || top === undefined) return { low: 0, high: 1, levels: [], cut: false };
  if (low === top) return { low, high: low, levels: [low], cut: false };
  const most = sorted[Math.floor(sorted.length * 0.9)] ?? top;
  const step = round((most > low ? most : top) - low);
  const [first, last] = [Math.floor(low / step), Math.ceil((most > low ? most : top) / step)];
  const levels = Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step));
  const high = levels.at(-1) ?? top;
  return { low: levels[0] ?? low, high, levels, cut: top > high };
}

/** The least of 1, 2, 5, 10, 20 … (and their parts) that divides a spread in at most LEVELS. */
function round(spread: number): number {
  const unit = 10 ** Math.floor(Math.log10(spread / LEVELS));
  const by = [1, 2, 5].find((one) => spread / (one * unit) <= LEVELS) ?? 10;
  return by * unit;
}
/** Without what adding parts of ten leaves behind: 0.30000000000000004. */
const tidy = (value: number) => Number(value.toPrecision(12));

/** How many rows so many marks need that take `gap` each, in a width. */
export function rows(count: number, gap: number, width: number): number {
  return Math.max(1, Math.ceil((count * gap) / Math.max(width, gap)));
}

/**
 * Places that lie at least `gap` apart between `least` and `most`, in the order given (rising), each as
 * near to the wanted one as the others allow. Where there is no room for all, evenly spread.
 */
export function apart(
  wanted: readonly number[],
  gap: number,
  least: number,
  most: number,
): number[] {
  const between = Math.min(gap, (most - least) / Math.max(1, wanted.length - 1));
  // Without the gaps it is enough that places do not fall: those that would share their mean.
  const groups: { sum: number; count: number }[] = [];
  wanted.forEach((place, i) => {
    let group = { sum: place - i * between, count: 1 };
    let last = groups.at(-1);
    while (last && last.sum / last.count > group.sum / group.count) {
      groups.pop();
      group = { sum: group.sum + last.sum, count: group.count + last.count };
      last = groups.at(-1);
    }
    groups.push(group);
  });
  const highest = most - (wanted.length - 1) * between;
  return groups
    .flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
    .map((place, i) => Math.min(Math.max(place, least), highest) + i * between);
}

/** About as wide as a text of 12 pixels is: letters of Hangul, and ₩, are as wide as they are high. */
export function wide(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2000' ? 12 : 7), 0);
}
