import { describe, expect, it } from 'vitest';
import { counted, nearest, priceCounted } from './units';

const box = { said: 1, base: 12 };
const piece = { said: 12, base: 1 };

describe('another unit than the item’s', () => {
  it('counts exactly or not at all', () => {
    expect(counted(3, box)).toBe(36);
    expect(counted(36, piece)).toBe(3);
    expect(counted(30, piece)).toBeNull();
    expect(nearest(30, piece)).toEqual([24, 36]);
    expect(nearest(5, piece)).toEqual([12]);
  });

  it('converts a price exactly or not at all', () => {
    expect(priceCounted('12000', box)).toBe('1000');
    expect(priceCounted('9999', box)).toBe('833.25');
    expect(priceCounted('10000', box)).toBeNull();
    expect(priceCounted('10.5', piece)).toBe('126');
    expect(priceCounted('0.000012', box)).toBe('0.000001');
    expect(priceCounted('99999999999.999999', piece)).toBe('1199999999999.999988');
  });
});
