/**
 * What a pack says of its batch, and the same counted from nothing but raw entries: what each wrote into its stream's row, the lines
 * of each case, the hash each history ends in. Neither the verifier's own model nor a frozen list is asked.
 */
import * as z from 'zod';
import { kindOf, readZip } from '../functions/papers/verify-pack.mjs';
import { bucketOf, statuses } from '../shared/case/lifecycle.ts';
import type { Entry, Store } from '../shared/case/store.ts';
import { sha256 } from '../shared/hash.ts';

type Cells = readonly string[];

export interface SaidByPack {
  /** SHA-256 over the heads that its anchor was taken over. */
  readonly anchored: string;
  readonly totals: z.infer<typeof totals>;
  readonly lines: readonly Cells[];
  readonly orders: readonly Cells[];
  /** Of each history of the batch, its people and their orders: how many entries, and the hash of the last. */
  readonly heads: ReadonlyMap<string, string>;
}

const count = z.object({ people: z.number(), total: z.string() });
const counts = z.record(z.string(), count);
const totals = z.object({
  listed: count,
  entitled: count,
  byBucket: counts,
  byUnit: counts,
  byRegime: counts,
  byComponent: counts,
  ordersByState: counts,
});
const lineColumns = ['part', 'unit', 'source', 'regime', 'component', 'amount', 'place', 'orders'];
const orderColumns = ['order', 'part', 'unit', 'source', 'slip', 'attempt', 'amount', 'state'];
const comparedKinds = ['batch', 'part', 'case', 'order', 'slip', 'anchors'];

/** Read from the zip's members, as its receiver does. */
export function saidByPack(zip: Uint8Array): SaidByPack {
  const members = new Map([...readZip(zip).members].map(([name, content]) => [name, Buffer.from(content).toString()]));
  const heads = new Map<string, string>();
  let anchor = '';
  for (const kind of comparedKinds) {
    for (const line of members.get(`histories/${kind}.jsonl`)?.trimEnd().split('\n') ?? []) {
      const { stream, seq, hash, data } = entry.parse(JSON.parse(line));
      heads.set(stream, `${seq} ${hash}`);
      if (kind === 'anchors') anchor = anchored.parse(JSON.parse(data)).heads;
    }
  }
  return {
    anchored: anchor,
    totals: z.object({ totals }).parse(JSON.parse(members.get('manifest.json') ?? '')).totals,
    lines: cellsIn(members.get('lines.csv'), lineColumns),
    orders: cellsIn(members.get('orders.csv'), orderColumns),
    heads,
  };
}

const entry = z.object({ stream: z.string(), seq: z.number(), hash: z.string(), data: z.string() });
const anchored = z.object({ heads: z.string() });

/** The named columns of a table of the pack, of whose cells none has a quotation mark or a line end. */
function cellsIn(text: string | undefined, names: readonly string[]): readonly Cells[] {
  const lines = text?.replace('\uFEFF', '').trimEnd().split('\r\n') ?? [];
  const [heading = [], ...rows] = lines.map((line) => line.slice(1, -1).split('","'));
  const places = names.map((name) => heading.indexOf(name));
  return rows.map((row) => places.map((place) => row[place] ?? '')).toSorted(byText);
}

function byText(one: Cells, other: Cells): number {
  return one.join() < other.join() ? -1 : 1;
}

/** Reads histories as they are now; `streams` are all that were ever written. */
export function recounting(store: Store, streams: ReadonlySet<string>) {
  /** How long each history was when the last anchor was taken. */
  const before = new Map<string, number>();
  return {
    /** To be asked when an anchor is about to be taken: what it is taken over. */
    async headsSinceLastAnchor(): Promise<string> {
      const lines: string[] = [];
      for (const stream of [...streams, 'anchors']) {
        const entries = await store.read(stream);
        const last = entries.at(-1);
        if (last === undefined || entries.length === before.get(stream)) continue;
        before.set(stream, entries.length);
        lines.push(JSON.stringify([stream, last.seq, last.hash]));
      }
      return sha256(lines.toSorted().join('\n'));
    },
    async batch(id: string, headsHash: string): Promise<SaidByPack> {
      const read = new Map<string, readonly Entry[]>();
      for (const stream of [...streams, 'anchors']) read.set(stream, await store.read(stream));
      const parts = partsOf(id, read);
      const orders = ofKind(read, 'order').map(orderIn);
      return {
        anchored: headsHash,
        ...tablesOf(
          parts,
          orders.filter(({ batch }) => batch === id),
        ),
        heads: headsOf(id, parts, orders, read),
      };
    },
  };
}

type Histories = ReadonlyMap<string, readonly Entry[]>;

function ofKind(read: Histories, kind: string): readonly (readonly Entry[])[] {
  return [...read].flatMap(([stream, entries]) => (kindOf(stream) === kind ? [entries] : []));
}

const frozen = z.object({ version: z.number() });
const decided = z.object({ version: z.number(), takeOut: z.array(z.object({ part: z.string() })) });
const partRow = z.object({
  status: z.enum(statuses),
  unit: z.string(),
  source: z.string(),
  batch: z.string().optional(),
  summary: z.object({ total: z.string(), regime: z.string(), caseHash: z.string() }),
});
const inBatch = z.object({ batch: z.string(), version: z.number() });

type CountedPart = ReturnType<typeof partsOf>[number];

