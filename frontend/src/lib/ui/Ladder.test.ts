import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { EXAMPLE } from '../../pages/home/example';
import { speaking } from '../i18n.svelte';
import type { Ladder as LadderShape } from '../types';
import Ladder from './Ladder.svelte';

beforeEach(() => speaking.use('ko'));

function show(changes: Partial<LadderShape> = {}, more: Record<string, unknown> = {}) {
  const ladder = { ...EXAMPLE, ...changes };
  return render(Ladder, { ladder, currency: 'KRW', unit: '개', ...more }).container;
}
const words = (container: HTMLElement) => container.textContent?.replace(/\s+/g, ' ') ?? '';

it('says the price now and what a few more would save everybody', () => {
  const text = words(show());
  expect(text).toContain('1,950원 개당');
  expect(text).toContain('43개 더 모이면 모두 개당 250원씩 아낍니다');
});

it('gives every tier its own progress, named for those who cannot see it', () => {
  show();
  const bars = screen.getAllByRole('progressbar');
  expect(bars.map((bar) => bar.getAttribute('value'))).toEqual(['100', '100', '94', '54']);
  expect(bars[2]?.getAttribute('aria-label')).toBe('800개 구간 94% 달성');
});

it('says what it takes to go ahead while no tier carries', () => {
  const next = { ...EXAMPLE.next!, tier: 0, unit_price: '2200', missing: 8 };
  const text = words(show({ current: null, next }));
  expect(text).toContain('아직 성립 전');
  expect(text).toContain('8개 더 모이면 2,200원에 성립합니다');
});

it('asks for firms where the quantity is there', () => {
  const next = { ...EXAMPLE.next!, missing: 0, missing_firms: 2 };
  expect(words(show({ next }))).toContain('2개사가 더 참여하면');
});

it('does not show a total that gives one firm away', () => {
  const tiers = EXAMPLE.tiers.map((tier) => ({ ...tier, demand: null, orderable: null }));
  const text = words(show({ tiers, next: null }));
  expect(text).toContain('비공개');
  expect(text).not.toContain('757');
});

it('promises nothing any more once it is settled', () => {
  const text = words(show({}, { settled: true }));
  expect(text).not.toContain('더 모이면');
  expect(text).toContain('결정');
});

it('says of one that is over without a price that it did not come about, not that it might', () => {
  const text = words(show({ current: null }, { settled: true }));
  expect(text).toContain('성립하지 않았습니다');
  expect(text).not.toContain('아직');
});

it('names the unit of the item, and what came about when it is over', () => {
  const box = (more: object, changes: Partial<LadderShape> = {}) =>
    words(show(changes, { unit: '박스', ...more }));
  expect(box({})).toContain('43박스 더 모이면 모두 박스당 250원씩 아낍니다');
  expect(box({}, { current: null })).toContain('아직 성립 전');
  for (const [state, said] of [
    ['failed', '성립하지 않았습니다'],
    ['cancelled', '취소되었습니다'],
  ]) {
    const text = box({ settled: true, state });
    expect(text).toContain(said);
    expect(text).not.toMatch(/아직 성립 전|결정/);
  }
  speaking.use('en');
  expect(words(show({}, { unit: 'box' }))).toContain('everybody saves ₩250 per box');
  expect(words(show({}, { unit: 'each' }))).toContain('everybody saves ₩250 each');
});
