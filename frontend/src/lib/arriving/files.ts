import type { Mapping } from '../types-desk';

/** Something that a file may say, and whether it must; of several, one is enough. */
export interface FileField {
  name: string;
  label: string;
  required: boolean;
  one_of?: string[];
}

/** Fields that still need a column: the required ones, and of a pair the first of two empty ones. */
export function missingFields(fields: readonly FileField[], mapping: Mapping): FileField[] {
  const empty = (name: string) => mapping[name] == null;
  return fields.filter(
    (field) =>
      empty(field.name) &&
      (field.required || (field.one_of?.[0] === field.name && field.one_of.every(empty))),
  );
}

/** Columns that no field takes. */
export function unusedColumns<C extends { index: number }>(
  columns: readonly C[],
  mapping: Mapping,
): C[] {
  const used = new Set(Object.values(mapping));
  return columns.filter((column) => !used.has(column.index));
}

/** "2.4 MB": sizes of files, in powers of ten as file managers show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
