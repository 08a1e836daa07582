import { expect, it } from 'vitest';
import { ranked } from './ranked';

it('puts what is recommended first, the cheaper before the dearer, and what fails last', () => {
  const row = (offer: string, each: string | null) => ({
    offer,
    trials: [
      { growth: 10, each: '1' },
      { growth: 0, each },
    ],
  });
  const rows = [row('fails', null), row('dear', '300'), row('mid', '200.5'), row('cheap', '90')];
  const order = (recommended: string | null) => ranked(rows, recommended).map(({ offer }) => offer);
  expect(order('mid')).toEqual(['mid', 'cheap', 'dear', 'fails']);
  expect(order(null)).toEqual(['cheap', 'mid', 'dear', 'fails']);
});
