/** A workbook as it was typed: filled cells only, each with its address. The edge reads the file, nothing else does. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  /** As it stands at the left edge of the sheet, from 1. */
  readonly number: number;
  readonly cells: readonly SheetCell[];
}

export type CellKind = 'text' | 'number' | 'date' | 'formula' | 'error' | 'boolean';

export interface SheetCell {
  /** `F14`. */
  readonly address: string;
  /** From 1. */
  readonly column: number;
  readonly kind: CellKind;
  /** A date as `YYYY-MM-DD`, a number as a plain decimal (`4.65`), a percentage as `25%`, an error as `#REF!`. */
  readonly text: string;
}

/** `{ column: 6, row: 14 }` → `F14`. */
export function cellAddress({ column, row }: { readonly column: number; readonly row: number }): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}
