import { describe, expect, it } from 'vitest';
import { pastedTracking } from './parcels';

const parcels = [
  { number: 'A-1', firm: '가온정밀' },
  { number: 'A-2', firm: '나래식품' },
  { number: 'A-3', firm: '다솜인쇄' },
];

describe('tracking numbers pasted from a spreadsheet', () => {
  it('fill downwards from where they were pasted, and not beyond the end', () => {
    expect(pastedTracking('901\n902\n903\n', parcels, 1)).toEqual(
      new Map([
        [1, '901'],
        [2, '902'],
      ]),
    );
  });
  it('find their parcel by order number or firm, in any order of columns', () => {
    expect(pastedTracking('A-3\t903\n901\t가온정밀\nZ-9\t999', parcels, 0)).toEqual(
      new Map([
        [2, '903'],
        [0, '901'],
      ]),
    );
  });
  it('leave a single number to the field', () => {
    expect(pastedTracking('901', parcels, 0)).toBeNull();
    expect(pastedTracking('X\tY', parcels, 0)).toBeNull();
  });
});
