/**
 * Which source pays which line of a case. One source pays the whole unless Finance has set another for a component (the
 * three months' job search, say): then the case has a part for each.
 */
import type { Case, Submitted } from './case.ts';
import type { AssessedLine } from './assessment.ts';
import { sum } from '../dong.ts';
import type { Source } from './unit.ts';

/** Every source that may pay a line of the case, the unit's own first. */
export function sourcesOf({ source, lineSources = {} }: Pick<Submitted, 'source' | 'lineSources'>): readonly Source[] {
  return [...new Set([source, ...Object.values(lineSources)])];
}

/** What one source pays of a case: its lines and their sum in đồng; nothing where there is no sum. */
export function shareOf(
  { submitted, assessment }: Pick<Case, 'submitted' | 'assessment'>,
  source: string,
): { readonly lines: readonly AssessedLine[]; readonly total: bigint } {
  if (assessment.outcome !== 'entitled') return { lines: [], total: 0n };
  const lines = assessment.lines.filter(({ line }) => (submitted.lineSources?.[line] ?? submitted.source) === source);
  return { lines, total: sum(lines.map(({ amount }) => BigInt(amount))) };
}

/** The sources that pay something of the case as it is computed now, the one that counts the person first. */
export function payingSources(of: Pick<Case, 'submitted' | 'assessment'>): readonly Source[] {
  return sourcesOf(of.submitted).filter((source) => shareOf(of, source).total > 0n);
}

/** Whether the sources together pay the case's sum to the đồng. */
export function isWhole(of: Pick<Case, 'submitted' | 'assessment'>): boolean {
  const total = sum(sourcesOf(of.submitted).map((source) => shareOf(of, source).total));
  return of.assessment.outcome === 'entitled' && total === BigInt(of.assessment.total);
}
