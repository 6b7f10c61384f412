/** The acts of the page of estimates and sources. */
import { closeYear } from '../../../shared/disbursement/close-year.ts';
import { setPause } from '../../../shared/disbursement/pause.ts';
import { recordComeback } from '../../../shared/disbursement/record-comeback.ts';
import { setLineSource } from '../../../shared/disbursement/set-line-source.ts';
import type { Refused } from '../../../shared/case/ports.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { fundingPage } from './funding.tsx';

async function answer(visit: Visit, outcome: { readonly outcome: string } | Refused): Promise<Answer> {
  return 'why' in outcome ? fundingPage(visit, outcome.why) : { to: '/du-toan' };
}

export async function comebackAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const references = form.getAll('reference').filter((one): one is string => typeof one === 'string');
  const place = { to: field(form, 'to'), document: field(form, 'document'), on: field(form, 'on') };
  return answer(visit, await recordComeback({ references, ...place }, account, ports));
}

export async function lineSourceAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const paper = await upload(form, 'paper');
  const wish = {
    line: field(form, 'line'),
    source: field(form, 'source'),
    unit: field(form, 'unit'),
    number: field(form, 'number'),
    on: field(form, 'on'),
    paper: paper === undefined ? '' : await ports.files.put(paper.bytes),
  };
  return answer(visit, await setLineSource(wish, account, ports));
}

export async function pauseAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const act = field(form, 'act') === 'resume' ? 'resume' : 'pause';
  return answer(
    visit,
    await setPause({ act, unit: field(form, 'unit'), reason: field(form, 'reason') }, account, ports),
  );
}

export async function closeYearAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const end = {
    year: field(form, 'year'),
    outcome: field(form, 'outcome'),
    unit: field(form, 'unit'),
    source: field(form, 'source'),
    document: field(form, 'document'),
    on: field(form, 'on'),
  };
  return answer(visit, await closeYear(end, account, ports));
}
