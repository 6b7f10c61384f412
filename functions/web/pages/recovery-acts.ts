/** The acts on money that is to come back: deciding, recording what came, opening a sum from a case. */
import { decideRecovery, recordReceipt } from '../../../shared/disbursement/decide-recovery.ts';
import { recordGivenBack, recordReEntry } from '../../../shared/disbursement/open-recovery.ts';
import type { Dong } from '../../../shared/dong.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { casePage } from './case.tsx';
import { returnDutyPage, returnDutyPath } from './return-duty.tsx';

/** The hash of the scan; empty where none was chosen. */
async function scanIn({ form, ports }: Visit, name: string): Promise<string> {
  const scan = await upload(form, name);
  return scan === undefined ? '' : ports.files.put(scan.bytes);
}

/** Nothing for what is no amount, which the use cases refuse. */
function amountIn({ form }: Visit, name: string): Dong {
  const text = field(form, name);
  const isAmount = /^(\d{1,15}|\d{1,3}(\.\d{3}){1,4})$/.test(text);
  return isAmount ? BigInt(text.replaceAll('.', '')) : 0n;
}

export async function decideRecoveryAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const paper = await scanIn(visit, 'paper');
  const decision = { id: params['id'] ?? '', outcome: field(form, 'outcome'), reason: field(form, 'reason'), paper };
  const outcome = await decideRecovery(decision, account.id, ports);
  return outcome.outcome === 'refused' ? returnDutyPage(visit, outcome.why) : { to: returnDutyPath };
}

export async function receiveAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const money = {
    id: params['id'] ?? '',
    amount: amountIn(visit, 'amount'),
    on: field(form, 'on'),
    document: field(form, 'document'),
    to: field(form, 'to'),
    paper: await scanIn(visit, 'paper'),
  };
  const outcome = await recordReceipt(money, account, ports);
  return outcome.outcome === 'refused' ? returnDutyPage(visit, outcome.why) : { to: returnDutyPath };
}

export async function reEntryAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const caseId = params['id'] ?? '';
  const on = field(form, 're-entry-on');
  const decision = { number: field(form, 're-entry-number'), on, paper: await scanIn(visit, 're-entry-paper') };
  const outcome = await recordReEntry({ caseId, on, decision }, account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : { to: `/ho-so/${caseId}#hoan-tra` };
}

export async function giveBackAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const caseId = params['id'] ?? '';
  const paper = await scanIn(visit, 'given-paper');
  const letter = { number: field(form, 'given-number'), on: field(form, 'given-on'), paper };
  const outcome = await recordGivenBack({ caseId, amount: amountIn(visit, 'given-amount'), letter }, account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : { to: `/ho-so/${caseId}#hoan-tra` };
}
