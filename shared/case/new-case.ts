/** The changes that make a case: its history begins, its part if money is due, and the keys it holds. */
import type { Instant } from '../calendar.ts';
import type { SetReadings } from '../law/readings.ts';
import type { Assessment } from './assessment.ts';
import { type Case, caseHashOf, caseRow, caseStream, type Submitted } from './case.ts';
import { firstStatus } from './lifecycle.ts';
import { partChange, partIdOf } from './part.ts';
import { payingSources } from './shares.ts';
import type { Change } from './store.ts';
import type { Source } from './unit.ts';

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
  const made: Case = {
    id: caseId,
    entries: [],
    submitted: given,
    assessment,
    readings,
    caseHash,
    account,
    accountsAfterFreezing: [],
  };
  return [caseChange, ...newParts(made, payingSources(made), at)];
}

/** The parts of these sources begin, to be appraised. */
export function newParts(of: Case, sources: readonly Source[], at: Instant): readonly Change[] {
  const data = { status: firstStatus(of.submitted.block), caseHash: of.caseHash };
  return sources.map((source) => {
    const part = { id: partIdOf(of.id, source), entries: [] };
    return partChange(of, part, [{ kind: 'assessed', at, by: 'system', data }]);
  });
}
