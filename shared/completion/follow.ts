/** The figures of the province, kept up with what happens: each entry moves them from the row before it to its own. */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import { dataOf } from '../case/history.ts';
import { statuses } from '../case/lifecycle.ts';
import { partSummary } from '../case/part.ts';
import { type Entry, lastRow, type Row, rowWritten, type Store } from '../case/store.ts';
import { type Cells, type DayOf, emptyCells, moveRow, readCells, rememberingHours, writtenCells } from './cells.ts';
import {
  addStep,
  emptyPast,
  forgetStanding,
  type GrowingPast,
  type Past,
  readWrittenPast,
  standingAfter,
  writtenPast,
} from './past.ts';

export interface Figures {
  readonly cells: Cells;
  /** `undefined` while nobody has counted it: the figures of now are known, what is to come is not. */
  readonly past?: Past;
  /** When they were counted; `undefined` for now. */
  readonly at?: Instant;
}

export interface GrowingFigures extends Figures {
  readonly past: GrowingPast;
}

export function emptyFigures(): GrowingFigures {
  const { standing: _parts, ...past } = emptyPast();
  return { cells: emptyCells(), past };
}

/** Counts entries that were not counted before, each history's in their order. */
export async function follow(
  figures: GrowingFigures,
  entries: readonly Pick<Entry, 'stream' | 'seq' | 'effects'>[],
  store: Pick<Store, 'read'>,
  dayOf: DayOf,
): Promise<void> {
  const day = rememberingHours(dayOf);
  for (const entry of entries) {
    // Of parts and cases; whatever else happens moves no figure.
    if (!entry.stream.startsWith('part/') && !entry.stream.startsWith('case/')) continue;
    const now = rowWritten(entry);
    if (now === undefined) continue;
    const history = (await store.read(entry.stream)).slice(0, entry.seq);
    const before = lastRow(history.slice(0, -1));
    moveRow(figures.cells, before, now, day);
    if (now.kind === 'part') movePast(figures.past, history, before, now);
  }
}

const counts = partSummary.pick({ isDifference: true, isFurther: true });
const said = z.object({ status: z.enum(statuses) });

/** Whether the part counts its person; another part of the case may. */
function isCounted(row: Row | undefined): boolean {
  if (row === undefined) return false;
  const { isDifference, isFurther } = counts.parse(row.summary);
  return isDifference !== true && isFurther !== true;
}

/** The steps since the row before, which one commit wrote with this row. */
function movePast(past: GrowingPast, history: readonly Entry[], before: Row | undefined, now: Row): void {
  const from = history.findLastIndex((entry, at) => at < history.length - 1 && rowWritten(entry) !== undefined);
  const wasCounted = isCounted(before);
  const old = standingAfter(history.slice(0, from + 1));
  if (wasCounted && !isCounted(now) && old !== undefined) forgetStanding(past, old);
  if (!isCounted(now)) return;
  let standing = wasCounted ? old : undefined;
  for (const entry of wasCounted ? history.slice(from + 1) : history) {
    standing = addStep(past, standing, dataOf(entry, said).status, entry.at);
  }
}

/** As text, to be kept beside the cursor up to which the histories were counted. */
export function writtenFigures({ cells, past }: GrowingFigures): string {
  return JSON.stringify({ cells: writtenCells(cells), past: writtenPast(past) });
}

const written = z.object({ cells: z.unknown(), past: z.unknown() });

/** Throws when the text is none of ours. */
export function readFigures(text: string): GrowingFigures {
  const { cells, past } = written.parse(JSON.parse(text));
  return { cells: readCells(cells), past: readWrittenPast(past) };
}
