import { expect, it } from 'vitest';
import { demandSteps } from './limits';

const need = (firm: string, quantity: number, price_limit: string | null) => ({
  firm: { id: firm },
  quantity,
  price_limit,
});

it('counts at each price all who would still buy, each firm once', () => {
  expect(
    demandSteps([need('a', 10, null), need('b', 20, '100'), need('b', 5, '90'), need('c', 7, '9')]),
  ).toEqual([
    { limit: null, firms: 1, quantity: 10 },
    { limit: '100', firms: 2, quantity: 30 },
    { limit: '90', firms: 2, quantity: 35 },
    { limit: '9', firms: 3, quantity: 42 },
  ]);
});

it('says nothing of a price that nobody leaves open', () => {
  expect(demandSteps([need('a', 10, '5')])).toEqual([{ limit: '5', firms: 1, quantity: 10 }]);
  expect(demandSteps([])).toEqual([]);
});
