import { periodAccounts } from '../../../shared/case/explain-service.ts';
import type { Answer, Visit } from '../page.tsx';
import { casePage } from './case.tsx';
import { shownCase } from './case-shown.ts';

/** Everything the sum was made of, for another program to check: facts, readings, periods, lines with their factors. */
export async function traceFile(visit: Visit): Promise<Answer> {
  const found = await shownCase(visit, visit.params['id'] ?? '');
  if (found === undefined) return casePage(visit);
  const { submitted, readings, assessment, caseHash } = found.of;
  const regime = assessment.outcome === 'entitled' ? assessment.regime : '';
  const periods = periodAccounts(
    submitted.facts.service ?? [],
    submitted.facts.leaving?.on ?? '9999-12-01',
    regime,
    readings,
  );
  const trace = { caseHash, law: assessment.law, readings, facts: submitted.facts, periods, assessment };
  return {
    file: new TextEncoder().encode(`${JSON.stringify(trace, null, 2)}\n`),
    name: `cach-tinh-${found.of.id}.json`,
    type: 'application/json',
  };
}
