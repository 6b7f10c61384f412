/** Which histories prove a batch: its own, its people's, their money's, where it all came from; as they stood at an anchor. */
import * as z from 'zod';
import { type AnchoredHistories, anchored, anchorStream, type Head } from '../case/anchor.ts';
import { batchStream, frozen, frozenList, type FrozenPart } from '../case/batch.ts';
import { caseStream } from '../case/case.ts';
import { dataOf, ofKind } from '../case/history.ts';
import { caseIdOf, partStream } from '../case/part.ts';
import { orderStream } from '../case/order.ts';
import type { Files } from '../case/ports.ts';
import { recoveryStream } from '../case/recovery.ts';
import { slipStream } from '../case/slip.ts';
import { staffStream } from '../case/staff.ts';
import type { Entry } from '../case/store.ts';
import { unitStream } from '../case/unit.ts';
import { estimateStream } from '../case/funding.ts';

export interface PackHistories {
  readonly histories: ReadonlyMap<string, readonly Entry[]>;
  /** What each anchor was taken over, by its number: from the first that any of the histories ends in, to the last. */
  readonly heads: ReadonlyMap<number, readonly Head[]>;
  /** The anchor it all stands at. */
  readonly anchor: { readonly number: number; readonly anchor: string };
}

/** Reads histories as they stood at a position, and keeps what was read. */
interface Reading {
  read(stream: string): readonly Entry[];
  readonly histories: Map<string, readonly Entry[]>;
  readonly lastPositions: number[];
}

function readingAt(store: AnchoredHistories, upTo: number): Reading {
  const histories = new Map<string, readonly Entry[]>();
  const lastPositions: number[] = [];
  return {
    histories,
    lastPositions,
    read(stream) {
      const before = histories.get(stream);
      if (before !== undefined) return before;
      const { entries, lastPosition } = store.entriesUpTo(stream, upTo);
      if (entries.length === 0) return [];
      lastPositions.push(lastPosition);
      histories.set(stream, entries);
      return entries;
    },
  };
}

/** Whether the newest anchor covers the batch as it is now. */
export async function isAnchored(batch: string, store: AnchoredHistories, files: Files): Promise<boolean> {
  const now = Number.MAX_SAFE_INTEGER;
  const last = store.entriesUpTo(anchorStream, now).entries.at(-1);
  if (last === undefined) return false;
  const reading = readingAt(store, now);
  await collect(batch, reading, files);
  const { upTo } = dataOf(last, anchored);
  return reading.lastPositions.every((position) => position <= upTo);
}

/** At the anchor that is given, else at the newest. `undefined` where there is no such batch or no such anchor. */
export async function packHistories(
  batch: string,
  store: AnchoredHistories,
  files: Files,
  wanted?: string,
): Promise<PackHistories | undefined> {
  const anchors = store.entriesUpTo(anchorStream, Number.MAX_SAFE_INTEGER).entries;
  const said = anchors.map((entry) => dataOf(entry, anchored));
  const index = wanted === undefined ? said.length - 1 : said.findIndex(({ anchor }) => anchor === wanted);
  const at = said[index];
  if (at === undefined) return undefined;
  const reading = readingAt(store, at.upTo);
  await collect(batch, reading, files);
  if (!reading.histories.has(batchStream(batch))) return undefined;
  const earliest = reading.lastPositions.reduce((one, other) => Math.min(one, other), at.upTo);
  const first = said.findIndex(({ upTo }) => upTo >= earliest);
  const heads = new Map<number, readonly Head[]>();
  for (let number = first; number <= index; number += 1) {
    heads.set(number + 1, store.headsBetween(said[number - 1]?.upTo ?? 0, said[number]?.upTo ?? 0));
  }
  reading.histories.set(anchorStream, anchors.slice(0, index + 1));
  return { histories: reading.histories, heads, anchor: { number: index + 1, anchor: at.anchor } };
}

const named = {
  /** Of a part's entries and of an order's. */
  order: z.object({ reference: z.string() }),
  paidElsewhere: z.object({ elsewhere: z.object({ list: z.string() }) }),
  ordered: z.object({ slip: z.string(), unit: z.string(), source: z.string() }),
  result: z.object({ file: z.string() }),
  submitted: z.object({ list: z.string() }),
  recovery: z.object({ recovery: z.string() }),
  difference: z.object({ number: z.number() }),
};

async function collect(batch: string, reading: Reading, files: Files): Promise<void> {
  const entries = reading.read(batchStream(batch));
  if (entries.length === 0) return;
  const parts = new Map<string, FrozenPart>();
  for (const { list } of ofKind(entries, 'frozen').map((entry) => dataOf(entry, frozen))) {
    const content = await files.get(list);
    if (content === undefined) throw new Error(`a frozen list of batch ${batch} is gone`);
    const text = new TextDecoder().decode(content);
    for (const part of frozenList.parse(JSON.parse(text)).parts) parts.set(part.part, part);
  }
  for (const part of parts.values()) collectPart(part, reading);
  reading.read(unitStream);
  reading.read('law/readings');
  const actors = new Set([...reading.histories.values()].flatMap((history) => history.map(({ by }) => by)));
  for (const by of actors) reading.read(staffStream(by));
}

function collectPart({ part, unit }: FrozenPart, reading: Reading): void {
  const [, source = ''] = part.split('.');
  reading.read(estimateStream(unit, source));
  collectCase(caseIdOf(part), reading);
  const entries = reading.read(partStream(part));
  for (const entry of ofKind(entries, 'ordered')) collectOrder(dataOf(entry, named.order).reference, reading);
  for (const entry of ofKind(entries, 'paid-elsewhere')) {
    reading.read(`earlier-list/${dataOf(entry, named.paidElsewhere).elsewhere.list}`);
  }
}

function collectCase(caseId: string, reading: Reading): void {
  const entries = reading.read(caseStream(caseId));
  for (const entry of ofKind(entries, 'submitted')) reading.read(`list/${dataOf(entry, named.submitted).list}`);
  for (const entry of ofKind(entries, 'recovery-opened')) {
    reading.read(recoveryStream(dataOf(entry, named.recovery).recovery));
  }
  for (const entry of ofKind(entries, 'difference')) {
    reading.read(recoveryStream(`${caseId}.${dataOf(entry, named.difference).number}`));
  }
}

function collectOrder(reference: string, reading: Reading): void {
  const entries = reading.read(orderStream(reference));
  const [first] = entries;
  if (first === undefined) return;
  const { slip, unit, source } = dataOf(first, named.ordered);
  reading.read(slipStream(slip));
  reading.read(estimateStream(unit, source));
  for (const entry of ofKind(entries, 'settled').concat(ofKind(entries, 'contradicted'))) {
    reading.read(`result/${dataOf(entry, named.result).file}`);
  }
}
