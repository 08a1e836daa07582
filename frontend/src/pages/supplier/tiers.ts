import { toDecimal, toInteger } from '../../lib/number-input';
import type { Decimal, Tier } from '../../lib/types';

/** A row of the editor: what is typed so far. */
export interface Row {
  min_quantity: number | null;
  unit_price: Decimal | null;
}

const CELLS = /\t|;|\s{2,}|,\s+/;

/**
 * Rows out of what was copied from a spreadsheet: lines of two cells, a heading line left out. Null when
 * it is not a table (a single cell is pasted as it is).
 */
export function parseTiers(text: string, decimals: number): Row[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const rows = lines
    .map((line) => line.split(CELLS))
    .filter((cells) => cells.length >= 2)
    .map(([quantity = '', price = '']) => ({
      min_quantity: toInteger(quantity.replace(/\.0+$/, '')),
      unit_price: toDecimal(price, decimals),
    }))
    .filter((row) => row.min_quantity !== null || row.unit_price !== null);
  return rows.length ? rows : null;
}

/** What is wrong with a row beside the one before it: quantities rise, prices fall, both strictly. */
export function faultsOf(rows: readonly Row[], at: number): { rising: boolean; falling: boolean } {
  const [row, before] = [rows[at], rows[at - 1]];
  return {
    rising:
      row?.min_quantity != null &&
      before?.min_quantity != null &&
      row.min_quantity <= before.min_quantity,
    falling:
      row?.unit_price != null &&
      before?.unit_price != null &&
      Number(row.unit_price) >= Number(before.unit_price),
  };
}

/** The rows that are complete: what can be drawn. */
export function complete(rows: readonly Row[]): Tier[] {
  return rows.flatMap(({ min_quantity, unit_price }) =>
    min_quantity !== null && unit_price !== null ? [{ min_quantity, unit_price }] : [],
  );
}
