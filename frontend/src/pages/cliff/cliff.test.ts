import { render } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { speaking } from '../../lib/i18n.svelte';
import type { Ladder } from '../../lib/types';
import { EXAMPLE } from '../home/example';
import Cliff from './Cliff.svelte';
import { cliffOf } from './value';

// 640 at 1,950 come to 1,248,000; 700 at 1,700 would come to 1,190,000.
const ladder: Ladder = {
  ...EXAMPLE,
  cliff: { tier: 2, unit_price: '1700', quantity: 700, extra: 60 },
};

describe('a larger order that costs less', () => {
  it('is told with both amounts', () => {
    expect(cliffOf(ladder, 'KRW')).toEqual({
      price: '1700',
      quantity: 700,
      value: 1_190_000,
      extra: 60,
      now: { price: '1950', quantity: 640, value: 1_248_000 },
    });
  });

  it('counts in minor units where the currency has them', () => {
    const dollars = { ...ladder, cliff: { ...ladder.cliff!, unit_price: '1.705' } };
    expect(cliffOf(dollars, 'USD')?.value).toBe(119_350);
  });

  it('is not told where there is none, or where the present quantity is hidden', () => {
    expect(cliffOf(EXAMPLE, 'KRW')).toBeNull();
    const tiers = ladder.tiers.map((tier) => ({ ...tier, orderable: null }));
    expect(cliffOf({ ...ladder, tiers }, 'KRW')).toBeNull();
    expect(cliffOf({ ...ladder, current: null }, 'KRW')).toBeNull();
  });
});

describe('its sentence', () => {
  beforeEach(() => speaking.use('ko'));
  const said = () =>
    render(Cliff, { ladder, currency: 'KRW', unit: speaking.language === 'ko' ? '박스' : 'box' })
      .container.textContent?.replace(/\s+/g, ' ')
      .trim();

  it('has every figure, in both languages', () => {
    expect(said()).toContain(
      '60박스만 더 모여 700박스를 함께 사면, 지금처럼 640박스만 살 때보다 모두 합한 공급가액이 오히려 적습니다: 1,248,000원 → 1,190,000원',
    );
    expect(said()).toContain('단가는 1,950원에서 1,700원으로 내려갑니다.');
    speaking.use('en');
    expect(said()).toContain(
      'With only 60 boxes more, 700 boxes together cost less in all than 640 boxes do now',
    );
  });
});
