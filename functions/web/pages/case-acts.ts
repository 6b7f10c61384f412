/** Acts on a case from its page: hold, take back, correct, another account, another order. */
import { holdPart, withdrawCase } from '../../../shared/approval/hold.ts';
import { readCase } from '../../../shared/case/case.ts';
import { readParts } from '../../../shared/case/part.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { casePage } from './case.tsx';

/** The part that a form on this page is about; the case id stands in the address. */
async function partOf({ ports, params, form }: Visit): Promise<string> {
  const of = await readCase(ports.store, params['id'] ?? '');
  const parts = of === undefined ? [] : await readParts(ports.store, of);
  const chosen = field(form, 'part');
  return (parts.find(({ id }) => id === chosen) ?? parts[0])?.id ?? '';
}

export async function holdAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const act = field(form, 'act');
  if (act !== 'hold' && act !== 'resume' && act !== 'cancel') return casePage(visit);
  const outcome = await holdPart(await partOf(visit), act, field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function withdrawAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const outcome = await withdrawCase(params['id'] ?? '', field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function correctAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const [file, paper] = await Promise.all([upload(form, 'file'), upload(form, 'paper')]);
  if (file === undefined || paper === undefined || field(form, 'reason') === '') {
    return casePage(visit, {
      vi: 'Hãy chọn tệp theo mẫu, đính kèm giấy tờ chứng minh và ghi lý do.',
      en: 'Choose the filled template, attach the paper that shows the fact, and state the reason.',
    });
  }
  const input = {
    caseId: params['id'] ?? '',
    file: await ports.files.put(file.bytes),
    paper: await ports.files.put(paper.bytes),
    reason: field(form, 'reason'),
    account,
  };
  return { to: `/viec/${await ports.jobs.start('correct-facts', input, account.id)}` };
}

export async function proposeAccountAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const paper = await upload(form, 'paper');
  const given = {
    bank: field(form, 'bank'),
    number: field(form, 'number').replaceAll(' ', ''),
    holder: field(form, 'holder'),
  };
  const heir = { fullName: field(form, 'heir'), relation: field(form, 'relation') };
  const hasHeir = heir.fullName !== '' || heir.relation !== '';
  const stored = paper === undefined ? '' : await ports.files.put(paper.bytes);
  const paid = hasHeir ? { ...given, heir } : given;
  const correction = { part: await partOf(visit), account: paid, reason: field(form, 'reason'), paper: stored };
  const outcome = await proposeAccount(correction, account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function confirmAccountAct(visit: Visit): Promise<Answer> {
  const outcome = await confirmAccount(await partOf(visit), field(visit.form, 'digest'), visit.account, visit.ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function orderAgainAct(visit: Visit): Promise<Answer> {
  const outcome = await orderAgain(await partOf(visit), field(visit.form, 'reason'), visit.account, visit.ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

function back({ params }: Visit): Answer {
  return { to: `/ho-so/${params['id'] ?? ''}` };
}
