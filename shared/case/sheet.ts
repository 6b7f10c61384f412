/** A workbook as it was typed: filled cells only. The edge reads the file, nothing else does. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  /** Numbers of the rows and columns that nobody sees in the office program; they are read like the others. */
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
  /** The whole sheet is hidden. */
  readonly isHidden?: true;
}

export interface SheetRow {
  /** As it stands at the left edge of the sheet, from 1. */
  readonly number: number;
  /** In the order of the columns. */
  readonly cells: readonly SheetCell[];
}

/** `formula` is one that was never computed: it has no value. */
export type CellKind = 'text' | 'number' | 'date' | 'formula' | 'error' | 'boolean';

export interface SheetCell {
  /** From 1. */
  readonly column: number;
  readonly kind: CellKind;
  /** A date as `YYYY-MM-DD`, a number as a plain decimal (`4.65`), a percentage as `25%`, an error as `#REF!`. */
  readonly text: string;
  /** The value is what a formula last gave. */
  readonly isFormula?: true;
}

/** `{ column: 6, row: 14 }` → `F14`. */
export function cellAddress({ column, row }: { readonly column: number; readonly row: number }): string {
  return `${columnLetters(column)}${row}`;
}

/** `6` → `F`, `27` → `AA`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
