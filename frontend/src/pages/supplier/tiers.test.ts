import { describe, expect, it } from 'vitest';
import { complete, faultsOf, parseTiers } from './tiers';

describe('a table pasted from a spreadsheet', () => {
  it('is read with separators, signs and a heading line', () => {
    expect(parseTiers('수량\t단가\r\n1,000\t₩760\r\n5,000\t690원\r\n', 2)).toEqual([
      { min_quantity: 1000, unit_price: '760' },
      { min_quantity: 5000, unit_price: '690' },
    ]);
  });
  it('takes quantities that a spreadsheet wrote with decimals, and prices as fine as the currency', () => {
    expect(parseTiers('100.00\t4.956', 2)).toEqual([{ min_quantity: 100, unit_price: '4.95' }]);
  });
  it('leaves a single cell to the field', () => {
    expect(parseTiers('1,000', 2)).toBeNull();
    expect(parseTiers('', 2)).toBeNull();
  });
  it('keeps half a row, so that what is missing is asked for', () => {
    expect(parseTiers('10\t', 0)).toEqual([{ min_quantity: 10, unit_price: null }]);
  });
});

describe('rows beside each other', () => {
  const rows = [
    { min_quantity: 10, unit_price: '100' },
    { min_quantity: 10, unit_price: '100.0' },
    { min_quantity: 20, unit_price: '99.5' },
    { min_quantity: null, unit_price: '200' },
  ];
  it('must rise and fall strictly', () => {
    expect(faultsOf(rows, 0)).toEqual({ rising: false, falling: false });
    expect(faultsOf(rows, 1)).toEqual({ rising: true, falling: true });
    expect(faultsOf(rows, 2)).toEqual({ rising: false, falling: false });
    expect(faultsOf(rows, 3)).toEqual({ rising: false, falling: true });
  });
  it('are drawn when they are complete', () => {
    expect(complete(rows)).toHaveLength(3);
  });
});
