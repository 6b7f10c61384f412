/**
 * Money that is to come back: paid beyond what was owed, to be returned on re-entering the State sector, or given back by the
 * person. A person decides what is done; what came back is recorded piece by piece, never above the sum.
 */
import * as z from 'zod';
import { type Dong, sum } from '../dong.ts';
import { type Case, differenceEntry } from './case.ts';
import { dataOf, lastOfKind, ofKind } from './history.ts';
import type { Entry, Row, Store } from './store.ts';

export const recoveryKinds = ['overpaid', 're-entry', 'given-back'] as const;
export type RecoveryKind = (typeof recoveryKinds)[number];

const found = z.object({
  kind: z.enum(recoveryKinds).default('overpaid'),
  caseId: z.string(),
  entitled: z.string(),
  paid: z.string(),
  /** What is to come back, đồng. */
  over: z.string(),
  paidUnder: z.string(),
  law: z.string(),
  /** Of a re-entry, the decision that took the person in; of money given back, the person's signed letter. */
  document: z.object({ number: z.string(), on: z.string(), paper: z.string() }).exactOptional(),
});
export type FoundRecovery = z.infer<typeof found>;

export const recoveryOutcomes = ['recover', 'waive'] as const;
const decided = z.object({ outcome: z.enum(recoveryOutcomes), reason: z.string(), paper: z.string() });

/** The unit's estimate of the year (khôi phục dự toán), its deposit account, or the State budget (nộp ngân sách). */
export const receiptPlaces = ['estimate', 'deposit', 'budget'] as const;
const receipt = z.object({
  amount: z.string().regex(/^\d+$/),
  on: z.string(),
  document: z.string(),
  to: z.enum(receiptPlaces),
  /** The scanned document, in Files. */
  paper: z.string(),
});
export type Receipt = z.infer<typeof receipt>;

export const recoverySummary = z.object({
  caseId: z.string(),
  over: z.string(),
  since: z.string(),
  kind: z.enum(recoveryKinds).default('overpaid'),
  received: z.string().default('0'),
});

export interface Recovery extends FoundRecovery {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly decided?: z.infer<typeof decided> & { readonly by: string; readonly at: string };
}

export function recoveryStream(id: string): string {
  return `recovery/${id}`;
}

export async function readRecovery(store: Store, id: string): Promise<Recovery | undefined> {
  const entries = await store.read(recoveryStream(id));
  const first = entries[0];
  if (first === undefined) return undefined;
  const decision = lastOfKind(entries, 'decided');
  return {
    id,
    entries,
    ...dataOf(first, found),
    ...(decision === undefined ? {} : { decided: { ...dataOf(decision, decided), by: decision.by, at: decision.at } }),
  };
}

/** What came back, oldest first. */
export function receiptsOf({ entries }: Pick<Recovery, 'entries'>): readonly Receipt[] {
  return ofKind(entries, 'received').map((entry) => dataOf(entry, receipt));
}

export function receivedOf(recovery: Pick<Recovery, 'entries'>): Dong {
  return sum(receiptsOf(recovery).map(({ amount }) => BigInt(amount)));
}

/** What is still to come back; nothing of what was waived. */
export function restOf(recovery: Recovery): Dong {
  return recovery.decided?.outcome === 'waive' ? 0n : BigInt(recovery.over) - receivedOf(recovery);
}

/** What it asks back, or has got back: a waived one only what came before it was waived. */
export function askedBack(recovery: Recovery): Dong {
  return restOf(recovery) + receivedOf(recovery);
}

/** That a re-entry or a gift opened one, as the case's history says. */
export const recoveryOpened = z.object({ recovery: z.string(), kind: z.enum(recoveryKinds), amount: z.string() });

/** Every recovery of the case, as its history names them. */
export async function recoveriesOf({ id, entries }: Pick<Case, 'id' | 'entries'>, store: Store) {
  const overpaid = ofKind(entries, 'difference')
    .map((entry) => dataOf(entry, differenceEntry))
    .filter(({ topUp }) => topUp === undefined)
    .map(({ number }) => `${id}.${number}`);
  const opened = ofKind(entries, 'recovery-opened').map((entry) => dataOf(entry, recoveryOpened).recovery);
  const read = await Promise.all([...overpaid, ...opened].map((one) => readRecovery(store, one)));
  return read.filter((one) => one !== undefined);
}

/** `open` waits for a decision, `decided` for the money, `closed` for nothing. */
export type RecoveryStatus = 'open' | 'decided' | 'closed';

export function recoveryRow(
  status: RecoveryStatus,
  unit: string,
  summary: z.input<typeof recoverySummary>,
): Omit<Row, 'stream'> {
  return { kind: 'recovery', status, unit, summary };
}
