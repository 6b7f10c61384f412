/**
 * The figures of the province on one machine: counted from the histories by a cursor in the pages' thread, and kept in the
 * scratch store, from which they can be thrown away at any time. Nothing here decides anything.
 */
import * as z from 'zod';
import { localDateOf } from '../../shared/calendar.ts';
import {
  emptyFigures,
  type Figures,
  follow,
  type GrowingFigures,
  readFigures,
  writtenFigures,
} from '../../shared/completion/follow.ts';
import { noHash } from '../../shared/case/store.ts';
import type { SqliteScratch } from './scratch.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** Bytes of a format that an earlier program wrote are counted anew. */
const format = '2';
const entriesAtOnce = 1000;
/** A page waits for so many turns at most before it counts the rows itself. */
const turnsOfAPage = 4;
const keptEveryMilliseconds = 60_000;

export interface LiveFigures {
  /** As of now; `undefined` while so much happened since that a page should not wait for it. */
  now(): Promise<Figures | undefined>;
  /** Counts on until nothing is left, a turn at a time, so that pages are answered in between. */
  catchUp(): Promise<void>;
  /** Writes down what was counted, so that the next start goes on from there. */
  keep(): void;
}

interface Counted {
  /** The position of the last entry that was counted, and its hash: another history's figures are not gone on with. */
  readonly cursor: number;
  readonly hash: string;
  readonly figures: GrowingFigures;
}

const nothingCounted = (): Counted => ({ cursor: 0, hash: noHash, figures: emptyFigures() });

export function liveFigures(store: SqliteStore, scratch: SqliteScratch): LiveFigures {
  let counted = keptFigures(store, scratch);
  let keptAt = Date.now();
  let running: Promise<boolean> | undefined;

  function keep(): void {
    const { cursor, hash, figures } = counted;
    scratch.put('figures', format, JSON.stringify({ cursor, hash, figures: writtenFigures(figures) }));
    keptAt = Date.now();
  }

  async function turn(): Promise<boolean> {
    const entries = store.entriesAfter(counted.cursor, entriesAtOnce);
    const last = entries.at(-1);
    if (last === undefined) return false;
    try {
      await follow(counted.figures, entries, store, localDateOf);
    } catch (error) {
      // Some of the entries may be counted: what was kept is whole.
      counted = keptFigures(store, scratch);
      throw error;
    }
    counted = { cursor: last.position, hash: last.hash, figures: counted.figures };
    if (Date.now() - keptAt > keptEveryMilliseconds) keep();
    return entries.length === entriesAtOnce;
  }

  /** One turn at a time: two would count the same entries. */
  async function goOn(): Promise<boolean> {
    running ??= turn().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    keep,
    async now() {
      for (let turns = 0; turns < turnsOfAPage; turns += 1) if (!(await goOn())) return counted.figures;
      return undefined;
    },
    async catchUp() {
      const from = counted.cursor;
      while (await goOn()) await new Promise((resolve) => setImmediate(resolve));
      // After a long count: a start now should not have to do it again.
      if (counted.cursor - from > entriesAtOnce) keep();
    },
  };
}

const kept = z.object({ cursor: z.number().int(), hash: z.string(), figures: z.string() });

function keptFigures(store: SqliteStore, scratch: SqliteScratch): Counted {
  const text = scratch.get('figures', format);
  if (text === undefined) return nothingCounted();
  const { cursor, hash, figures } = kept.parse(JSON.parse(text));
  const [entry] = store.entriesAfter(cursor - 1, 1);
  const isOfThese = cursor === 0 || (entry?.position === cursor && entry.hash === hash);
  return isOfThese ? { cursor, hash, figures: readFigures(figures) } : nothingCounted();
}
