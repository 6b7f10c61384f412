/**
 * Somebody else's figure, and how it differs from ours: who states it, as of when, what it claims to count; then the steps
 * that an officer chose and, where there is a list, the people. A history each.
 */
import * as z from 'zod';
import { type Instant, instantAt, isLocalDate } from '../calendar.ts';
import { type Account, may } from '../case/access.ts';
import { commitDeciding, dataOf, lastOfKind } from '../case/history.ts';
import { statuses } from '../case/lifecycle.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Store } from '../case/store.ts';
import { canonical } from '../hash.ts';
import { type Counted, stepNames, type StepName } from './difference-steps.ts';
import { listLineNames, type ListMatch } from './match-list.ts';

const digits = z.string().regex(/^-?\d+$/);
const amount = z.object({ people: z.number().int(), total: digits });

const stated = z.object({
  statedBy: z.string(),
  asOf: z.string(),
  claims: z.string(),
  people: z.number().int().exactOptional(),
  total: digits.exactOptional(),
  /** The list as it was brought, in Files. */
  list: z.string().exactOptional(),
});
export type OutsideStatement = z.infer<typeof stated>;

/** The whole explanation, in Files: people by code are no entry's business. */
export const explanation = z.object({
  steps: z.array(z.enum(stepNames)),
  whole: amount,
  left: amount,
  lines: z.array(
    z.object({
      step: z.enum(stepNames),
      ...amount.shape,
      named: z.array(z.object({ person: z.string(), status: z.enum(statuses), total: digits })),
    }),
  ),
  list: z
    .object({
      listed: amount,
      hasSums: z.boolean(),
      lines: z.array(
        z.object({
          kind: z.enum(listLineNames),
          ...amount.shape,
          named: z.array(
            z.object({
              place: z.string().exactOptional(),
              person: z.string().exactOptional(),
              status: z.enum(statuses).exactOptional(),
              step: z.enum(stepNames).exactOptional(),
              ...amount.shape,
            }),
          ),
        }),
      ),
    })
    .exactOptional(),
  /** What is left of the difference; absent where nothing was stated to compare with. */
  unexplained: z.object({ people: z.number().int().exactOptional(), total: digits.exactOptional() }),
});
export type Explanation = z.infer<typeof explanation>;

const explained = z.object({ explanation: z.string(), isWhole: z.boolean() });

export interface OutsideFigure extends OutsideStatement {
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  /** Each explanation there was, oldest first; `isWhole` when nothing of the difference is left. */
  readonly explanations: readonly {
    readonly at: Instant;
    readonly by: string;
    readonly explanation: string;
    readonly isWhole: boolean;
  }[];
}

const streamOf = (id: string) => `outside-figure/${id}`;

export async function readOutsideFigure(store: Pick<Store, 'read'>, id: string): Promise<OutsideFigure | undefined> {
  const entries = await store.read(streamOf(id));
  const first = lastOfKind(entries, 'figure-stated');
  if (first === undefined) return undefined;
  const explanations = entries
    .filter(({ kind }) => kind === 'figure-explained')
    .map((entry) => ({ at: entry.at, by: entry.by, ...dataOf(entry, explained) }));
  return { id, ...dataOf(first, stated), by: first.by, at: first.at, explanations };
}

/** Newest first. */
export async function readOutsideFigures(store: Store): Promise<readonly OutsideFigure[]> {
  const found: OutsideFigure[] = [];
  for await (const { stream } of allRows(store, { kind: 'outside-figure' })) {
    const one = await readOutsideFigure(store, stream.slice(streamOf('').length));
    if (one !== undefined) found.push(one);
  }
  return found.toSorted((one, other) => (one.at < other.at ? 1 : -1));
}

export interface StatementWish {
  readonly statedBy: string;
  /** Day and hour on the wall in Viet Nam. */
  readonly on: string;
  readonly hour: string;
  readonly claims: string;
  /** As typed: digits, with or without dots; empty where nothing is stated. */
  readonly people: string;
  readonly total: string;
  /** In Files; empty without a list. */
  readonly list: string;
}

const mostLetters = 500;

export async function stateFigure(
  id: string,
  wish: StatementWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'stated' } | Refused> {
  if (!may(by, 'difference.state')) return notAllowed;
  const data = statementIn(wish, now());
  if ('outcome' in data) return data;
  const entry = { kind: 'figure-stated', at: now(), by: by.id, data };
  const row = { kind: 'outside-figure', status: 'stated', summary: { asOf: data.asOf } };
  await commitDeciding(store, async () => ({ changes: [{ stream: streamOf(id), readAt: 0, entries: [entry], row }] }));
  return { outcome: 'stated' };
}

