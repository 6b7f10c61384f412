/** The figures of the province, kept up with what happens: each entry moves them from the row before it to its own. */
import { type Entry, lastRow, type Row, rowWritten, type Store } from '../case/store.ts';
import { type Cells, type DayOf, emptyCells, moveRow, readCells, rememberingHours, writtenCells } from './cells.ts';

export interface Figures {
  readonly cells: Cells;
}

export function emptyFigures(): Figures {
  return { cells: emptyCells() };
}

/** Of parts and cases; whatever else happens moves no figure. */
export function movesFigures({ stream, effects }: Pick<Entry, 'stream' | 'effects'>): boolean {
  return effects !== '' && (stream.startsWith('part/') || stream.startsWith('case/'));
}

/** Counts entries that were not counted before, each history's in their order. */
export async function follow(
  figures: Figures,
  entries: readonly Pick<Entry, 'stream' | 'seq' | 'effects'>[],
  store: Pick<Store, 'read'>,
  dayOf: DayOf,
): Promise<void> {
  const day = rememberingHours(dayOf);
  for (const entry of entries) {
    if (!movesFigures(entry)) continue;
    const now = rowWritten(entry);
    if (now !== undefined) move(figures, await rowBefore(entry, store), now, day);
  }
}

async function rowBefore({ stream, seq }: Pick<Entry, 'stream' | 'seq'>, store: Pick<Store, 'read'>) {
  return seq === 1 ? undefined : lastRow((await store.read(stream)).slice(0, seq - 1));
}

function move({ cells }: Figures, before: Row | undefined, now: Row, dayOf: DayOf): void {
  moveRow(cells, before, now, dayOf);
}

export function writtenFigures({ cells }: Figures): string {
  return writtenCells(cells);
}

/** Throws when the text is none of ours. */
export function readFigures(text: string): Figures {
  return { cells: readCells(text) };
}
