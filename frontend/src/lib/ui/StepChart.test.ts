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

/** A chart of lines, each as the costs at 1, 2, 3, … */
function show(...lines: (number | null)[][]) {
  return render(StepChart, {
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

it('has the lowest price and one near the highest where prices fall', () => {
  expect(labels(show([120, 100, 80], [110, 110, 90]))).toEqual(['80원', '120원']);
});

it('is drawn where nothing can be had at any quantity', () => {
  const container = show([null, null]);
  expect(container.querySelectorAll('svg path')).toHaveLength(1);
  expect(container.textContent).not.toMatch(/NaN|Infinity/);
  expect(container.innerHTML).not.toMatch(/NaN|Infinity/);
});
