/** A case and its parts: where one person's money stands. */
import { readCase } from '../../shared/case/case.ts';
import { openCase } from '../../shared/case/part.ts';
import { shareOf } from '../../shared/case/shares.ts';
import { onTheWire } from '../../shared/entitlement/facts-door.ts';
import { notFound } from './problem.ts';
import { personFor, readerOf } from './reach.ts';
import { type ApiAnswer, answered, type Call } from './route.ts';
import type { CaseAnswer } from './schemas.ts';

export async function readCaseRoute({ client, params, ports }: Call): Promise<ApiAnswer> {
  const opened = await openCase(ports.store, params['id'] ?? '', readerOf(client));
  if (opened === undefined) return { problem: notFound({ vi: 'hồ sơ', en: 'case' }) };
  const { of, parts } = opened;
  const { submitted, assessment, caseHash } = of;
  const answer: CaseAnswer = {
    id: of.id,
    unit: submitted.payingUnit,
    employer: submitted.employer,
    block: submitted.block,
    level: submitted.level,
    caseHash,
    assessment: onTheWire(assessment),
    parts: parts.map(({ id, source, status, batch, ordered, entries }) => ({
      id,
      source,
      status,
      amount: shareOf(of, source).total.toString(),
      since: entries.at(-1)?.at ?? '',
      ...(batch === undefined ? {} : { batch: batch.id }),
      ...(ordered === undefined ? {} : { payment: ordered.reference }),
    })),
    ...(await personFor(client, of, ports)),
  };
  return answered(answer);
}

/** For answers that name a case beside something else. */
export async function personOfCase(caseId: string, { client, ports }: Pick<Call, 'client' | 'ports'>) {
  if (!client.scopes.includes('persons:read')) return {};
  const of = await readCase(ports.store, caseId);
  return of === undefined ? {} : personFor(client, of, ports);
}
