/** The acts of a return: the appraiser's, and the unit's answer. */
import { answerReturn, returnToUnit } from '../../../shared/approval/return.ts';
import { returnableFieldNames } from '../../../shared/case/part.ts';
import { type Answer, field, type Visit } from '../page.tsx';
import { casePage } from './case.tsx';

export async function returnAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const caseId = params['id'] ?? '';
  const reasons = returnableFieldNames.map((name) => ({ field: name, reason: field(form, `wrong-${name}`) }));
  const returned = await returnToUnit({ caseId, caseHash: field(form, 'seen'), reasons }, account, ports);
  return returned.outcome === 'refused' ? casePage(visit, returned.why) : { to: '/tinh-che-do' };
}

export async function answerAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const caseId = params['id'] ?? '';
  const answered = await answerReturn({ caseId, answer: field(form, 'answer') }, account, ports);
  return answered.outcome === 'refused' ? casePage(visit, answered.why) : { to: `/ho-so/${caseId}` };
}
