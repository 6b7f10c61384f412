/** The open readings that somebody has set: one history of decisions, each with its document. */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import { isReadingNumber, type ReadingNumber, readingNumbers, type SetReadings } from '../law/readings.ts';
import { dataOf } from './history.ts';
import type { Entry, Store } from './store.ts';

/** Switches by their number, as an assessment was computed with. */
export const setReadings = z.partialRecord(z.enum(readingNumbers), z.string());

export const readingsStream = 'law/readings';

/** The document that settles the question: a letter of the ministry, a decision of the province. */
export const settlingDocument = z.object({ number: z.string(), on: z.string(), paper: z.string() });
export type SettlingDocument = z.infer<typeof settlingDocument>;

const setEntry = z.object({ number: z.string(), value: z.string(), document: settlingDocument });
const unsetEntry = z.object({ number: z.string(), document: settlingDocument });

export interface ReadingDecision {
  readonly number: ReadingNumber;
  /** `undefined` when the switch was opened again. */
  readonly value: string | undefined;
  readonly document: SettlingDocument;
  readonly by: string;
  readonly at: Instant;
}

export interface RecordedReadings {
  readonly entries: readonly Entry[];
  /** Every decision, oldest first. */
  readonly decisions: readonly ReadingDecision[];
  /** What is set now. */
  readonly set: SetReadings;
}

export async function readRecordedReadings(store: Pick<Store, 'read'>): Promise<RecordedReadings> {
  const entries = await store.read(readingsStream);
  const decisions = entries.map(decisionOf);
  const set: SetReadings = {};
  for (const { number, value } of decisions) {
    if (value === undefined) delete set[number];
    else set[number] = value;
  }
  return { entries, decisions, set };
}

function decisionOf(entry: Entry): ReadingDecision {
  const { number, document } = dataOf(entry, unsetEntry);
  if (!isReadingNumber(number)) throw new Error(`${entry.stream} entry ${entry.seq} sets an unknown reading`);
  const value = entry.kind === 'set' ? dataOf(entry, setEntry).value : undefined;
  return { number, value, document, by: entry.by, at: entry.at };
}
