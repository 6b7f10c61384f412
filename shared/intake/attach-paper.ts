/** Use cases: a paper comes to a person's dossier, or is taken back because it was the wrong one. */
import { addMonths, formatDay, isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { caseStream } from '../case/case.ts';
import { commitDeciding } from '../case/history.ts';
import { type PaperKind, paperType, papersOf, readDossierRules } from '../case/papers.ts';
import { openCase } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

const mostMegabytes = 10;
const mostPapers = 60;

export interface NewPaper {
  readonly caseId: string;
  readonly kind: PaperKind;
  readonly bytes: Uint8Array;
  /** Of an insurance printout: the day on its stamp. */
  readonly stampedOn?: string;
}

interface Attached {
  readonly outcome: 'attached';
}

/** The file is judged by its content and kept once, however often it is brought. */
export async function attachPaper(
  { caseId, kind, bytes, stampedOn }: NewPaper,
  by: Account,
  { store, files, now }: Pick<Ports, 'store' | 'files' | 'now'>,
): Promise<Attached | Refused> {
  const type = paperType(bytes);
  if (type === undefined) {
    return refused(
      'Chỉ nhận tệp PDF, JPEG hoặc PNG. Hãy quét hoặc chụp giấy tờ rồi chọn lại.',
      'Only PDF, JPEG or PNG files are taken. Scan or photograph the paper and choose again.',
    );
  }
  if (bytes.length > mostMegabytes * 1024 * 1024) {
    return refused(
      `Tệp lớn hơn ${mostMegabytes} MB. Hãy quét ở độ phân giải thấp hơn hoặc chia thành nhiều tệp.`,
      `The file is over ${mostMegabytes} MB. Scan it at a lower resolution or split it.`,
    );
  }
  const { printoutMonths } = await readDossierRules(store);
  const stamp = stampOf(kind, stampedOn, localDateOf(now()), printoutMonths);
  if (typeof stamp === 'object') return stamp;
  const file = await files.put(bytes);
  const outcome = await commitDeciding<Attached | Refused>(store, async () => {
    const of = (await openCase(store, caseId, by))?.of;
    if (of === undefined) return { stop: noCase };
    const papers = papersOf(of);
    if (papers.some((paper) => paper.kind === kind && paper.file === file)) return { stop: { outcome: 'attached' } };
    if (papers.length >= mostPapers) {
      return { stop: refused(`Hồ sơ đã có ${mostPapers} giấy tờ.`, `The case has ${mostPapers} papers already.`) };
    }
    const data = { kind, file, type, bytes: bytes.length, ...(stamp === undefined ? {} : { stampedOn: stamp }) };
    const entry = { kind: 'paper-attached', at: now(), by: by.id, data };
    return { changes: [{ stream: caseStream(caseId), readAt: of.entries.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'attached' };
}

/** The stamp's day where one is due; a sentence where it is missing, impossible or too old. */
function stampOf(
  kind: PaperKind,
  stampedOn: string | undefined,
  today: string,
  printoutMonths: number,
): string | undefined | Refused {
  if (kind !== 'insurance-printout') return undefined;
  if (stampedOn === undefined || !isLocalDate(stampedOn)) {
    return refused(
      'Hãy ghi ngày xác nhận trên bản quá trình đóng BHXH.',
      'State the day on the stamp of the insurance printout.',
    );
  }
  if (stampedOn > today) {
    return refused('Ngày xác nhận chưa đến. Hãy kiểm tra lại.', 'The day of the stamp has not come yet.');
  }
  return addMonths(stampedOn, printoutMonths) < today
    ? refused(
        `Bản quá trình đóng BHXH xác nhận ngày ${formatDay(stampedOn)}, quá ${printoutMonths} tháng. Hãy xin xác nhận lại tại cơ quan BHXH.`,
        `The printout was stamped on ${formatDay(stampedOn)}, over ${printoutMonths} months ago. Have it stamped anew.`,
      )
    : stampedOn;
}

const noCase = refused('Không tìm thấy hồ sơ này.', 'There is no such case.');

/** The paper stays in Files and in the history; it counts no more. */
export async function takePaperBack(
  { caseId, kind, file }: { readonly caseId: string; readonly kind: PaperKind; readonly file: string },
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'taken-back' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const of = (await openCase(store, caseId, by))?.of;
    if (of === undefined) return { stop: noCase };
    if (!papersOf(of).some((paper) => paper.kind === kind && paper.file === file)) {
      return { stop: refused('Không có giấy tờ này trong hồ sơ.', 'There is no such paper in the case.') };
    }
    const entry = { kind: 'paper-taken-back', at: now(), by: by.id, data: { kind, file } };
    return { changes: [{ stream: caseStream(caseId), readAt: of.entries.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'taken-back' };
}
