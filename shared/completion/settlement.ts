/**
 * The settlement (quyết toán) of one budget year by paying unit and source, read off the entries of the estimate and of its
 * orders: what came over from the year before, was allotted, was paid, came back, lapsed, is left. Columns after Form 20f
 * (04-SDKP/ĐVDT) of Decree 11/2020/NĐ-CP. A movement belongs to the year of the day on its paper; the weeks of adjustment after
 * 31 December are not told apart.
 */
import * as z from 'zod';
import { localDateOf, type LocalDate } from '../calendar.ts';
import { estimateStream } from '../case/funding.ts';
import { allRows, type Entry, type Store } from '../case/store.ts';
import { type Source, sources } from '../case/unit.ts';
import { type Dong, sum } from '../dong.ts';

/** What moves an estimate as the Treasury keeps it, and what became of the money beside it. */
export const movements = [
  'allotted',
  /** Paid out by the Treasury, from the estimate. */
  'withdrawn',
  /** Came back to the estimate after it was paid out. */
  'restored',
  /** Paid back to the estimate by a person. */
  'recovered',
  'lapsed',
  /** With the persons, by their banks' word or by evidence. */
  'credited',
  /** Sent back by banks, wherever it is now. */
  'returned',
] as const;
export type Movement = (typeof movements)[number];

interface Move {
  readonly on: LocalDate;
  readonly what: Movement;
  readonly amount: Dong;
}

/** Đồng, of one year. */
export interface Settlement extends Readonly<Record<Movement, Dong>> {
  readonly unit: string;
  readonly source: Source;
  readonly year: string;
  /** Left when the year before ended. */
  readonly carriedIn: Dong;
  /** What could be spent: carried in and allotted. */
  readonly usable: Dong;
  /** Paid out less restored. */
  readonly paid: Dong;
  /** In the estimate at the Treasury when the year ends. */
  readonly left: Dong;
}

const dated = z.object({ on: z.string().optional() });
const said = z.object({
  amount: z.string().regex(/^\d+$/),
  key: z.string().default(''),
  to: z.string().optional(),
  from: z.literal('deposit').optional(),
});
const closing = z.object({ year: z.string(), outcome: z.enum(['carried', 'lapsed']) });
const outcome = z.object({ outcome: z.enum(['credited', 'refused', 'returned', 'treasury-paid']) });

function dayOf(entry: Entry): LocalDate {
  return dated.parse(JSON.parse(entry.data)).on ?? localDateOf(entry.at);
}

/** Takes the entries of one estimate, and of each of its orders. */
export function settle(
  of: Pick<Settlement, 'unit' | 'source' | 'year'>,
  estimate: readonly Entry[],
  orders: readonly (readonly Entry[])[],
): Settlement {
  const outside = new Set<string>();
  const moves = [...orders.flatMap((entries) => orderMoves(entries, outside)), ...estimateMoves(estimate, outside)];
  const total = (what: Movement, isOf: (year: string) => boolean) =>
    sum(moves.filter((move) => move.what === what && isOf(move.on.slice(0, 4))).map(({ amount }) => amount));
  const leftOver = (isOf: (year: string) => boolean) => {
    const at = (what: Movement) => total(what, isOf);
    return at('allotted') - at('withdrawn') + at('restored') + at('recovered') - at('lapsed');
  };
  const own = (what: Movement) => total(what, (year) => year === of.year);
  const carriedIn = leftOver((year) => year < of.year);
  return {
    ...of,
    allotted: own('allotted'),
    withdrawn: own('withdrawn'),
    restored: own('restored'),
    recovered: own('recovered'),
    lapsed: own('lapsed'),
    credited: own('credited'),
    returned: own('returned'),
    carriedIn,
    usable: carriedIn + own('allotted'),
    paid: own('withdrawn') - own('restored'),
    left: leftOver((year) => year <= of.year),
  };
}

/**
 * A refusal never left the estimate. Whatever a bank says of an order, the Treasury has paid it out before. `outside` takes the
 * orders whose money is out of the estimate: paid out, or paid from the deposit account to begin with.
 */
function orderMoves(entries: readonly Entry[], outside: Set<string>): readonly Move[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { amount: text, from } = said.parse(JSON.parse(first.data));
  const amount = BigInt(text);
  const reference = first.stream.slice('order/'.length);
  const found: Move[] = [];
  if (from === 'deposit') outside.add(reference);
  for (const entry of entries) {
    if (entry.kind !== 'settled') continue;
    const { outcome: what } = outcome.parse(JSON.parse(entry.data));
    if (what === 'refused') continue;
    const on = dayOf(entry);
    if (!outside.has(reference)) found.push({ on, what: 'withdrawn', amount });
    outside.add(reference);
    if (what === 'credited' || what === 'returned') found.push({ on, what, amount });
  }
  return found;
}

function estimateMoves(entries: readonly Entry[], outside: ReadonlySet<string>): readonly Move[] {
  let closedYear: string | undefined;
  return entries.flatMap((entry): readonly Move[] => {
    if (!['allotted', 'came-back', 'received', 'lapsed', 'year-closed'].includes(entry.kind)) return [];
    const data: unknown = JSON.parse(entry.data);
    const { amount: text, key, to } = said.parse(data);
    const move = (what: Movement, on = dayOf(entry)) => [{ on, what, amount: BigInt(text) }];
    switch (entry.kind) {
      case 'allotted':
        return move('allotted');
      case 'came-back':
        if (to === 'estimate') return outside.has(key) ? move('restored') : [];
        // Refused after its year was closed, and found in the deposit account: it has left the estimate.
        return to === 'deposit' && !outside.has(key) ? move('withdrawn') : [];
      case 'received':
        return to === 'estimate' ? move('recovered') : [];
      case 'lapsed':
        return move('lapsed', closedYear === undefined ? dayOf(entry) : `${closedYear}-12-31`);
      default: {
        const { year, outcome: ending } = closing.parse(data);
        closedYear = year;
        return ending === 'lapsed' ? move('lapsed', `${year}-12-31`) : [];
      }
    }
  });
}

/** Of every unit and source that has an estimate, or of one unit; those in which nothing moved are left out. */
export async function settlementsOf(store: Store, year: string, only?: string): Promise<readonly Settlement[]> {
  const found: Settlement[] = [];
  for await (const row of allRows(store, { kind: 'estimate', ...(only === undefined ? {} : { unit: only }) })) {
    const { unit = '' } = row;
    const source = sources.find((one) => one === row.source);
    if (source === undefined) continue;
    const orders: Promise<readonly Entry[]>[] = [];
    for await (const { stream } of allRows(store, { kind: 'order', unit, source })) orders.push(store.read(stream));
    const estimate = await store.read(estimateStream(unit, source));
    found.push(settle({ unit, source, year }, estimate, await Promise.all(orders)));
  }
  return found.filter(({ usable, withdrawn, left }) => usable !== 0n || withdrawn !== 0n || left !== 0n);
}

/** The columns added up. */
export function totalOfSettlements(
  all: readonly Settlement[],
): Readonly<Record<Movement | 'carriedIn' | 'usable' | 'paid' | 'left', Dong>> {
  const of = (name: Movement | 'carriedIn' | 'usable' | 'paid' | 'left') => sum(all.map((one) => one[name]));
  return {
    allotted: of('allotted'),
    withdrawn: of('withdrawn'),
    restored: of('restored'),
    recovered: of('recovered'),
    lapsed: of('lapsed'),
    credited: of('credited'),
    returned: of('returned'),
    carriedIn: of('carriedIn'),
    usable: of('usable'),
    paid: of('paid'),
    left: of('left'),
  };
}
