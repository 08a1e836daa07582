import { expect, it } from 'vitest';
import type { DeskCampaign } from '../../../../lib/types-desk';
import { changesOf } from './changes';

const before = {
  title: 'A',
  threshold_firms: 2,
  closes_at: null,
  partners: [{ id: 'p' }, { id: 'q' }],
} as unknown as DeskCampaign;

it('sends only what differs', () => {
  const body = { title: 'B', threshold_firms: 2, closes_at: null, partners: ['q', 'p'] };
  expect(changesOf(body, before)).toEqual({ title: 'B' });
});

it('sends partners when one is gone', () => {
  expect(changesOf({ partners: ['p'] }, before)).toEqual({ partners: ['p'] });
});
