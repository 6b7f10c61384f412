/**
 * Use case: the end of a budget year. What is left of an estimate lapses, or is carried over by a decision (Law on the State
 * Budget 2015, article 64). Nobody's right lapses with it: who is unpaid waits for the next year's estimate.
 */
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { estimateChange, readEstimate } from '../case/funding.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows } from '../case/store.ts';
import type { Dong } from '../dong.ts';

export interface YearEnd {
  readonly year: string;
  /** `carried` or `lapsed`. */
  readonly outcome: string;
  /** A paying unit's code and a source, or both empty: every estimate. */
  readonly unit: string;
  readonly source: string;
  readonly document: string;
  readonly on: string;
}

export interface Closed {
  readonly outcome: 'closed';
  readonly estimates: number;
  /** What lapsed or was carried over, đồng. */
  readonly total: Dong;
}

/** Run again after a kill it closes what is left to close. Refused when the year is not over, or all is closed already. */
export async function closeYear(end: YearEnd, by: Account, ports: Ports): Promise<Closed | Refused> {
  const { store, now } = ports;
  const today = localDateOf(now());
  const { year, outcome, document, on } = end;
  if (!/^20\d\d$/.test(year) || today < `${year}-12-31`) {
    return refused(
      `Năm ngân sách ${year} chưa kết thúc; chỉ khóa dự toán từ ngày 31/12.`,
      `The budget year ${year} is not over; estimates are closed from 31 December.`,
    );
  }
  if (outcome !== 'carried' && outcome !== 'lapsed') {
    return refused('Hãy chọn hủy dự toán hay chuyển nguồn.', 'Choose whether the rest lapses or is carried over.');
  }
  if (document.trim() === '' || !isLocalDate(on) || on > today) {
    return refused(
      'Hãy ghi số, ngày quyết định (không ở tương lai).',
      'State number and day of the decision (not ahead).',
    );
  }
  let estimates = 0;
  let total = 0n;
  for await (const row of allRows(store, { kind: 'estimate' })) {
    const [unit, source] = [row.unit ?? '', row.source ?? ''];
    if ((end.unit !== '' && end.unit !== unit) || (end.source !== '' && end.source !== source)) continue;
    await commitDeciding(store, async () => {
      const estimate = await readEstimate(store, unit, source);
      if (estimate.years.some((closed) => closed.year === year)) return { stop: 'closed' };
      estimates += 1;
      total += estimate.left;
      const data = { year, outcome, amount: estimate.left.toString(), document: document.trim(), on };
      return { changes: [estimateChange(estimate, [{ kind: 'year-closed', at: now(), by: by.id, data }])] };
    });
  }
  return estimates === 0
    ? refused(`Không có dự toán nào còn mở của năm ${year}.`, `No estimate of ${year} is open.`)
    : { outcome: 'closed', estimates, total };
}
