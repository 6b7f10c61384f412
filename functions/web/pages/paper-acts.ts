/** A paper comes to a dossier, is taken back, is opened. */
import * as z from 'zod';
import { openCase } from '../../../shared/case/part.ts';
import { paperKinds, papersOf } from '../../../shared/case/papers.ts';
import { attachPaper, takePaperBack } from '../../../shared/intake/attach-paper.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { casePage } from './case.tsx';

const kindOf = z.enum(paperKinds);

export async function attachPaperAct(visit: Visit): Promise<Answer> {
  const { form, params, account, ports } = visit;
  const caseId = params['id'] ?? '';
  const file = await upload(form, 'file');
  const kind = kindOf.safeParse(field(form, 'kind'));
  if (file === undefined || !kind.success) {
    return casePage(visit, { vi: 'Hãy chọn loại giấy tờ và tệp quét.', en: 'Choose the kind of paper and its scan.' });
  }
  const paper = { caseId, kind: kind.data, bytes: file.bytes, stampedOn: field(form, 'stampedOn') };
  const outcome = await attachPaper(paper, account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : { to: `/ho-so/${caseId}#giay-to` };
}

export async function takePaperBackAct(visit: Visit): Promise<Answer> {
  const { form, params, account, ports } = visit;
  const caseId = params['id'] ?? '';
  const kind = kindOf.safeParse(field(form, 'kind'));
  if (!kind.success) return casePage(visit);
  const outcome = await takePaperBack({ caseId, kind: kind.data, file: field(form, 'file') }, account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : { to: `/ho-so/${caseId}#giay-to` };
}

const types = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' } as const;

/** Only papers of a case that the account may see; the hash of a file alone opens nothing. */
export async function paperFile(visit: Visit): Promise<Answer> {
  const { params, account, ports } = visit;
  const of = (await openCase(ports.store, params['id'] ?? '', account))?.of;
  if (of === undefined) return casePage(visit);
  const paper = papersOf(of).find(({ file }) => file === params['file']);
  const file = paper === undefined ? undefined : await ports.files.get(paper.file);
  if (paper === undefined || file === undefined) {
    return casePage(visit, { vi: 'Không có giấy tờ này trong hồ sơ.', en: 'There is no such paper in the case.' });
  }
  return { file, name: `giay-to-${paper.kind}.${paper.type === 'jpeg' ? 'jpg' : paper.type}`, type: types[paper.type] };
}