function statementIn(wish: StatementWish, now: Instant): OutsideStatement | Refused {
  const [statedBy, claims] = [wish.statedBy.trim(), wish.claims.trim()];
  const [people, total] = [wholeIn(wish.people), wholeIn(wish.total)];
  if (statedBy === '' || claims === '' || statedBy.length + claims.length > mostLetters) {
    return refused(
      `Hãy ghi ai nêu số liệu và số đó nói là đếm gì (ngắn hơn ${mostLetters} chữ).`,
      `Say who states it and what it claims to count (under ${mostLetters} letters).`,
    );
  }
  if (!isLocalDate(wish.on) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(wish.hour)) {
    return refused('Hãy ghi ngày và giờ của số liệu.', 'State the day and the hour of the figure.');
  }
  const asOf = instantAt(wish.on, wish.hour);
  if (asOf > now) return refused('Thời điểm của số liệu ở tương lai.', 'The figure is of a time to come.');
  if (people === undefined || total === undefined) {
    return refused('Số người, số tiền là số nguyên, ví dụ 2.739.', 'People and đồng are whole numbers.');
  }
  if (people === '' && total === '' && wish.list === '') {
    return refused(
      'Hãy ghi số người, số tiền, hoặc đính kèm danh sách.',
      'State the people or the đồng, or attach a list.',
    );
  }
  return {
    statedBy,
    asOf,
    claims,
    ...(people === '' ? {} : { people: Number(people) }),
    ...(total === '' ? {} : { total }),
    ...(wish.list === '' ? {} : { list: wish.list }),
  };
}

/** Digits without their dots; empty for nothing, `undefined` for what is no whole number. */
function wholeIn(text: string): string | undefined {
  const typed = text.trim();
  if (typed === '') return '';
  return /^(\d{1,15}|\d{1,3}([. ]\d{3}){1,4})$/.test(typed)
    ? typed.replaceAll(/[. ]/g, '').replace(/^0+(?=\d)/, '')
    : undefined;
}

/** Closes the difference as far as the steps and the list do; the rest is what is not explained. */
export function explain(
  { people, total }: Pick<OutsideStatement, 'people' | 'total'>,
  counted: Counted,
  chosen: readonly StepName[],
  list?: ListMatch,
): Explanation {
  const reached = list === undefined ? counted.left : list.listed;
  // A list without sums says nothing of money: there our own is what theirs is compared with.
  const reachedTotal = list?.hasSums === true ? list.listed.total : counted.left.total;
  return explanation.parse(
    JSON.parse(
      canonical({
        steps: chosen,
        whole: counted.whole,
        left: counted.left,
        lines: counted.lines,
        ...(list === undefined ? {} : { list }),
        unexplained: {
          ...(people === undefined ? {} : { people: people - reached.people }),
          ...(total === undefined ? {} : { total: BigInt(total) - reachedTotal }),
        },
      }),
    ),
  );
}

/** Nothing is left over, and every row of a list could be read. */
export function isWhole({ unexplained, list }: Explanation): boolean {
  if (list?.lines.some(({ kind }) => kind === 'unreadable' || kind === 'several') === true) return false;
  return (unexplained.people ?? 0) === 0 && (unexplained.total ?? '0') === '0';
}

export async function recordExplanation(
  id: string,
  of: Explanation,
  by: string,
  { store, files, now }: Pick<Ports, 'store' | 'files' | 'now'>,
): Promise<void> {
  const kept = await files.put(new TextEncoder().encode(canonical(of)));
  await commitDeciding(store, async () => {
    const figure = await readOutsideFigure(store, id);
    const last = figure?.explanations.at(-1);
    // The same again, after a kill, is there already.
    if (figure === undefined || last?.explanation === kept) return { stop: 'recorded' };
    const readAt = (await store.read(streamOf(id))).length;
    const whole = isWhole(of);
    const entry = { kind: 'figure-explained', at: now(), by, data: { explanation: kept, isWhole: whole } };
    const row = { kind: 'outside-figure', status: whole ? 'named' : 'open', summary: { asOf: figure.asOf } };
    return { changes: [{ stream: streamOf(id), readAt, entries: [entry], row }] };
  });
}

const notAllowed = refused(
  'Chỉ Sở Nội vụ, Sở Tài chính ghi số liệu để đối chiếu.',
  'Only Home Affairs and Finance record a figure to be compared.',
);
