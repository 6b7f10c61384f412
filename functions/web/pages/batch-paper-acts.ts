/** The acts on the legal papers of a batch: making them, handing them out, recording what was signed. */
import { letterKinds, readBatch } from '../../../shared/case/batch.ts';
import { legalPaperKinds } from '../../../shared/approval/legal-papers.ts';
import { recordSignedLetter } from '../../../shared/approval/signed-letter.ts';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { signatureIn } from './batch-papers.tsx';
import { batchPage } from './batch.tsx';

export async function writePapersAct({ params, ports, account }: Visit): Promise<Answer> {
  const batchId = params['id'] ?? '';
  return { to: `/viec/${await ports.jobs.start('write-papers', { batchId, by: account.id }, account.id)}` };
}

const wordDocument = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export async function legalPaperFile(visit: Visit): Promise<Answer> {
  const { ports, params } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  const kind = legalPaperKinds.find((one) => params['file'] === `${one}.docx`);
  const hash = kind === undefined ? undefined : batch?.papers?.files[kind];
  const file = hash === undefined ? undefined : await ports.files.get(hash);
  if (batch === undefined || kind === undefined || file === undefined) return batchPage(visit, noPaper);
  return { file, name: `${fileNames[kind]}-dot-${batch.code}.docx`, type: wordDocument };
}

const fileNames = { appraisal: 'van-ban-tham-dinh', submission: 'to-trinh', decision: 'du-thao-quyet-dinh' } as const;
const noPaper: Problem = {
  vi: 'Văn bản chưa được lập cho phiên bản này của danh sách.',
  en: 'The papers of this version of the list have not been made.',
};

export async function signedLetterAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const kind = letterKinds.find((one) => one === field(form, 'kind'));
  if (kind === undefined) return batchPage(visit);
  const batchId = params['id'] ?? '';
  const bytes = (await upload(form, 'letter-paper'))?.bytes ?? new Uint8Array();
  const recorded = await recordSignedLetter(
    {
      ...signatureIn(form, 'letter-'),
      batchId,
      kind,
      version: Number(field(form, 'version')),
      contentHash: field(form, 'contentHash'),
      bytes,
      signatures: await ports.papers.signaturesIn(bytes),
    },
    account,
    ports,
  );
  return recorded.outcome === 'refused' ? batchPage(visit, recorded.why) : { to: `/dot/${batchId}` };
}
