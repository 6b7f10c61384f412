/** A corrected row of one person, in the unit's own template → corrected facts, and the case computed again. */
import type { Account } from '../../shared/case/access.ts';
import { identityOf } from '../../shared/case/case.ts';
import { openCase } from '../../shared/case/part.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { readRecordedReadings } from '../../shared/case/recorded-readings.ts';
import { reassess, type Reassessed } from '../../shared/entitlement/reassess.ts';
import { correctFacts } from '../../shared/intake/correct.ts';
import { listContextFor } from '../../shared/intake/list-context.ts';
import { type Fault, readList } from '../../shared/intake/read-list.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { readSheets } from '../papers/sheet.ts';

export interface FileCorrection {
  readonly caseId: string;
  /** The filled template and the paper that shows the fact, both in Files. */
  readonly file: string;
  readonly paper: string;
  readonly reason: string;
}

type Said = { readonly problem: Sentence } | { readonly note: Sentence };

/** Takes the row of the file with this person's citizen id; other rows are left alone. */
export async function correctFromList(
  { caseId, file, paper, reason }: FileCorrection,
  account: Account,
  ports: Ports,
): Promise<Said> {
  const of = (await openCase(ports.store, caseId, account))?.of;
  if (of === undefined) return { problem: noCase };
  const sheets = await readSheets((await ports.files.get(file)) ?? new Uint8Array());
  if (sheets.outcome === 'refused') return { problem: sheets.why };
  const reading = readList(sheets.sheets, await listContextFor(account, ports));
  if ('outcome' in reading) return { problem: reading.why };
  const { citizenId } = await identityOf(ports.vault, of);
  const person = reading.people.find((one) => one.citizenId === citizenId);
  if (person === undefined) return { problem: notInFile(reading.faults.slice(0, 5).map(atItsCell)) };
  const outcome = await correctFacts({ caseId, facts: person.facts, reason, paper }, account.id, ports);
  if (outcome.outcome === 'refused') return { problem: outcome.why };
  return { note: came[await reassess(caseId, (await readRecordedReadings(ports.store)).set, ports)] };
}

const noCase: Sentence = { vi: 'Không tìm thấy hồ sơ này.', en: 'There is no such case.' };

function atItsCell({ sheet, why }: Fault): Sentence {
  return { vi: `«${sheet}» ${why.vi}`, en: `«${sheet}» ${why.en}` };
}

function notInFile(faults: readonly Sentence[]): Sentence {
  const vi = faults.length === 0 ? '' : ` Lỗi trong tệp: ${faults.map((fault) => fault.vi).join(' ')}`;
  const en = faults.length === 0 ? '' : ` Faults in the file: ${faults.map((fault) => fault.en).join(' ')}`;
  return {
    vi: `Tệp không có dòng hợp lệ nào mang số định danh của người này.${vi}`,
    en: `No good row of the file has this person’s citizen id.${en}`,
  };
}

const came: Readonly<Record<Reassessed, Sentence>> = {
  same: { vi: 'Đã ghi. Kết quả tính không đổi.', en: 'Recorded. The result is the same.' },
  changed: {
    vi: 'Đã ghi và tính lại; Sở Nội vụ thẩm định lại hồ sơ.',
    en: 'Recorded and computed again; Home Affairs appraises the case anew.',
  },
  later: {
    vi: 'Đã ghi. Chưa tính được khoản chênh lệch: còn khoản đang chi trả, hoặc kết quả mới cần xin ý kiến.',
    en: 'Recorded. The difference cannot be told yet: money is on its way, or a person must decide.',
  },
  'top-up': {
    vi: 'Đã ghi. Người này được trả thêm: một hồ sơ mới chờ Sở Nội vụ thẩm định.',
    en: 'Recorded. The person is owed more: a new case waits for Home Affairs.',
  },
  overpaid: {
    vi: 'Đã ghi. Người này đã được trả thừa; lãnh đạo Sở Tài chính quyết định việc thu hồi.',
    en: 'Recorded. The person was paid too much; the Finance leader decides what is done.',
  },
};
