import { expect, it } from 'vitest';
import { fileSize, missingFields, unusedColumns } from './files';

const field = (name: string, required: boolean, one_of: string[] = []) => ({
  name,
  label: name,
  required,
  one_of,
});
const fields = [
  field('item_code', false, ['item_code', 'item_name']),
  field('item_name', false, ['item_code', 'item_name']),
  field('quantity', true),
  field('currency', false),
];

it('asks for required fields, and of a pair for one', () => {
  const names = (mapping: Record<string, number | null>) =>
    missingFields(fields, mapping).map(({ name }) => name);
  expect(names({})).toEqual(['item_code', 'quantity']);
  expect(names({ item_name: 0, quantity: null })).toEqual(['quantity']);
  expect(names({ item_code: 3, quantity: 0 })).toEqual([]);
});

it('names the columns that nothing takes', () => {
  const columns = [{ index: 0 }, { index: 1 }, { index: 2 }];
  expect(unusedColumns(columns, { quantity: 1, currency: null })).toEqual([
    { index: 0 },
    { index: 2 },
  ]);
});

it('writes sizes as people read them', () => {
  expect([999, 36_400, 2_449_000].map(fileSize)).toEqual(['999 B', '36 kB', '2.4 MB']);
});
