/** Money paid beyond what was owed, found by a recomputation: listed until a person has decided what is done about it. */
import * as z from 'zod';
import { dataOf, lastOfKind } from './history.ts';
import type { Entry, Row, Store } from './store.ts';

const found = z.object({
  caseId: z.string(),
  entitled: z.string(),
  paid: z.string(),
  over: z.string(),
  paidUnder: z.string(),
  law: z.string(),
});
export type FoundRecovery = z.infer<typeof found>;

export const recoveryOutcomes = ['recover', 'waive'] as const;
const decided = z.object({ outcome: z.enum(recoveryOutcomes), reason: z.string(), paper: z.string() });

export const recoverySummary = z.object({ caseId: z.string(), over: z.string(), since: z.string() });

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

export function recoveryRow(
  status: 'open' | 'decided',
  unit: string,
  summary: z.infer<typeof recoverySummary>,
): Omit<Row, 'stream'> {
  return { kind: 'recovery', status, unit, summary };
}
