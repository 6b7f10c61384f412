/** One row of «Quá trình công tác» → a dated period of service. */
import { formatDay, type Month } from '../calendar.ts';
import type { Employer, Period } from '../case/facts.ts';
import { conditionWords, employerWords, type PeriodKey, yesNoWords } from './list-columns.ts';
import type { OpenRow } from './list-table.ts';
import { readMonth, readNumber, readWord } from './list-values.ts';

/** What could be read; `undefined` is empty or faulty. */
export interface PeriodDraft {
  readonly row: OpenRow<PeriodKey>;
  /** STT of the person. */
  readonly number: string | undefined;
  readonly from: Month | undefined;
  readonly to: Month | undefined;
  readonly employer: Employer | undefined;
  readonly insured: boolean | undefined;
  readonly compensated: boolean | undefined;
  readonly conditions: Period['conditions'] | undefined;
}

const readEmployer = readWord(employerWords, 'employer-unknown');
const readYesNo = readWord(yesNoWords, 'yes-no-unknown');
const readCondition = readWord(conditionWords, 'condition-unknown');

export function readPeriod(row: OpenRow<PeriodKey>): PeriodDraft {
  const yesNo = (key: 'insured' | 'compensated') => {
    const word = row.read(key, readYesNo);
    return word === undefined ? undefined : word === 'yes';
  };
  const from = row.need('from', readMonth);
  const to = row.need('to', readMonth);
  if (from !== undefined && to !== undefined && from > to) row.blame('to', 'period-backwards', formatDay(from));
  return {
    row,
    number: row.need('number', readNumber),
    from,
    to,
    employer: row.need('employer', readEmployer),
    insured: yesNo('insured'),
    compensated: yesNo('compensated'),
    conditions: conditionsOf(row.read('conditions', readCondition)),
  };
}

function conditionsOf(word: keyof typeof conditionWords | undefined): Period['conditions'] | undefined {
  if (word === undefined) return undefined;
  return word === 'both' ? ['heavy', 'extremely-difficult-area'] : [word];
}
