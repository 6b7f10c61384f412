/** A sheet to be written, as data; the edge turns it into a file. */
export type PaperCell = string | bigint | null;

export interface PaperColumn {
  readonly heading: string;
  /** In characters. */
  readonly width: number;
  readonly kind: 'text' | 'money' | 'date' | 'number';
}

export interface PaperSheet {
  readonly name: string;
  /** Lines above the table; the first is the title. */
  readonly title?: readonly string[];
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly PaperCell[])[];
  readonly totalRow?: readonly PaperCell[];
  /** Lines below the table. */
  readonly notes?: readonly string[];
  readonly landscape?: boolean;
}

/** An amount that a sheet's number cannot hold exactly (from 2^53) is written as its digits, so that none is ever rounded. */
export function inexactAsText(amount: bigint): PaperCell {
  return amount <= BigInt(Number.MAX_SAFE_INTEGER) ? amount : amount.toString();
}