/** Whoever was put into the newest version of the batch, each with where they are now. */
function partsOf(id: string, read: Histories) {
  const batch = read.get(`batch/${id}`) ?? [];
  const version = batch
    .filter(({ kind }) => kind === 'frozen')
    .map(dataAs(frozen))
    .at(-1)?.version;
  const decisions = batch.filter(({ kind }) => kind === 'decided').map(dataAs(decided));
  const out = decisions.flatMap((one) => (one.version === version ? one.takeOut.map(({ part }) => part) : []));
  return ofKind(read, 'part').flatMap((entries) => {
    const put = entries.find((one) => {
      if (one.kind !== 'in-batch') return false;
      const data = dataAs(inBatch)(one);
      return data.batch === id && data.version === version;
    });
    if (put === undefined) return [];
    const part = put.stream.slice('part/'.length);
    const then = rowAs(partRow, [put]);
    const now = rowAs(partRow, entries);
    const place = out.includes(part) ? 'taken-out' : now.batch === id ? bucketOf[now.status] : 'left';
    const { unit, source, summary } = then;
    const lines = linesOf(read.get(`case/${part.split('.')[0]}`) ?? [], summary.caseHash, source);
    return [{ part, unit, source, regime: summary.regime, total: BigInt(summary.total), place, lines, entries }];
  });
}

const submitted = z.object({ source: z.string(), lineSources: z.record(z.string(), z.string()).optional() });
const assessed = z.object({
  caseHash: z.string(),
  assessment: z.object({ lines: z.array(z.object({ line: z.string(), amount: z.string() })) }),
});

/** What the source pays of the case as it was computed with the hash. */
function linesOf(entries: readonly Entry[], caseHash: string, source: string) {
  const [first] = entries;
  if (first === undefined) return [];
  const { source: own, lineSources = {} } = dataAs(submitted)(first);
  const computed = entries.flatMap((one) =>
    one.kind === 'assessed' && one.data.includes(caseHash) ? [dataAs(assessed)(one)] : [],
  );
  const lines = computed.findLast((one) => one.caseHash === caseHash)?.assessment.lines ?? [];
  return lines
    .filter(({ line }) => (lineSources[line] ?? own) === source)
    .map(({ line, amount }) => ({ component: line, total: BigInt(amount) }));
}

const ordered = z.object({
  reference: z.string(),
  batch: z.string(),
  part: z.string(),
  unit: z.string(),
  source: z.string(),
  slip: z.string(),
  attempt: z.number(),
  amount: z.string(),
});

type CountedOrder = ReturnType<typeof orderIn>;

function orderIn(entries: readonly Entry[]) {
  const [first] = entries;
  if (first === undefined) throw new Error('an order without entries');
  const { status } = rowAs(z.object({ status: z.string() }), entries);
  const data = dataAs(ordered)(first);
  return { ...data, total: BigInt(data.amount), state: status };
}

function tablesOf(parts: readonly CountedPart[], orders: readonly CountedOrder[]) {
  const payable = parts.filter(({ place }) => place !== 'taken-out');
  const byPart = Map.groupBy(orders, ({ part }) => part);
  return {
    totals: {
      listed: wholeOf(parts),
      entitled: wholeOf(payable),
      byBucket: groupsOf(parts, ({ place }) => place),
      byUnit: groupsOf(payable, ({ unit }) => unit),
      byRegime: groupsOf(payable, ({ regime }) => regime),
      byComponent: groupsOf(
        payable.flatMap(({ lines }) => lines),
        ({ component }) => component,
      ),
      ordersByState: groupsOf(orders, ({ state }) => state),
    },
    lines: parts
      .flatMap(({ part, unit, source, regime, place, lines }) => {
        const references = (byPart.get(part) ?? [])
          .map(({ reference }) => reference)
          .toSorted()
          .join(' ');
        return lines.map(({ component, total }) => [
          part,
          unit,
          source,
          regime,
          component,
          `${total}`,
          place,
          references,
        ]);
      })
      .toSorted(byText),
    orders: orders
      .map(({ reference, part, unit, source, slip, attempt, amount, state }) => {
        const cells = [reference, part, unit, source, slip];
        return [...cells, `${attempt}`, amount, state];
      })
      .toSorted(byText),
  };
}

interface Summed {
  readonly total: bigint;
}

function wholeOf(all: readonly Summed[]): z.infer<typeof count> {
  return { people: all.length, total: all.reduce((sum, { total }) => sum + total, 0n).toString() };
}

function groupsOf<Of extends Summed>(all: readonly Of[], key: (one: Of) => string): z.infer<typeof counts> {
  return Object.fromEntries([...Map.groupBy(all, key)].map(([name, group]) => [name, wholeOf(group)]));
}

function headsOf(id: string, parts: readonly CountedPart[], orders: readonly CountedOrder[], read: Histories) {
  const listed = new Set(parts.map(({ part }) => part));
  const streams = new Set([
    `batch/${id}`,
    'anchors',
    ...parts.flatMap(({ part }) => [`part/${part}`, `case/${part.split('.')[0]}`]),
  ]);
  for (const { part, reference, slip } of orders) {
    if (listed.has(part)) streams.add(`order/${reference}`).add(`slip/${slip}`);
  }
  return new Map(
    [...streams].map((stream) => {
      const entries = read.get(stream) ?? [];
      return [stream, `${entries.length} ${entries.at(-1)?.hash}`];
    }),
  );
}

function dataAs<T>(schema: z.ZodType<T>) {
  return ({ data }: Entry): T => schema.parse(JSON.parse(data));
}

/** The row as the newest entry that wrote one left it. */
function rowAs<T>(schema: z.ZodType<T>, entries: readonly Entry[]): T {
  const last = entries.findLast(({ effects }) => effects.includes('"row":'));
  return z.object({ row: schema }).parse(JSON.parse(last?.effects ?? '{}')).row;
}
