import { render } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { speaking } from '../i18n.svelte';
import StepChart from './StepChart.svelte';

// There is no layout here: it is drawn as wide as it is told to be, and told once.
beforeEach(() => {
  speaking.use('ko');
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600);
});

type Turns = { x: number; y: number | null; line: number | null; label: string }[];

/** A chart of lines, each as the costs at 1, 2, 3, … */
function show(...lines: (number | null)[][]) {
  return turning([], ...lines);
}
/** The same with numbered places. */
function turning(turns: Turns, ...lines: (number | null)[][]) {
  return render(StepChart, {
    turns,
    turnsTitle: '값이 가장 낮은 제안',
    cut: (level: string) => `${level}까지`,
    title: '개당 값',
    lines: lines.map((costs, i) => ({
      name: `공급사 ${i + 1}`,
      points: costs.map((y, at) => ({ x: at + 1, y })),
    })),
    mark: { x: 2, label: '지금 2개' },
    formatX: (x: number) => `${x}개`,
    formatY: (y: number) => `${y}원`,
  }).container;
}
const labels = (container: HTMLElement) =>
  [...container.querySelectorAll('.grid + text')].map((text) => text.textContent);

it('is drawn where every quantity costs the same, with that price once', () => {
  const container = show([95, 95, 95]);
  expect(container.querySelectorAll('svg path')).toHaveLength(1);
  expect(labels(container)).toEqual(['95원']);
});

it('names round prices from below the lowest to above the highest', () => {
  expect(labels(show([121, 100, 83], [110, 110, 90]))).toEqual([
    '80원',
    '90원',
    '100원',
    '110원',
    '120원',
    '130원',
  ]);
});

it('names no price twice', () => {
  const container = render(StepChart, {
    title: '개당 값',
    lines: [{ name: '공급사', points: [0.991, 0.994, 1.002].map((y, x) => ({ x: x + 1, y })) }],
    formatX: String,
    formatY: (y: number) => y.toFixed(2),
  }).container;
  expect(labels(container)).toEqual(['0.99', '1.00']);
});

it('lets a line leave the drawing above its highest level, and says so', () => {
  const most = Array.from({ length: 19 }, (_, i) => 118 - i);
  const container = show([4090, ...most]);
  expect(container.querySelector('p')?.textContent).toBe('120원까지');
  const [first = '', second = ''] =
    container.querySelector('path')?.getAttribute('d')?.split('L') ?? [];
  // Far above the top, and cut there: it is not drawn as if that were its cost.
  expect(Number(first.split(' ')[1])).toBeLessThan(-1000);
  expect(Number(second.split(' ')[1])).toBeGreaterThan(20);
  expect(container.querySelector('path')?.getAttribute('clip-path')).toMatch(/^url\(#/);
});

const TURNS: Turns = [
  { x: 1, y: 100, line: 0, label: '1개부터 가' },
  { x: 2, y: 90, line: 1, label: '2개부터 나' },
  { x: 3, y: null, line: null, label: '3개부터 없음' },
];

it('numbers where another offer becomes the cheapest, in the drawing and before its sentence', () => {
  const container = turning(TURNS, [100, 100, null], [120, 90, null]);
  const numbers = [...container.querySelectorAll('svg .number')].map((one) => one.textContent);
  expect(numbers).toEqual(['1', '2', '3']);
  const said = [...container.querySelectorAll('ol > li')].map((one) => one.textContent);
  expect(said).toEqual(['11개부터 가', '22개부터 나', '33개부터 없음']);
  expect(container.querySelector('ol')?.getAttribute('aria-label')).toBe('값이 가장 낮은 제안');
  // On the line of that offer, and on none where none delivers as much.
  const [first, second, ...more] = container.querySelectorAll('circle.turn');
  expect([first, second].map((one) => one?.classList.value.match(/line-\d/)?.[0])).toEqual([
    'line-0',
    'line-1',
  ]);
  expect(more).toEqual([]);
  // Today's demand stays.
  expect(container.querySelector('.marked')?.textContent).toBe('지금 2개');
});

it('has no point where the cost lies above the drawing', () => {
  const most = Array.from({ length: 19 }, (_, i) => 118 - i);
  const container = turning([{ x: 1, y: 4090, line: 0, label: '1개부터' }], [4090, ...most]);
  expect(container.querySelectorAll('circle.turn')).toHaveLength(0);
  expect(container.querySelectorAll('circle.badge')).toHaveLength(1);
});

it('keeps the numbers apart and in the drawing on a telephone, in rows where there are many', () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(340);
  const costs = Array.from({ length: 1000 }, (_, i) => 2000 - i);
  const turns = Array.from({ length: 20 }, (_, i) => {
    const x = i < 10 ? i + 1 : 900 + i;
    return { x, y: costs[x - 1] ?? null, line: 0, label: `${x}` };
  });
  const container = turning(turns, costs);
  const badges = [...container.querySelectorAll('circle.badge')].map((one) => ({
    x: Number(one.getAttribute('cx')),
    y: Number(one.getAttribute('cy')),
  }));
  const height = Number(container.querySelector('svg')?.getAttribute('height'));
  expect(badges).toHaveLength(20);
  badges.forEach((one, i) => {
    expect(one.x).toBeGreaterThanOrEqual(9);
    expect(one.x).toBeLessThanOrEqual(340 - 9);
    expect(one.y).toBeLessThan(height - 24);
    for (const other of badges.slice(i + 1))
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(20);
  });
});

it('says in the table which quantity is wanted today', () => {
  const heads = [...show([120, 100, 80]).querySelectorAll('tbody th')];
  expect(heads.map((one) => one.textContent)).toEqual(['1개', '지금 2개', '3개']);
});

it('is drawn where nothing can be had at any quantity', () => {
  const container = show([null, null]);
  expect(container.querySelectorAll('svg path')).toHaveLength(1);
  expect(container.textContent).not.toMatch(/NaN|Infinity/);
  expect(container.innerHTML).not.toMatch(/NaN|Infinity/);
});
