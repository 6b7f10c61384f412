/**
 * Delegation: a leader lets somebody decide their step for some days, by a document. It is never passed on, and who
 * decides by it is bound as its giver is.
 */
import * as z from 'zod';
import { addDays, daysBetween, formatDay, isLocalDate, localDateOf, type LocalDate } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { stepNames } from '../case/batch.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { type Directory, type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Store } from '../case/store.ts';
import { type ApprovalStep, longestDelegationDays, stepOfRole } from './route.ts';

const given = z.object({
  step: z.enum(stepNames),
  from: z.string(),
  to: z.string(),
  since: z.string(),
  until: z.string(),
  number: z.string(),
  paper: z.string(),
});

/** One delegation: its first and its last day are days in Viet Nam, both included. */
export interface Delegation extends z.infer<typeof given> {
  readonly id: string;
  readonly givenAt: string;
  /** Taken back before its last day. */
  readonly ended?: { readonly at: string; readonly by: string };
}

const streamOf = (id: string) => `delegation/${id}`;

async function readDelegation(store: Store, id: string): Promise<Delegation | undefined> {
  const entries = await store.read(streamOf(id));
  const first = entries[0];
  if (first === undefined) return undefined;
  const end = entries.find(({ kind }) => kind === 'ended');
  return {
    id,
    ...dataOf(first, given),
    givenAt: first.at,
    ...(end === undefined ? {} : { ended: { at: end.at, by: end.by } }),
  };
}

/** Every delegation there ever was, newest first, from the histories; there are some dozens a year. */
export async function readDelegations(store: Store): Promise<readonly Delegation[]> {
  const found: Delegation[] = [];
  for await (const { stream } of allRows(store, { kind: 'delegation' })) {
    const one = await readDelegation(store, stream.slice(streamOf('').length));
    if (one !== undefined) found.push(one);
  }
  return found.toSorted((one, other) => (one.givenAt < other.givenAt ? 1 : -1));
}

export function isInForce({ since, until, ended }: Delegation, today: LocalDate): boolean {
  return ended === undefined && since <= today && today <= until;
}

/** In whose right somebody may decide a step: their own, or that of the leader who delegated it. */
export type Authority = { readonly own: true } | { readonly own: false; readonly delegation: Delegation };

/**
 * The authority of the account for the step today; `undefined` when it has none. A delegation ends with its giver's role
 * and with its receiver's; of several the newest that serves, else the newest.
 */
export async function authorityFor(
  { id, role }: Pick<Account, 'id' | 'role'>,
  step: ApprovalStep,
  { store, directory, now }: Pick<Ports, 'store' | 'directory' | 'now'>,
  serves: (authority: Authority) => boolean = () => true,
): Promise<Authority | undefined> {
  if (role === step.role) return { own: true };
  if (!step.delegates.includes(role)) return undefined;
  const received = (await delegationsInForce(step, { store, directory, now })).filter(({ to }) => to === id);
  const given = received.map((delegation) => ({ own: false, delegation }) as const);
  return given.find(serves) ?? given[0];
}

/** The delegations of a step that hold today, whose givers still hold its role. */
export async function delegationsInForce(
  { step, role }: ApprovalStep,
  { store, directory, now }: Pick<Ports, 'store' | 'directory' | 'now'>,
): Promise<readonly Delegation[]> {
  const today = localDateOf(now());
  const given = (await readDelegations(store)).filter((one) => one.step === step && isInForce(one, today));
  // Every page of an officer asks; mostly there is none, and nobody's account need be opened.
  if (given.length === 0) return [];
  const holders = new Set((await directory.holding(role)).map(({ id }) => id));
  return given.filter(({ from }) => holders.has(from));
}

export interface DelegationWish {
  readonly id: string;
  readonly to: string;
  readonly since: LocalDate;
  readonly until: LocalDate;
  readonly number: string;
  /** The scanned document, in Files; empty when none was attached. */
  readonly paper: string;
}

/** The accounts to whom this leader may delegate the step. */
export async function possibleDelegates(by: Account, directory: Directory): Promise<readonly Account[]> {
  const step = stepOfRole(by.role);
  if (step === undefined) return [];
  const holders = await Promise.all(step.delegates.map(async (role) => directory.holding(role)));
  return holders.flat().filter(({ id, role, isDeputy = false }) => id !== by.id && (role !== by.role || isDeputy));
}

