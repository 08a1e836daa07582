import { expect, it } from 'vitest';
import type { Commitment } from '../../lib/types';
import { again } from './again';

it('says the whole of a commitment again, so that nothing of it is lost', () => {
  const mine: Commitment = {
    id: 'c',
    quantity: 5,
    tolerance: 2,
    minimum: 1,
    price_limit: '90.5',
    parts: [
      { variant: 'red', name: '빨강', quantity: 3 },
      { variant: 'blue', name: '파랑', quantity: 2 },
    ],
    tolerance_to: 'red',
    deliver_to: '파주 물류단지 7',
    partner_fee_bp: 0,
    state: 'active',
    accepted_at: '2026-01-01T00:00:00Z',
    must_answer: true,
    firm: { id: 'f', name: '가온정밀' },
    cooperative: { id: 'k', name: '한빛조합', zone: 'Asia/Seoul', currency: 'KRW' },
  };
  const alternative = { id: 'x', title: '', state: 'open', closes_at: null, zone: 'Asia/Seoul' };
  expect(again({ plan_b: { kind: 'campaign', alternative, results: [] } }, mine)).toEqual({
    quantity: 5,
    tolerance: 2,
    minimum: 1,
    price_limit: '90.5',
    parts: [
      { variant: 'red', quantity: 3 },
      { variant: 'blue', quantity: 2 },
    ],
    tolerance_to: 'red',
    cooperative: 'k',
    plan_b: 'campaign',
    alternative: 'x',
    deliver_to: '파주 물류단지 7',
  });
  expect(again({ plan_b: null }, mine)).toMatchObject({ plan_b: 'none', alternative: null });
});
