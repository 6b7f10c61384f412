/** The unit's signed submission (tờ trình): its number, count and total, held against the list it came with. */
import { formatDay, isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { paperType } from '../case/papers.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { formatDong } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import { listStream, readListHistory, type SubmissionLetter } from './list.ts';
import type { ListReport } from './list-report.ts';

export interface TypedLetter {
  readonly number: string;
  readonly on: string;
  readonly count: string;
  readonly total: string;
  readonly scan: Uint8Array;
}

export async function recordSubmissionLetter(
  listId: string,
  { number, on, count, total, scan }: TypedLetter,
  by: Account,
  { store, files, now }: Pick<Ports, 'store' | 'files' | 'now'>,
): Promise<{ readonly outcome: 'recorded' } | Refused> {
  const sum = total.replaceAll(/[.,\s]|đồng|đ$/gu, '');
  if (number.trim() === '' || !isLocalDate(on) || on > localDateOf(now())) {
    return refused(
      'Hãy ghi số, ký hiệu và ngày của tờ trình; ngày không được ở sau hôm nay.',
      'State number and day of the letter; the day cannot be later than today.',
    );
  }
  if (!/^[1-9]\d{0,5}$/.test(count)) {
    return refused('Hãy ghi số người trong tờ trình, ví dụ 62.', 'State how many people the letter names, such as 62.');
  }
  if (!/^\d{0,15}$/.test(sum)) {
    return refused(
      'Hãy ghi tổng số tiền bằng số, ví dụ 31.250.000.000, hoặc bỏ trống.',
      'Write the total in digits, or leave it empty.',
    );
  }
  if (paperType(scan) === undefined) {
    return refused(
      'Hãy đính kèm bản quét tờ trình (PDF, JPEG hoặc PNG).',
      'Attach the scan of the letter (PDF, JPEG or PNG).',
    );
  }
  const paper = await files.put(scan);
  const data: SubmissionLetter = {
    number: number.trim(),
    on,
    count: Number(count),
    paper,
    ...(sum === '' ? {} : { total: BigInt(sum).toString() }),
  };
  const outcome = await commitDeciding(store, async () => {
    const list = await readListHistory(store, listId);
    if (list?.read === undefined) return { stop: refused('Danh sách chưa được đọc.', 'The list has not been read.') };
    const entry = { kind: 'submission-letter', at: now(), by: by.id, data };
    return { changes: [{ stream: listStream(listId), readAt: list.entries.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'recorded' };
}

/** Where the letter and its list agree and where they do not, every difference with its number. */
export function reconciled(letter: SubmissionLetter, rows: number, report: ListReport): readonly Sentence[] {
  const { people, faults, computed } = report;
  const more = rows - letter.count;
  const said: Sentence[] = [
    {
      vi: `Tờ trình ${letter.number} ngày ${formatDay(letter.on)} ghi ${letter.count} người${letter.total === undefined ? '' : `, ${formatDong(BigInt(letter.total))} đồng`}.`,
      en: `The letter ${letter.number} of ${formatDay(letter.on)} names ${letter.count} people${letter.total === undefined ? '' : `, ${formatDong(BigInt(letter.total))} đồng`}.`,
    },
    more === 0
      ? { vi: `Danh sách cũng có ${rows} dòng: khớp.`, en: `The list has ${rows} rows too: they agree.` }
      : {
          vi: `Danh sách có ${rows} dòng, ${more > 0 ? `nhiều hơn ${more}` : `ít hơn ${-more}`} so với tờ trình. Hãy kiểm tra lại.`,
          en: `The list has ${rows} rows, ${more > 0 ? `${more} more` : `${-more} fewer`} than the letter. Check both.`,
        },
    {
      vi: `${people} người được nhận${faults.rows > 0 ? `; ${faults.rows} dòng còn lỗi, chưa được nhận` : ''}.`,
      en: `${people} people are accepted${faults.rows > 0 ? `; ${faults.rows} rows have faults and are not yet` : ''}.`,
    },
  ];
  if (letter.total === undefined) return said;
  const difference = BigInt(computed.total) - BigInt(letter.total);
  const sign = difference < 0n ? '−' : '+';
  return [
    ...said,
    {
      vi: `Hệ thống tính ${formatDong(BigInt(computed.total))} đồng cho ${computed.entitled} người được hưởng trong số đó${difference === 0n ? ': khớp.' : `; chênh lệch ${sign}${formatDong(difference < 0n ? -difference : difference)} đồng so với tờ trình.`}`,
      en: `Computed: ${formatDong(BigInt(computed.total))} đồng for ${computed.entitled} entitled among them${difference === 0n ? ': they agree.' : `; ${sign}${formatDong(difference < 0n ? -difference : difference)} đồng against the letter.`}`,
    },
  ];
}
