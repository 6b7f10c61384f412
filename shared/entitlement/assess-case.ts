/** A case's assessment from what was submitted: the whole sum, or what is still owed after an earlier payment. */
import type { Assessment } from '../case/assessment.ts';
import type { Difference, Submitted } from '../case/case.ts';
import { formatDong } from '../dong.ts';
import { canonical } from '../hash.ts';
import type { SetReadings } from '../law/readings.ts';
import { assess } from './assess.ts';
import { lawHash } from './law-hash.ts';

/** Takes what was submitted, with corrected facts if there are any, and the switches that are set. */
export function assessCase(
  { facts, difference }: Pick<Submitted, 'facts' | 'difference'>,
  set: SetReadings,
): Assessment {
  const whole = assess(facts, set);
  return difference === undefined || whole.outcome !== 'entitled' ? whole : stillOwed(whole, difference);
}

/** Whether two assessments say the same, whatever edition of the law's data they were computed with. */
export function saysTheSame(one: Assessment, other: Assessment): boolean {
  return canonical({ ...one, law: '' }) === canonical({ ...other, law: '' });
}

/** One line: the whole sum less what was paid; both editions of the law are named. */
function stillOwed(whole: Extract<Assessment, { outcome: 'entitled' }>, difference: Difference): Assessment {
  const owed = BigInt(whole.total) - BigInt(difference.paid);
  const citations = (language: 'by' | 'byEn') => [...new Set(whole.lines.map((line) => line[language]))].join('; ');
  const editions = `${difference.paidUnder.slice(0, 8)} → ${lawHash.slice(0, 8)}`;
  const by = `${citations('by')} (tính lại: dữ liệu pháp luật ${editions})`;
  const byEn = `${citations('byEn')} (recomputed: law data ${editions})`;
  const { law, open, marks } = whole;
  if (owed <= 0n) {
    return { outcome: 'not-entitled', grounds: [{ ground: 'paid-in-full', by, byEn }], law, open, marks };
  }
  const working = `${formatDong(BigInt(whole.total))} − ${formatDong(BigInt(difference.paid))}`;
  const line = {
    line: `difference-${difference.number}`,
    amount: owed.toString(),
    by,
    byEn,
    working,
    workingEn: working,
    base: whole.total,
    factors: [],
  };
  return { ...whole, total: line.amount, lines: [line], marks: [...marks, 'difference'] };
}
