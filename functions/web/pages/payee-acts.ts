/** The act of the form that says why an account in another name is paid. */
import { statePayee } from '../../../shared/case/payee.ts';
import { type Answer, field, type Visit } from '../page.tsx';
import { casePage } from './case.tsx';

export async function statePayeeAct(visit: Visit): Promise<Answer> {
  const { form, params, account, ports } = visit;
  const caseId = params['id'] ?? '';
  const wish = {
    caseId,
    accountDigest: field(form, 'digest'),
    as: field(form, 'payee-as'),
    document: field(form, 'payee-document'),
    on: field(form, 'payee-on'),
  };
  const outcome = await statePayee(wish, account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : { to: `/ho-so/${caseId}` };
}
