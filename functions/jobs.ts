/**
 * Work that takes longer than a page may wait. Each kind is idempotent: after a kill it is run again from its start
 * and does what is left to do. Both homes run these; a worker thread here, an asynchronous Lambda there.
 */
import * as z from 'zod';
import { localDateOf } from '../shared/calendar.ts';
import { roles } from '../shared/case/access.ts';
import type { Ports } from '../shared/case/ports.ts';
import { budgetLevels, readUnits, sources } from '../shared/case/unit.ts';
import { appraise } from '../shared/approval/appraise.ts';
import { freezeBatch } from '../shared/approval/freeze.ts';
import type { Sentence } from '../shared/vietnamese.ts';
import { fileTypes } from '../shared/completion/freeze-report.ts';
import { printUnitNotices } from '../shared/completion/issue-notice.ts';
import { confirmCredit, creditConfirmation } from '../shared/disbursement/confirm-credit.ts';
import { reconcile } from '../shared/disbursement/reconcile.ts';
import { askedColumns, resultImport } from '../shared/disbursement/result-import.ts';
import { inspectionWish } from '../shared/completion/inspection.ts';
import { reassessAll } from '../shared/entitlement/reassess.ts';
import { whatIf } from '../shared/entitlement/what-if.ts';
import { readRegister } from '../shared/intake/read-register.ts';
import { registerStream } from '../shared/intake/register.ts';
import { recordEarlier } from '../shared/disbursement/record-earlier.ts';
import { readSender } from '../shared/disbursement/result-senders.ts';
import type { JobName } from './job-titles.ts';
import { writePapers } from './approval/write-papers.ts';
import { explainDifference, explainWish } from './completion/explain-difference.ts';
import { anchorAndReport, printAgain, reportAsked } from './completion/make-report.ts';
import { printLetters } from './completion/print-letters.ts';
import { exportFile, exportWish, inspect } from './completion/inspect.ts';
import { takeResults } from './disbursement/take-results.ts';
import { readEarlierFile } from './disbursement/read-earlier-list.ts';
import { keepPack } from './completion/make-pack.ts';
import { changeFrom } from './entitlement/change.ts';
import { correctFromList } from './intake/correct-facts.ts';
import { importList, markList, submitStoredList } from './intake/import-list.ts';
import { takeSubmission } from './intake/take-submission.ts';
import { writeAnySheet } from './papers/long-sheet.ts';
import { readResultFile } from './papers/result-file.ts';
import { readSheets } from './papers/sheet.ts';

export interface JobResult {
  /** Where the person goes on. */
  readonly to: string;
  readonly problem?: Sentence;
  readonly note?: Sentence;
}

export interface Progress {
  (done: number, of: number): void;
}

interface JobKind {
  run(input: unknown, ports: Ports, progress: Progress): Promise<JobResult>;
}

export const jobAccount = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  units: z.array(z.string()),
});

function kind<In>(
  schema: z.ZodType<In>,
  run: (input: In, ports: Ports, progress: Progress) => Promise<JobResult>,
): JobKind {
  return { run: async (input, ports, progress) => run(schema.parse(input), ports, progress) };
}

const noProblem = (to: string): JobResult => ({ to });

