/** What a frozen report holds: its figures by one definition at one instant, and the check that everyone is in one place. */
import * as z from 'zod';
import { awaitedOf, type Status, statuses } from '../case/lifecycle.ts';
import { blocks, budgetLevels, sources } from '../case/unit.ts';
import type { Dong } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import { bucketBy, type Counting, isUnpaid, type ReportBucket, reportBuckets } from './report-definitions.ts';
import type { StandingAt } from './standing-at.ts';

const digits = z.string().regex(/^\d+$/);
/** People are counted once; sums are as many as there are transfers, a further source and a rest among them. */
const count = z.object({ people: z.number().int(), sums: z.number().int(), total: digits });
export type ReportCount = z.infer<typeof count>;
const group = z.object({ key: z.string(), base: count, paid: count, unpaid: count });
export type ReportGroup = z.infer<typeof group>;

export const figures = z.object({
  /** Everybody in the system, and those of them whom the definition leaves out. */
  whole: count,
  outside: count,
  base: count,
  buckets: z.array(z.object({ key: z.enum(reportBuckets), ...count.shape })),
  byRegime: z.array(group),
  byLevel: z.array(group),
  byBlock: z.array(group),
  bySource: z.array(group),
  byUnit: z.array(
    z.object({
      ...group.shape,
      returned: count,
      inFlight: count,
      notOrdered: count,
      held: count,
      /** The longest waiting of its unpaid: since when, in which status. */
      since: z.string(),
      status: z.enum(statuses).exactOptional(),
    }),
  ),
  unpaid: z.array(z.object({ key: z.string(), ...count.shape, since: z.string(), median: z.string() })),
  /** Cases without a sum yet, by why: they are in none of the figures. */
  withoutSum: z.array(z.object({ key: z.string(), people: z.number().int() })),
  /** Parts whose row says otherwise than their history. */
  disagreeing: z.number().int(),
});
export type Figures = z.infer<typeof figures>;

interface Sum {
  people: number;
  sums: number;
  total: Dong;
}
const nothing = (): Sum => ({ people: 0, sums: 0, total: 0n });
type Paid = { readonly base: Sum; readonly paid: Sum; readonly unpaid: Sum };
const nobody = (): Paid => ({ base: nothing(), paid: nothing(), unpaid: nothing() });
const emptyUnit = () => ({
  ...nobody(),
  byBucket: new Map<ReportBucket, Sum>(),
  since: '',
  status: undefined as Status | undefined,
});

/** Counts everybody's standing by a definition. `withoutSum` is counted beside, from the cases. */
export async function countFigures(
  standings: AsyncIterable<StandingAt> | Iterable<StandingAt>,
  by: Counting,
  withoutSum: Figures['withoutSum'] = [],
): Promise<Figures> {
  const [whole, outside, base] = [nothing(), nothing(), nothing()];
  const buckets = new Map<ReportBucket, Sum>(reportBuckets.map((bucket) => [bucket, nothing()]));
  const groups = { regime: newGroups(), level: newGroups(), block: newGroups(), source: newGroups() };
  for (const level of budgetLevels) groups.level.set(level, nobody());
  for (const block of blocks) groups.block.set(block, nobody());
  for (const source of sources) groups.source.set(source, nobody());
  const units = new Map<string, ReturnType<typeof emptyUnit>>();
  const causes = new Map<string, Sum & { readonly since: string[] }>();
  let disagreeing = 0;
  for await (const one of standings) {
    if (one.disagrees) disagreeing += 1;
    const bucket = bucketBy(by, one);
    const of: Sum = { people: one.isCounted ? 1 : 0, sums: 1, total: one.total };
    add(whole, of);
    if (bucket === undefined) {
      add(outside, of);
      continue;
    }
    add(base, of);
    add(entryOf(buckets, bucket, nothing), of);
    for (const by of ['regime', 'level', 'block', 'source'] as const) {
      addPaid(entryOf(groups[by], one[by], nobody), of, bucket);
    }
    addToUnit(entryOf(units, one.unit, emptyUnit), of, bucket, one);
    if (!isUnpaid(bucket)) continue;
    const cause = entryOf(causes, awaitedOf[one.status], () => ({ ...nothing(), since: [] }));
    add(cause, of);
    cause.since.push(one.since);
  }
  return {
    whole: written(whole),
    outside: written(outside),
    base: written(base),
    buckets: reportBuckets.map((key) => ({ key, ...written(buckets.get(key) ?? nothing()) })),
    byRegime: writtenGroups(groups.regime),
    byLevel: writtenGroups(groups.level),
    byBlock: writtenGroups(groups.block),
    bySource: writtenGroups(groups.source),
    byUnit: [...units].toSorted(byKey).map(([key, unit]) => writtenUnit(key, unit)),
    unpaid: [...causes]
      .toSorted(([one, { people }], [other, { people: others }]) => others - people || (one < other ? -1 : 1))
      .map(([key, cause]) => ({ key, ...written(cause), ...waiting(cause.since) })),
    withoutSum,
    disagreeing,
  };
}

