/** The list of families, one line a cause. */
import type { Cause, Facts } from '../case/facts.ts';
import { streamlined, transferredOffBudget } from './decree-154.ts';
import { notReElected, reorganised, restructured } from './decree-178.ts';
import type { Family } from './family.ts';
import { partTimers } from './part-timers.ts';
import { overAge } from './resolution-07.ts';

const families: Readonly<Record<Cause, Family>> = {
  reorganised,
  restructured,
  'not-re-elected': notReElected,
  streamlined,
  'transferred-off-budget': transferredOffBudget,
  'post-abolished': partTimers,
  'over-age': overAge,
};

/** A part-timer past the age is served by Decree 154, article 9(2) or 10(2), not by Resolution 07. */
export function familyOf({ subject }: Pick<Facts, 'subject'>, cause: Cause): Family {
  const isPartTimer = subject === 'commune-part-timer' || subject === 'village-part-timer';
  return cause === 'over-age' && isPartTimer ? partTimers : families[cause];
}
