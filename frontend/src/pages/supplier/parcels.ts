/** One line of a shipment that is being written. */
export interface Parcel {
  order: string;
  number: string;
  firm: string;
  /** Where it goes. */
  place: string;
  left: number;
  included: boolean;
  quantity: number | null;
  tracking: string;
}

/**
 * Tracking numbers out of what was copied from a spreadsheet, by place of the parcel: a column of
 * numbers fills downwards from `start`; lines of two cells find their parcel by order number or firm.
 */
export function pastedTracking(
  text: string,
  parcels: readonly { number: string; firm: string }[],
  start: number,
): Map<number, string> | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const cells = lines.map((line) => line.split('\t').map((cell) => cell.trim()));
  if (lines.length < 2 && (cells[0]?.length ?? 0) < 2) return null;
  const found = new Map<number, string>();
  cells.forEach((row, i) => {
    if (row.length < 2) {
      if (start + i < parcels.length && row[0]) found.set(start + i, row[0]);
      return;
    }
    const at = parcels.findIndex(({ number, firm }) => row.includes(number) || row.includes(firm));
    const parcel = parcels[at];
    const tracking = row.findLast(
      (cell) => cell && cell !== parcel?.number && cell !== parcel?.firm,
    );
    if (parcel && tracking) found.set(at, tracking);
  });
  return found.size ? found : null;
}
