/** Which histories prove a batch: its own, its people's, their money's, where it all came from; as they stood at an anchor. */
import * as z from 'zod';
import { anchored, anchorStream, type Head } from '../case/anchor.ts';
import { batchStream, frozen, frozenList, type FrozenPart } from '../case/batch.ts';
import { caseStream } from '../case/case.ts';
import { dataOf, ofKind } from '../case/history.ts';
import { caseIdOf, partStream } from '../case/part.ts';
import { orderStream } from '../case/order.ts';
import type { Files, Ports } from '../case/ports.ts';
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

/** Reads histories as they stood, and keeps what was read. */
interface Reading {
  read(stream: string): Promise<readonly Entry[]>;
  readonly histories: Map<string, readonly Entry[]>;
}

function reading(look: (stream: string) => Promise<readonly Entry[]>): Reading {
  const histories = new Map<string, readonly Entry[]>();
  return {
    histories,
    async read(stream) {
      const before = histories.get(stream);
      if (before !== undefined) return before;
      const entries = await look(stream);
      if (entries.length > 0) histories.set(stream, entries);
      return entries;
    },
  };
}

type Home = Pick<Ports, 'store' | 'anchored' | 'files'>;

/** Whether the newest anchor covers the batch as it is now. */
export async function isAnchored(batch: string, { store, anchored: anchors, files }: Home): Promise<boolean> {
  const newest = (await store.read(anchorStream)).length;
  if (newest === 0) return false;
  const now = reading(async (stream) => store.read(stream));
  await collect(batch, now, files);
  for (const [stream, entries] of now.histories) {
    if ((await anchors.entriesUpTo(stream, newest)).entries.length < entries.length) return false;
  }
  return true;
}

/** At the anchor that is given, else at the newest. `undefined` where there is no such batch or no such anchor. */
export async function packHistories(
  batch: string,
  { store, anchored: home, files }: Home,
  wanted?: string,
): Promise<PackHistories | undefined> {
  const anchors = await store.read(anchorStream);
  const said = anchors.map((entry) => dataOf(entry, anchored).anchor);
  const number = wanted === undefined ? said.length : said.indexOf(wanted) + 1;
  const anchor = said[number - 1];
  if (anchor === undefined) return undefined;
  let first = number;
  const then = reading(async (stream) => {
    const { entries, listedIn } = await home.entriesUpTo(stream, number);
    if (entries.length > 0) first = Math.min(first, listedIn);
    return entries;
  });
  await collect(batch, then, files);
  if (!then.histories.has(batchStream(batch))) return undefined;
  const heads = new Map<number, readonly Head[]>();
  for (let of = first; of <= number; of += 1) heads.set(of, await home.headsOf(of));
  then.histories.set(anchorStream, anchors.slice(0, number));
  return { histories: then.histories, heads, anchor: { number, anchor } };
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
  const entries = await reading.read(batchStream(batch));
  if (entries.length === 0) return;
  const parts = new Map<string, FrozenPart>();
  for (const { list } of ofKind(entries, 'frozen').map((entry) => dataOf(entry, frozen))) {
    const content = await files.get(list);
    if (content === undefined) throw new Error(`a frozen list of batch ${batch} is gone`);
    const text = new TextDecoder().decode(content);
    for (const part of frozenList.parse(JSON.parse(text)).parts) parts.set(part.part, part);
  }
  for (const part of parts.values()) await collectPart(part, reading);
  await reading.read(unitStream);
  await reading.read('law/readings');
  const actors = new Set([...reading.histories.values()].flatMap((history) => history.map(({ by }) => by)));
  for (const by of actors) await reading.read(staffStream(by));
}

async function collectPart({ part, unit }: FrozenPart, reading: Reading): Promise<void> {
  const [, source = ''] = part.split('.');
  await reading.read(estimateStream(unit, source));
  await collectCase(caseIdOf(part), reading);
  const entries = await reading.read(partStream(part));
  for (const entry of ofKind(entries, 'ordered')) await collectOrder(dataOf(entry, named.order).reference, reading);
  for (const entry of ofKind(entries, 'paid-elsewhere')) {
    await reading.read(`earlier-list/${dataOf(entry, named.paidElsewhere).elsewhere.list}`);
  }
}

async function collectCase(caseId: string, reading: Reading): Promise<void> {
  const entries = await reading.read(caseStream(caseId));
  for (const entry of ofKind(entries, 'submitted')) await reading.read(`list/${dataOf(entry, named.submitted).list}`);
  for (const entry of ofKind(entries, 'recovery-opened')) {
    await reading.read(recoveryStream(dataOf(entry, named.recovery).recovery));
  }
  for (const entry of ofKind(entries, 'difference')) {
    await reading.read(recoveryStream(`${caseId}.${dataOf(entry, named.difference).number}`));
  }
}

async function collectOrder(reference: string, reading: Reading): Promise<void> {
  const entries = await reading.read(orderStream(reference));
  const [first] = entries;
  if (first === undefined) return;
  const { slip, unit, source } = dataOf(first, named.ordered);
  await reading.read(slipStream(slip));
  await reading.read(estimateStream(unit, source));
  for (const entry of ofKind(entries, 'settled').concat(ofKind(entries, 'contradicted'))) {
    await reading.read(`result/${dataOf(entry, named.result).file}`);
  }
}
