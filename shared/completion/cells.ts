/** Where everyone stands, in cells: parts that agree in all that leadership asks by. Every figure is a sum of cells. */
import * as z from 'zod';
import type { Instant, LocalDate } from '../calendar.ts';
import { type Status, statuses } from '../case/lifecycle.ts';
import { partSummary } from '../case/part.ts';
import { allRows, type Row, type Store } from '../case/store.ts';
import type { Dong } from '../dong.ts';

export interface Cell {
  readonly status: Status;
  readonly regime: string;
  readonly level: string;
  readonly block: string;
  readonly unit: string;
  readonly source: string;
  /** The day since which they stand there. */
  readonly since: LocalDate;
  /** Of parts; a person with several is counted with the first. */
  readonly people: number;
  readonly parts: number;
  readonly total: Dong;
}

export interface Cells {
  readonly parts: Map<string, Cell>;
  /** Cases that no part pays yet, by why: a person must decide, papers are missing, or no right. */
  readonly withoutPart: Map<string, number>;
}

/** What is counted: the whole province, or one list or unit. In one list everybody stands once, with whatever it pays. */
export interface Scope {
  readonly batch?: string;
  readonly unit?: string;
}

export type DayOf = (instant: Instant) => LocalDate;

export function emptyCells(): Cells {
  return { parts: new Map(), withoutPart: new Map() };
}

const status = z.enum(statuses);
const unsettled: readonly string[] = ['review', 'incomplete', 'not-entitled'];

/** Of a part's summary, what is counted. */
const counted = partSummary.pick({
  total: true,
  regime: true,
  block: true,
  level: true,
  since: true,
  isDifference: true,
  isFurther: true,
});

/** Reads the rows of parts and, of a province or unit, of cases. */
export async function cellsOf(store: Store, dayOf: DayOf, of: Scope = {}): Promise<Cells> {
  const cells = emptyCells();
  const day = rememberingHours(dayOf);
  for await (const row of allRows(store, { kind: 'part', ...of })) countRow(cells, row, 1, day, of.batch !== undefined);
  if (of.batch !== undefined) return cells;
  for (const without of unsettled) {
    const query = { kind: 'case', status: without, ...(of.unit === undefined ? {} : { unit: of.unit }) };
    for await (const row of allRows(store, query)) countRow(cells, row, 1, day);
  }
  return cells;
}

/** What one history's row was and is now; the cells then are those of now. */
export function moveRow(cells: Cells, before: Row | undefined, after: Row | undefined, dayOf: DayOf): void {
  if (before !== undefined) countRow(cells, before, -1, dayOf);
  if (after !== undefined) countRow(cells, after, 1, dayOf);
}

/** A day begins at a full hour, in Viet Nam as anywhere near: there are far fewer hours than rows. */
export function rememberingHours(dayOf: DayOf): DayOf {
  const days = new Map<string, LocalDate>();
  return (instant) => {
    const hour = instant.slice(0, 'YYYY-MM-DDThh'.length);
    const known = days.get(hour) ?? dayOf(`${hour}:00:00Z`);
    days.set(hour, known);
    return known;
  };
}

function countRow(cells: Cells, row: Row, sign: 1 | -1, dayOf: DayOf, isOneList = false): void {
  if (row.kind === 'case') {
    if (unsettled.includes(row.status)) addTo(cells.withoutPart, row.status, sign);
    return;
  }
  if (row.kind !== 'part') return;
  const { regime, level, block, since, total, isDifference, isFurther } = counted.parse(row.summary);
  const isCounted = isOneList || (isDifference !== true && isFurther !== true);
  const { unit = '', source = '' } = row;
  const of = { status: status.parse(row.status), regime, level, block, unit, source, since: dayOf(since) };
  const key = Object.values(of).join('|');
  const known = cells.parts.get(key) ?? { ...of, people: 0, parts: 0, total: 0n };
  const parts = known.parts + sign;
  if (parts === 0) cells.parts.delete(key);
  else {
    const people = known.people + (isCounted ? sign : 0);
    cells.parts.set(key, { ...known, people, parts, total: known.total + BigInt(sign) * BigInt(total) });
  }
}

function addTo(counts: Map<string, number>, key: string, by: number): void {
  const now = (counts.get(key) ?? 0) + by;
  if (now === 0) counts.delete(key);
  else counts.set(key, now);
}

const storedCell = z.object({
  status,
  regime: z.string(),
  level: z.string(),
  block: z.string(),
  unit: z.string(),
  source: z.string(),
  since: z.string(),
  people: z.number().int(),
  parts: z.number().int(),
  total: z.string().regex(/^\d+$/),
});
const storedCells = z.object({ parts: z.array(storedCell), withoutPart: z.record(z.string(), z.number().int()) });

/** As plain data, to be kept beside the cursor up to which the histories were counted. */
export function writtenCells({ parts, withoutPart }: Cells): z.infer<typeof storedCells> {
  const cells = [...parts.values()].map((cell) => ({ ...cell, total: cell.total.toString() }));
  return { parts: cells, withoutPart: Object.fromEntries(withoutPart) };
}

/** Throws when the data are none of ours. */
export function readCells(data: unknown): Cells {
  const { parts, withoutPart } = storedCells.parse(data);
  const cells = emptyCells();
  for (const { people, parts: count, total, ...of } of parts) {
    cells.parts.set(Object.values(of).join('|'), { ...of, people, parts: count, total: BigInt(total) });
  }
  for (const [without, people] of Object.entries(withoutPart)) cells.withoutPart.set(without, people);
  return cells;
}
