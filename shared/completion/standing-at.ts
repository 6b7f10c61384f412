/**
 * Where everyone stood at an instant, read from the histories and not from the rows, which say what is now. What an entry
 * made of its part's row is hashed with it, so that sum, regime, unit and level of that moment are there too. A part follows
 * its batch's decision seconds later with the decision's own instant: there the histories are ahead of what the rows were.
 */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import { type Status, statuses } from '../case/lifecycle.ts';
import { caseIdOf, partStream, partSummary, sourceOf } from '../case/part.ts';
import { allRows, type Entry, lastRow, type Row, type Store } from '../case/store.ts';
import type { Source } from '../case/unit.ts';
import type { Dong } from '../dong.ts';

/** One part of a person at the instant. */
export interface Standing {
  readonly part: string;
  readonly caseId: string;
  readonly status: Status;
  readonly source: Source;
  readonly unit: string;
  readonly total: Dong;
  readonly regime: string;
  readonly block: 'government' | 'party';
  readonly level: 'provincial' | 'commune';
  /** Since when it was in that status. */
  readonly since: Instant;
  /** The person is counted with this part: not a further source, not the rest after a recomputation. */
  readonly isCounted: boolean;
  /** Pays the rest after a recomputation, in a case of its own. */
  readonly isRest: boolean;
  /** The People's Committee had decided its list. */
  readonly isDecided: boolean;
}

/** What is wrong when the row and the history of a part disagree although nothing happened since. */
export type StandingAt = Standing & { readonly disagrees: boolean };

const said = z.object({ status: z.enum(statuses) });
const summaryOf = partSummary.pick({
  total: true,
  regime: true,
  block: true,
  level: true,
  since: true,
  isDifference: true,
  isFurther: true,
});

/** Everybody who had a part at the instant, in the order of the stream names. `progress` is told how many were read. */
export async function* standingsAt(
  store: Store,
  at: Instant,
  progress: (done: number) => void = () => {},
): AsyncGenerator<StandingAt> {
  let done = 0;
  for await (const row of allRows(store, { kind: 'part' })) {
    const found = standingOf(row, await store.read(row.stream), at);
    done += 1;
    if (done % progressEvery === 0) progress(done);
    if (found !== undefined) yield found;
  }
}

const progressEvery = 500;

function standingOf(row: Row, entries: readonly Entry[], at: Instant): StandingAt | undefined {
  const later = entries.findIndex((entry) => entry.at > at);
  const upTo = later === -1 ? entries : entries.slice(0, later);
  const last = upTo.at(-1);
  if (last === undefined) return undefined;
  const { status } = said.parse(JSON.parse(last.data));
  // Histories of before entries carried their effects: the row is all there is.
  const { unit = '', summary: written } = lastRow(upTo) ?? row;
  const summary = summaryOf.parse(written);
  const part = row.stream.slice(partStream('').length);
  const total = BigInt(summary.total);
  return {
    part,
    caseId: caseIdOf(part),
    status,
    source: sourceOf(part),
    unit,
    total,
    regime: summary.regime,
    block: summary.block,
    level: summary.level,
    since: summary.since,
    isCounted: summary.isDifference !== true && summary.isFurther !== true,
    isRest: summary.isDifference === true,
    isDecided: upTo.some(({ kind }) => kind === 'decided'),
    disagrees:
      upTo.length === entries.length &&
      (row.status !== status || row.unit !== unit || row.summary['total'] !== summary.total),
  };
}