const newGroups = () => new Map<string, Paid>();

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function add(sum: Sum, { people, sums, total }: Sum): void {
  sum.people += people;
  sum.sums += sums;
  sum.total += total;
}

function addPaid({ base, paid, unpaid }: Paid, of: Sum, bucket: ReportBucket): void {
  add(base, of);
  if (bucket === 'credited') add(paid, of);
  if (isUnpaid(bucket)) add(unpaid, of);
}

function addToUnit(
  unit: ReturnType<typeof emptyUnit>,
  of: Sum,
  bucket: ReportBucket,
  { since, status }: StandingAt,
): void {
  addPaid(unit, of, bucket);
  add(entryOf(unit.byBucket, bucket, nothing), of);
  if (!isUnpaid(bucket) || (unit.since !== '' && unit.since <= since)) return;
  unit.since = since;
  unit.status = status;
}

const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) => (one < other ? -1 : 1);

const written = ({ people, sums, total }: Sum): ReportCount => ({ people, sums, total: total.toString() });

function writtenGroups(groups: ReadonlyMap<string, Paid>): readonly ReportGroup[] & ReportGroup[] {
  return [...groups].toSorted(byKey).map(([key, of]) => writtenGroup(key, of));
}

function writtenGroup(key: string, { base, paid, unpaid }: Paid): ReportGroup {
  return { key, base: written(base), paid: written(paid), unpaid: written(unpaid) };
}

function writtenUnit(key: string, unit: ReturnType<typeof emptyUnit>): Figures['byUnit'][number] {
  const at = (bucket: ReportBucket) => written(unit.byBucket.get(bucket) ?? nothing());
  return {
    ...writtenGroup(key, unit),
    returned: at('returned'),
    inFlight: at('in-flight'),
    notOrdered: at('not-yet-ordered'),
    held: at('held'),
    since: unit.since,
    ...(unit.status === undefined ? {} : { status: unit.status }),
  };
}

/** The earliest instant, and the one in the middle. */
function waiting(since: readonly string[]): { readonly since: string; readonly median: string } {
  const sorted = since.toSorted();
  return { since: sorted[0] ?? '', median: sorted[Math.floor((sorted.length - 1) / 2)] ?? '' };
}

/**
 * Why the figures may not be reported; `undefined` when they hold: everybody is inside or outside of the definition, whoever is
 * inside is in one place of each table, and every row says what its history says.
 */
export function faultOf(of: Figures): Sentence | undefined {
  const tables: readonly (readonly [string, readonly ReportCount[], ReportCount])[] = [
    ['toàn hệ thống', [of.base, of.outside], of.whole],
    ['nơi đang ở', of.buckets, of.base],
    ['chế độ', of.byRegime.map(({ base }) => base), of.base],
    ['cấp ngân sách', of.byLevel.map(({ base }) => base), of.base],
    ['khối', of.byBlock.map(({ base }) => base), of.base],
    ['nguồn', of.bySource.map(({ base }) => base), of.base],
    ['đơn vị', of.byUnit.map(({ base }) => base), of.base],
    ['nguyên nhân', of.unpaid, sumOf(of.buckets.filter(({ key }) => isUnpaid(key)))],
  ];
  for (const [name, parts, whole] of tables) {
    const sum = sumOf(parts);
    if (sum.people === whole.people && sum.sums === whole.sums && sum.total === whole.total) continue;
    return {
      vi: `Bảng theo ${name} lệch ${sum.people - whole.people} người, ${BigInt(sum.total) - BigInt(whole.total)} đồng. Chưa lập báo cáo; báo quản trị hệ thống ngay.`,
      en: `A table is off by ${sum.people - whole.people} people. No report was made; tell the administrator now.`,
    };
  }
  if (of.disagreeing === 0) return undefined;
  return {
    vi: `${of.disagreeing} khoản có dòng tổng hợp khác với lịch sử của nó. Chưa lập báo cáo; báo quản trị hệ thống ngay.`,
    en: `${of.disagreeing} rows differ from their histories. No report was made; tell the administrator now.`,
  };
}

/** Adds counts up, people and sums alike. */
export function sumOf(counts: readonly ReportCount[]): ReportCount {
  const sum = nothing();
  for (const { people, sums, total } of counts) add(sum, { people, sums, total: BigInt(total) });
  return written(sum);
}

export function bucketOfFigures(of: Figures, bucket: ReportBucket): ReportCount {
  return sumOf(of.buckets.filter(({ key }) => key === bucket));
}

/** Everybody who still has to be paid. */
export function unpaidOf(of: Figures): ReportCount {
  return sumOf(of.buckets.filter(({ key }) => isUnpaid(key)));
}