export const jobKinds: Readonly<Record<JobName, JobKind>> = {
  'read-list': kind(
    z.object({ listId: z.string(), account: jobAccount }),
    async ({ listId, account }, ports, progress) => {
      await importList(listId, account, ports, progress);
      return noProblem(`/tiep-nhan/${listId}`);
    },
  ),
  'submit-list': kind(z.object({ listId: z.string(), account: jobAccount }), async (input, ports, progress) => {
    const { listId, account } = input;
    await submitStoredList(listId, account, ports, progress);
    return noProblem(`/tiep-nhan/${listId}`);
  }),
  'mark-list': kind(z.object({ listId: z.string() }), async ({ listId }, ports) => {
    await markList(listId, ports);
    return noProblem(`/tiep-nhan/${listId}`);
  }),
  'read-register': kind(z.object({ file: z.string() }), async ({ file }, ports) => {
    const sheets = await readSheets((await ports.files.get(file)) ?? new Uint8Array());
    if (sheets.outcome === 'refused') return { to: '/don-vi', problem: sheets.why };
    const read = readRegister(sheets.sheets, await readUnits(ports.store));
    if ('outcome' in read) return { to: '/don-vi', problem: read.why };
    const reading = await ports.files.put(new TextEncoder().encode(JSON.stringify(read)));
    const entries = [{ kind: 'read', at: ports.now(), by: 'system', data: { file } }];
    // The same workbook again is the same reading: a conflict says that it is there.
    await ports.store.commit([{ stream: registerStream(reading), readAt: 0, entries }]);
    return noProblem(`/don-vi/kiem-tra/${reading}`);
  }),
  appraise: kind(
    z.object({ seen: z.string(), by: jobAccount.pick({ id: true, role: true }) }),
    async ({ seen, by }, ports, progress) => {
      const list = z.array(z.object({ part: z.string(), caseHash: z.string() })).parse(await storedJson(seen, ports));
      const { appraised, moved } = await appraise(list, by, ports, (done) => progress(done, list.length));
      const to = '/tinh-che-do';
      if (moved.length === 0)
        return { to, note: { vi: `Đã thẩm định ${appraised} hồ sơ.`, en: `${appraised} cases appraised.` } };
      return {
        to,
        note: {
          vi: `Đã thẩm định ${appraised} hồ sơ. ${moved.length} hồ sơ đã thay đổi từ khi trang được mở nên chưa ghi; hãy xem lại.`,
          en: `${appraised} cases appraised. ${moved.length} had changed since the page was opened and were left; look again.`,
        },
      };
    },
  ),
  freeze: kind(
    z.object({
      batchId: z.string(),
      source: z.enum(sources),
      level: z.enum(budgetLevels),
      unit: z.string().exactOptional(),
      by: z.string(),
      citizenDigest: z.string().exactOptional(),
      reason: z.string().exactOptional(),
    }),
    async (wish, ports, progress) => {
      const frozen = await freezeBatch(wish, ports, (done) => progress(done, 0));
      return frozen.outcome === 'refused' ? { to: '/dot', problem: frozen.why } : noProblem(`/dot/${wish.batchId}`);
    },
  ),
  'write-papers': kind(z.object({ batchId: z.string(), by: z.string() }), async (wish, ports, progress) => {
    await writePapers(wish.batchId, wish.by, ports, progress);
    return noProblem(`/dot/${wish.batchId}`);
  }),
  'print-letters': kind(
    z.object({ unit: z.string(), again: z.boolean(), account: jobAccount }),
    async ({ unit, again, account }, ports, progress) => {
      await printLetters({ unit, again }, account, ports, progress);
      return noProblem(`/hoan-thanh/thu-bao?don-vi=${unit}`);
    },
  ),
  'make-pack': kind(
    z.object({ batch: z.string(), by: z.string(), receiver: z.string().exactOptional() }),
    async ({ by, ...wish }, ports) => {
      const problem = await keepPack(wish, by, ports);
      const to = `/dot/${wish.batch}`;
      return problem === undefined ? noProblem(`${to}#goi-chung-cu`) : { to, problem: problem.why };
    },
  ),
  reassess: kind(z.object({}), async (_, ports, progress) => {
    const { changed, later, overpaid, 'top-up': topUps } = await reassessAll(ports, progress);
    return {
      to: '/diem-chua-thong-nhat',
      note: {
        vi: `Đã tính lại: ${changed} hồ sơ đổi kết quả và cần thẩm định lại; ${topUps} người được trả thêm (hồ sơ mới); ${overpaid} người đã trả thừa (danh sách thu hồi); ${later} hồ sơ đang trong đợt, sẽ được tính lại khi đợt xong hoặc khi đưa ra khỏi danh sách.`,
        en: `Computed again: ${changed} cases changed and are to be appraised anew; ${topUps} people are owed more (new cases); ${overpaid} were paid too much (recovery list); ${later} are in a batch and follow when they come out of it.`,
      },
    };
  }),
  'correct-facts': kind(
    z.object({ caseId: z.string(), file: z.string(), reason: z.string(), paper: z.string(), account: jobAccount }),
    async ({ account, ...correction }, ports) => {
      const said = await correctFromList(correction, account, ports);
      return { to: `/ho-so/${correction.caseId}`, ...said };
    },
  ),
  'print-notices': kind(
    z.object({ unit: z.string(), account: jobAccount }),
    async ({ unit, account }, ports, progress) => {
      // Fonts are loaded with it, and most processes never print.
      const { writeResultNotices } = await import('./papers/result-notice-pdf.ts');
      const people = await printUnitNotices(unit, account, writeResultNotices, ports, progress);
      const to = `/thong-bao?don-vi=${unit}`;
      if (people > 0) return noProblem(to);
      const nobody = { vi: 'Đơn vị này chưa có hồ sơ nào để thông báo.', en: 'This unit has no case to tell of.' };
      return { to, problem: nobody };
    },
  ),
  'take-submission': kind(
    z.object({ id: z.string(), account: jobAccount }),
    async ({ id, account }, ports, progress) => {
      await takeSubmission(id, account, ports, progress);
      return noProblem(`/tiep-nhan/${id}`);
    },
  ),
  'take-results': kind(resultImport, takeResults),
  'what-if': kind(
    z.object({ reading: z.string(), parameter: z.string() }),
    async ({ reading, parameter }, ports, progress) => {
      const change = changeFrom(reading, parameter);
      const to = '/diem-chua-thong-nhat';
      if ('vi' in change) return { to, problem: change };
      const result = await whatIf(change, ports, (done) => progress(done, 0));
      const file = await ports.files.put(new TextEncoder().encode(JSON.stringify({ reading, parameter, result })));
      return noProblem(`/tinh-thu/${file}`);
    },
  ),
  'read-earlier': kind(
    z.object({ list: z.string(), account: jobAccount }),
    async ({ list, account }, ports, progress) => {
      await readEarlierFile(list, account, ports, progress);
      return noProblem(`/chi-tra/da-chi-noi-khac/${list}`);
    },
  ),
  'record-earlier': kind(z.object({ list: z.string() }), async ({ list }, ports, progress) => {
    await recordEarlier(list, ports, progress);
    return noProblem(`/chi-tra/da-chi-noi-khac/${list}`);
  }),
  inspect: kind(inspectionWish, async (wish, ports, progress) => {
    await inspect(wish, ports, progress);
    return noProblem(`/kiem-tra/mau/${wish.id}`);
  }),
  'inspection-export': kind(exportWish, async (wish, ports) => {
    if (await exportFile(wish, ports)) return noProblem('/kiem-tra#tep');
    return {
      to: '/kiem-tra',
      problem: {
        vi: 'Cuộc kiểm tra chưa có kết quả nên chưa có gì để xuất. Hãy mở lại cuộc kiểm tra.',
        en: 'The inspection has no results yet, so there is nothing to take out. Open it again.',
      },
    };
  }),
  'import-results': kind(resultImport, importResults),
  'explain-difference': kind(explainWish, async (wish, ports, progress) => {
    const to = `/hoan-thanh/doi-chieu/${wish.id}`;
    const explained = await explainDifference(wish, ports, (done) => progress(done, 0));
    return explained.outcome === 'refused' ? { to, problem: explained.why } : noProblem(to);
  }),
  // One more anchor for a kill between the two does no harm.
  'take-anchor': kind(z.object({ by: z.string() }), async ({ by }, { anchored, now }) => {
    const at = now();
    await anchored.anchor(localDateOf(at), at, by);
    return noProblem('/hoan-thanh#ma-neo');
  }),
  'make-report': kind(reportAsked, async (asked, ports, progress) => {
    const made = await anchorAndReport(asked, ports, (done) => progress(done, 0));
    if (made.outcome === 'refused') return { to: '/hoan-thanh/bao-cao', problem: made.why };
    return noProblem(`/hoan-thanh/bao-cao/${made.code}`);
  }),
  'reprint-report': kind(
    z.object({ code: z.string(), type: z.enum(fileTypes), by: z.string() }),
    async ({ code, type, by }, ports) => {
      const to = `/hoan-thanh/bao-cao/${code}`;
      const printed = await printAgain(code, type, by, ports);
      if (printed.outcome === 'refused') return { to, problem: printed.why };
      return {
        to,
        note: {
          vi: `Tệp .${type} in lại giống hệt bản đã phát hành.`,
          en: `The .${type} printed again is the one that was issued, byte for byte.`,
        },
      };
    },
  ),
  'confirm-credit': kind(
    z.object({ confirmation: creditConfirmation, account: jobAccount }),
    async ({ confirmation, account }, ports, progress) => {
      const to = `/chung-tu/${confirmation.slip}`;
      const done = await confirmCredit(confirmation, account, ports, (count) => progress(count, 0));
      if (done.outcome === 'refused') return { to, problem: done.why };
      return {
        to,
        note: {
          vi: `Đã ghi ${done.credited} người đã nhận tiền theo chứng cứ của đơn vị.`,
          en: `${done.credited} people are recorded as credited by the unit's evidence.`,
        },
      };
    },
  ),
};

