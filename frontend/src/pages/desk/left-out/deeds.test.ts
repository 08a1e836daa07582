import { expect, test } from 'vitest';
import type { LeftOut } from '../../../lib/types-outreach';
import { nearest } from './deeds';

const campaign = (id: string, match: string) => ({ id, title: `C${id}`, match });
const pool = (id: string, match: string, own = false) => ({
  id,
  item: { name: `P${id}` },
  match,
  own,
});
const row = (campaigns: unknown[], pools: unknown[]) =>
  ({ suggestions: { campaigns, pools, listings: [], same_need: 0 } }) as unknown as LeftOut;

test('a campaign of the same item comes first, then a pool of it, then what is alike', () => {
  expect(nearest(row([campaign('1', 'item')], [pool('2', 'item')]))).toMatchObject({ id: '1' });
  expect(nearest(row([campaign('1', 'category')], [pool('2', 'item')]))).toMatchObject({
    kind: 'pool',
    id: '2',
  });
  expect(nearest(row([campaign('1', 'category')], [pool('2', 'category')]))).toMatchObject({
    kind: 'campaign',
  });
});

test('a pool that the firm is in already is not suggested to it', () => {
  expect(nearest(row([], [pool('1', 'item', true), pool('2', 'category')]))).toMatchObject({
    id: '2',
  });
  expect(nearest(row([], [pool('1', 'item', true)]))).toBeNull();
});
