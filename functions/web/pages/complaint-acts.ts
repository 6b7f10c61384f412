/** The acts on a complaint: registering it, what its body answers, what comes for it afterwards. */
import { type Answer as Given, answerComplaint } from '../../../shared/completion/answer-complaint.ts';
import type { Document } from '../../../shared/completion/complaint.ts';
import {
  bringMore,
  closeComplaint,
  recordSecondLevel,
  withdrawComplaint,
} from '../../../shared/completion/end-complaint.ts';
import { papersOfComplaint } from '../../../shared/completion/complaint.ts';
import { openComplaint } from '../../../shared/completion/complaint-standing.ts';
import { registerComplaint } from '../../../shared/completion/register-complaint.ts';
import { paperType } from '../../../shared/case/papers.ts';
import { type Refused, refused } from '../../../shared/case/ports.ts';
import { complaintsPath } from '../complaints-waiting.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { casePage } from './case.tsx';
import { complaintPage } from './complaint.tsx';

const mostBytes = 10 * 1024 * 1024;

/** The hash of the scan; empty where none was chosen or it is none that can be opened again. */
async function scanIn({ form, ports }: Visit, name: string): Promise<string> {
  const scan = await upload(form, name);
  const isPaper = scan !== undefined && paperType(scan.bytes) !== undefined && scan.bytes.length <= mostBytes;
  return isPaper ? ports.files.put(scan.bytes) : '';
}

async function documentIn(visit: Visit, act: string): Promise<Document> {
  const { form } = visit;
  const paper = await scanIn(visit, `${act}-paper`);
  return { number: field(form, `${act}-number`), on: field(form, `${act}-on`), paper };
}

export async function registerComplaintAct(visit: Visit): Promise<Answer> {
  const { form, params, account, ports } = visit;
  const given = {
    caseId: params['id'] ?? '',
    letter: await documentIn(visit, 'complaint'),
    complainant: field(form, 'complainant'),
    name: field(form, 'complainant-name'),
    subject: field(form, 'complaint-subject'),
    text: field(form, 'complaint-text'),
  };
  const outcome = await registerComplaint(given, account, ports);
  return outcome.outcome === 'refused'
    ? casePage(visit, outcome.why)
    : { to: `${complaintsPath}/${outcome.complaint}` };
}

/** What the body does: one form each, told apart by the button. */
export async function answerComplaintAct(visit: Visit): Promise<Answer> {
  const { form, params, account, ports } = visit;
  const id = params['id'] ?? '';
  const act = field(form, 'act');
  const words = field(form, `${act}-words`);
  if (act === 'close') return after(visit, await closeComplaint(id, { words }, account, ports));
  if (act === 'second-level') {
    const letter = { words, document: await documentIn(visit, act), to: field(form, 'second-level-to') };
    return after(visit, await recordSecondLevel(id, letter, account, ports));
  }
  const given = await answerIn(visit, act, words);
  return after(visit, given === undefined ? notChosen : await answerComplaint(id, given, account, ports));
}

async function answerIn(visit: Visit, act: string, words: string): Promise<Given | undefined> {
  const { form } = visit;
  if (act === 'accept') {
    return { act, isRemote: field(form, 'is-remote') === '1', isComplicated: field(form, 'is-complicated') === '1' };
  }
  if (act === 'ask-more' || act === 'extend') return { act, words };
  if (act === 'pass-on') return { act, words, to: field(form, 'pass-on-to') };
  const papered = { words, citation: field(form, `${act}-citation`) };
  if (act === 'not-accept' || act === 'answer-no') {
    return { act, ...papered, document: await documentIn(visit, act) };
  }
  if (act !== 'uphold') return undefined;
  return { act, ...papered, remedy: field(form, 'uphold-remedy'), document: await documentIn(visit, act) };
}

/** What comes from the complainant afterwards: the paper that was asked for, or the complaint taken back. */
export async function complainantAct(visit: Visit): Promise<Answer> {
  const { form, params, account, ports } = visit;
  const id = params['id'] ?? '';
  const act = field(form, 'act');
  const given = { words: field(form, `${act}-words`), document: await documentIn(visit, act) };
  if (act === 'more') return after(visit, await bringMore(id, given, account, ports));
  if (act === 'withdraw') return after(visit, await withdrawComplaint(id, given, account, ports));
  return after(visit, notChosen);
}

function after(visit: Visit, outcome: { readonly outcome: 'done' } | Refused): Answer | Promise<Answer> {
  if (outcome.outcome === 'refused') return complaintPage(visit, outcome.why);
  return { to: `${complaintsPath}/${visit.params['id'] ?? ''}` };
}

const notChosen = refused('Hãy chọn việc cần làm trên trang này.', 'Choose one of the acts on this page.');

const types = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' } as const;

/** A scan of a complaint on a case that the account may see; the hash of a file alone opens nothing. */
export async function complaintPaper(visit: Visit): Promise<Answer> {
  const { params, account, ports } = visit;
  const opened = await openComplaint(ports.store, params['id'] ?? '', account);
  const hash = params['file'] ?? '';
  const isTheirs = opened !== undefined && papersOfComplaint(opened.complaint).has(hash);
  const file = isTheirs ? await ports.files.get(hash) : undefined;
  const type = file === undefined ? undefined : paperType(file);
  if (file === undefined || type === undefined) return complaintPage(visit, noPaper);
  return { file, name: `don-thu.${type === 'jpeg' ? 'jpg' : type}`, type: types[type] };
}

const noPaper = { vi: 'Không có văn bản này trong khiếu nại.', en: 'There is no such paper in the complaint.' };
