import { expect, it } from 'vitest';
import type { DeskCampaign } from '../../../../lib/types-desk';
import { changesOf } from './changes';

const before = {
  title: 'A',
  threshold_firms: 2,
  closes_at: null,
  partners: [{ id: 'p' }, { id: 'q' }],
  variants: [{ id: 'v' }, { id: 'x' }],
} as unknown as DeskCampaign;

it('sends only what differs', () => {
  const body = { title: 'B', threshold_firms: 2, closes_at: null, partners: ['q', 'p'] };
  expect(changesOf(body, before)).toEqual({ title: 'B' });
});

it('knows the fee, which stands among the fees of a campaign', () => {
  const told = { ...before, fees: { host_bp: 150 } } as unknown as DeskCampaign;
  expect(changesOf({ host_fee_bp: 150 }, told)).toEqual({});
  expect(changesOf({ host_fee_bp: 0 }, told)).toEqual({ host_fee_bp: 0 });
});

it('sends partners when one is gone', () => {
  expect(changesOf({ partners: ['p'] }, before)).toEqual({ partners: ['p'] });
});

it('sends variants when one is left out', () => {
  expect(changesOf({ variants: ['x', 'v'] }, before)).toEqual({});
  expect(changesOf({ variants: ['x'] }, before)).toEqual({ variants: ['x'] });
});
