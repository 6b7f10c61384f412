/**
 * The figures of the province in the cloud, where no cursor runs over all histories: where everyone stands is counted from
 * the rows, at most once a minute and only when somebody looks; what a forecast reads of the past, once a night. Both
 * are kept in the scratch table with the instant they were counted at. Nothing here decides anything.
 */
import * as z from 'zod';
import { localDateOf } from '../../shared/calendar.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import type { Store } from '../../shared/case/store.ts';
import { cellsOf, readCells, writtenCells } from '../../shared/completion/cells.ts';
import type { Figures } from '../../shared/completion/follow.ts';
import { readPast, readWrittenPast, writtenPast } from '../../shared/completion/past.ts';
import { withLease } from '../home/lease.ts';

export interface CountedFigures {
  /** As they were last counted, with the instant; counted at once where they never were. Has them counted when they are old. */
  now(): Promise<Figures>;
  /** Where everyone stands: half a read unit a person. Nothing while somebody else counts. */
  countCells(): Promise<void>;
  /** The whole past: a read unit and more a person. */
  countPast(): Promise<void>;
}

export interface FiguresSettings {
  readonly store: Store;
  readonly scratch: Scratch;
  /** Milliseconds of the epoch. */
  readonly now: () => number;
  /** Has the home call `countCells`, off the page's request. */
  readonly begin: () => Promise<void>;
}

const freshMilliseconds = 60_000;
/** Whoever began to count and died keeps nobody longer from it. */
const countingMinutes = 5;
const kind = 'figures';

const kept = z.object({ at: z.string(), counted: z.unknown() });

export function countedFigures({ store, scratch, now, begin }: FiguresSettings): CountedFigures {
  const instant = () => new Date(now()).toISOString();

  /** One that began to count earlier and ends later does not replace what is newer. */
  async function keep(name: string, at: string, counted: unknown): Promise<void> {
    const text = JSON.stringify({ at, counted });
    const before = await scratch.get(kind, name);
    if (before === undefined) return void (await scratch.insert(kind, name, text));
    if (kept.parse(JSON.parse(before)).at < at) await scratch.replace(kind, name, before, text);
  }

  async function read(name: string): Promise<z.infer<typeof kept> | undefined> {
    const text = await scratch.get(kind, name);
    return text === undefined ? undefined : kept.parse(JSON.parse(text));
  }

  async function countAtOnce(): Promise<void> {
    const at = instant();
    await keep('cells', at, writtenCells(await cellsOf(store, localDateOf)));
  }

  async function countCells(): Promise<void> {
    await withLease(scratch, { name: kind, minutes: countingMinutes, now }, countAtOnce);
  }

  async function refresh(): Promise<void> {
    if (await scratch.insert('lease', `${kind} asked for`, '', now() + freshMilliseconds)) await begin();
  }

  return {
    countCells,
    async countPast() {
      const at = instant();
      await keep('past', at, writtenPast(await readPast(store)));
    },
    async now() {
      if ((await read('cells')) === undefined) await countAtOnce();
      const [cells, past] = await Promise.all([read('cells'), read('past')]);
      if (cells === undefined) throw new Error('the figures that were just counted are gone');
      if (now() - Date.parse(cells.at) >= freshMilliseconds) await refresh();
      return {
        cells: readCells(cells.counted),
        at: cells.at,
        ...(past === undefined ? {} : { past: readWrittenPast(past.counted) }),
      };
    },
  };
}
