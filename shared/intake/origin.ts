/** Where in the unit's file a case's facts stand: provenance, cell by cell. */
import type { Submitted } from '../case/case.ts';
import { readListHistory } from './list.ts';
import type { Store } from '../case/store.ts';

export interface Origin {
  readonly list: string;
  readonly sheet: string;
  readonly row: number;
  /** `E14` for a column of the list, by its key; `undefined` where the list has no such column. */
  cellOf(key: string): string | undefined;
  /** The row of each period, in the order of the facts; empty where service was made of joining and leaving. */
  readonly periodRows: readonly { readonly sheet: string; readonly row: number }[];
}

/** `undefined` for cases that no list made: the rest after a recomputation has the facts of the first case. */
export async function originOf(
  { list, sheet = '', row, periodRows = [] }: Submitted,
  store: Store,
): Promise<Origin | undefined> {
  const tables = (await readListHistory(store, list))?.read?.tables ?? [];
  const table = tables.findLast((one) => one.sheet === sheet && one.headingRow < row && 'fullName' in one.places);
  if (table === undefined) return undefined;
  const cellOf = (key: string) => {
    const letters = table.places[key];
    return letters === undefined ? undefined : `${letters}${row}`;
  };
  return { list, sheet, row, cellOf, periodRows };
}