/** A sheet whose columns or words nobody has told leads to the page that asks; nothing is lost of what was typed. */
async function importResults(
  input: z.infer<typeof resultImport>,
  ports: Ports,
  progress: Progress,
): Promise<JobResult> {
  const { batch, file, by, sender, control } = input;
  const to = '/chi-tra';
  const bytes = (await ports.files.get(file)) ?? new Uint8Array();
  const read = await readResultFile(bytes, {
    ...(sender === undefined ? {} : { sender: await readSender(ports.store, sender) }),
    ...(control === undefined ? {} : { control: { count: control.count, total: BigInt(control.total) } }),
  });
  if (read.outcome === 'refused') return { to, problem: read.why };
  if (read.outcome === 'to-tell') {
    const { headings, samples, words } = read;
    const asked: z.infer<typeof askedColumns> = {
      import: input,
      headings: [...headings],
      samples: samples.map((row) => [...row]),
      words: [...words],
    };
    return noProblem(`/chi-tra/cot/${await ports.files.put(new TextEncoder().encode(JSON.stringify(asked)))}`);
  }
  const done = await reconcile(batch, file, read, by, ports, {
    ...(sender === undefined ? {} : { sender }),
    progress: (count) => progress(count, read.lines.length),
    write: writeAnySheet,
  });
  return done.outcome === 'refused' ? { to, problem: done.why } : noProblem(`/chi-tra/ket-qua/${file}`);
}

async function storedJson(hash: string, { files }: Ports): Promise<unknown> {
  const content = await files.get(hash);
  if (content === undefined) throw new Error(`file ${hash} is gone`);
  return JSON.parse(new TextDecoder().decode(content));
}
