/** A case's assessment from what was submitted: the whole sum, or what is still owed after an earlier payment. */
import type { Assessment } from '../case/assessment.ts';
import type { Difference, Submitted } from '../case/case.ts';
import { formatDong } from '../dong.ts';
import { canonical } from '../hash.ts';
import { readingNumbers, type SetReadings, valueName } from '../law/readings.ts';
import type { Sentence } from '../vietnamese.ts';
import { assess } from './assess.ts';
import { lawHash } from './law-hash.ts';

/** Takes what was submitted, with corrected facts if there are any, and the switches that are set. */
export function assessCase(
  { facts, difference }: Pick<Submitted, 'facts' | 'difference'>,
  set: SetReadings,
): Assessment {
  const whole = assess(facts, set);
  return difference === undefined || whole.outcome !== 'entitled' ? whole : stillOwed(whole, difference, set);
}

/** Whether two assessments say the same, whatever edition of the law's data they were computed with. */
export function saysTheSame(one: Assessment, other: Assessment): boolean {
  return canonical({ ...one, law: '' }) === canonical({ ...other, law: '' });
}

/** One line: the whole sum less what was paid; both editions of the law are named. */
function stillOwed(
  whole: Extract<Assessment, { outcome: 'entitled' }>,
  difference: Difference,
  set: SetReadings,
): Assessment {
  const owed = BigInt(whole.total) - BigInt(difference.paid);
  const citations = (language: 'by' | 'byEn') => [...new Set(whole.lines.map((line) => line[language]))].join('; ');
  const versions = bothVersions(difference, set);
  const by = `${citations('by')} (tính lại: ${versions.vi})`;
  const byEn = `${citations('byEn')} (recomputed: ${versions.en})`;
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

/** What it was paid under and what holds now: the law's data by their hashes, and each reading that changed. */
function bothVersions({ paidUnder, paidReadings }: Difference, set: SetReadings): Sentence {
  const editions = `${paidUnder.slice(0, 8)} → ${lawHash.slice(0, 8)}`;
  const changed = readingNumbers.filter((number) => paidReadings[number] !== set[number]);
  const readings = (language: 'vi' | 'en', open: string) =>
    changed.map((number) => {
      const [was, now] = [paidReadings[number], set[number]];
      const shown = (value: string | undefined) => (value === undefined ? open : valueName(value)[language]);
      return `; ${number}: ${shown(was)} → ${shown(now)}`;
    });
  return {
    vi: `dữ liệu pháp luật ${editions}${readings('vi', 'để ngỏ').join('')}`,
    en: `law data ${editions}${readings('en', 'open').join('')}`,
  };
}