export async function delegate(
  wish: DelegationWish,
  by: Account,
  { store, directory, now }: Pick<Ports, 'store' | 'directory' | 'now'>,
): Promise<{ readonly outcome: 'delegated' } | Refused> {
  const step = stepOfRole(by.role);
  const today = localDateOf(now());
  if (step === undefined)
    return refused('Vai trò này không có bước để ủy quyền.', 'This role has no step to delegate.');
  const to = (await possibleDelegates(by, directory)).find(({ id }) => id === wish.to);
  if (to === undefined) {
    return refused(
      'Hãy chọn người được ủy quyền trong danh sách: cấp phó, hoặc chuyên viên của chính cơ quan mình.',
      'Choose from the list: a deputy, or an officer of your own department.',
    );
  }
  const against = periodObjection(wish, today) ?? documentObjection(wish);
  if (against !== undefined) return against;
  const { since, until, number, paper } = wish;
  const data = { step: step.step, from: by.id, to: to.id, since, until, number: number.trim(), paper };
  const outcome = await commitDeciding(store, async () => {
    const overlapping = (await readDelegations(store)).find(
      (one) => one.step === step.step && one.from === by.id && one.ended === undefined && overlap(one, wish),
    );
    if (overlapping !== undefined) return { stop: alreadyGiven(overlapping) };
    return {
      changes: [
        {
          stream: streamOf(wish.id),
          readAt: 0,
          entries: [{ kind: 'delegated', at: now(), by: by.id, data }],
          row: { kind: 'delegation', status: 'given', summary: { step: step.step, until } },
        },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'delegated' };
}

function overlap(one: Pick<Delegation, 'since' | 'until'>, other: Pick<Delegation, 'since' | 'until'>): boolean {
  return one.since <= other.until && other.since <= one.until;
}

function alreadyGiven({ since, until }: Delegation): Refused {
  return refused(
    `Đồng chí đang ủy quyền bước này từ ${formatDay(since)} đến ${formatDay(until)}. Hãy chấm dứt ủy quyền đó trước.`,
    `You delegated this step from ${formatDay(since)} to ${formatDay(until)} already. End that delegation first.`,
  );
}

function periodObjection({ since, until }: DelegationWish, today: LocalDate): Refused | undefined {
  if (!isLocalDate(since) || !isLocalDate(until) || since < today || until < since) {
    return refused(
      'Thời gian ủy quyền phải từ hôm nay trở đi, ngày cuối không trước ngày đầu.',
      'A delegation begins today or later, and does not end before it begins.',
    );
  }
  if (daysBetween({ from: since, to: until }) < longestDelegationDays) return undefined;
  const latest = formatDay(addDays(since, longestDelegationDays - 1));
  return refused(
    `Ủy quyền kéo dài nhiều nhất ${longestDelegationDays} ngày. Hãy chọn ngày cuối không sau ${latest}.`,
    `A delegation lasts ${longestDelegationDays} days at most. Choose a last day not after ${latest}.`,
  );
}

function documentObjection({ number, paper }: DelegationWish): Refused | undefined {
  if (number.trim() !== '' && paper !== '') return undefined;
  return refused(
    'Hãy ghi số văn bản ủy quyền và đính kèm bản quét.',
    'State the number of the document that delegates, and attach its scan.',
  );
}

/** Its giver takes it back at once; what was decided by it stays. */
export async function endDelegation(
  id: string,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'ended' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const found = await readDelegation(store, id);
    if (found?.from !== by.id) {
      return { stop: refused('Không tìm thấy ủy quyền này của đồng chí.', 'You gave no such delegation.') };
    }
    if (found.ended !== undefined) return { stop: refused('Ủy quyền này đã chấm dứt.', 'It has ended already.') };
    return {
      changes: [
        {
          stream: streamOf(id),
          readAt: 1,
          entries: [{ kind: 'ended', at: now(), by: by.id, data: {} }],
          row: { kind: 'delegation', status: 'ended', summary: { step: found.step, until: found.until } },
        },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'ended' };
}
