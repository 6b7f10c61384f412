/** The changes that make a case: its history begins, its part if money is due, and the keys it holds. */
import type { Instant } from '../calendar.ts';
import type { SetReadings } from '../law/readings.ts';
import type { Assessment } from './assessment.ts';
import { type Case, caseHashOf, caseRow, caseStream, type Submitted } from './case.ts';
import { firstStatus } from './lifecycle.ts';
import { partChange, partIdOf } from './part.ts';
import type { Change } from './store.ts';

/** What a case was computed as, with the open readings that were set. */
export interface Computed {
  readonly assessment: Assessment;
  readonly readings: SetReadings;
}

export function newCase(
  caseId: string,
  given: Submitted,
  { assessment, readings }: Computed,
  by: string,
  at: Instant,
  claims: readonly string[],
): readonly Change[] {
  const caseHash = caseHashOf(given, assessment);
  const caseChange: Change = {
    stream: caseStream(caseId),
    readAt: 0,
    entries: [
      { kind: 'submitted', at, by, data: given },
      { kind: 'assessed', at, by: 'system', data: { assessment, caseHash, readings } },
    ],
    row: caseRow(given, assessment),
    claims,
  };
  if (assessment.outcome !== 'entitled') return [caseChange];
  const account = { sealed: given.account, digest: given.accountDigest };
  const made: Case = { id: caseId, entries: [], submitted: given, assessment, readings, caseHash, account };
  const part = { id: partIdOf(caseId, given.source), entries: [] };
  const step = { kind: 'assessed', at, by: 'system', data: { status: firstStatus(given.block), caseHash } };
  return [caseChange, partChange(made, part, [step])];
}
