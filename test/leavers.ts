/**
 * People for the boundaries of every regime, by the numbers a boundary is about: how many months before the age they
 * leave, and how many months they served. The birth month is worked out here from the roadmap of Decree 135/2020, apart
 * from the code under test. What is left out is ordinary: a man, civil servant (or commune part-timer), 10,000,000 đồng
 * a month (or 1.5 times the base salary), leaving on 01/07/2025 by a decision ten days before.
 */
import { addDays, type LocalDate, type Month, monthAt, monthIndex } from '../shared/calendar.ts';
import type { Cause, Employer, Subject } from '../shared/case/facts.ts';
import { assess } from '../shared/entitlement/assess.ts';
import type { Annex, Sex } from '../shared/entitlement/retirement-age.ts';
import type { SetReadings } from '../shared/law/readings.ts';
import { type Person, person } from './people.ts';

export interface Leaver {
  readonly cause: Cause;
  readonly subject?: Subject;
  readonly sex?: Sex;
  /** Months before the month the pension would start by that annex; below nought after it. */
  readonly early: number;
  readonly annex?: Annex;
  /** Months served, insured, the last one that before leaving. */
  readonly months: number;
  readonly employer?: Employer;
  /** Heavy work all the time: the condition of Annex II, if it is 15 years. */
  readonly heavy?: boolean;
  readonly on?: LocalDate;
  readonly decidedOn?: LocalDate;
}

export function leaver({
  cause,
  subject = cause === 'post-abolished' ? 'commune-part-timer' : 'civil-servant',
  sex = 'male',
  early,
  annex = 'I',
  months,
  employer = employerOf(subject),
  heavy = false,
  on = '2025-07-01',
  decidedOn = addDays(on, -10),
}: Leaver): Person {
  const left = monthIndex(on);
  const of = person()
    .but({
      person: { sex, birth: bornToRetireIn(monthAt(left + early), sex, annex) },
      pay: subject.endsWith('part-timer')
        ? { kind: 'part-time', multiple: '1.5' }
        : { kind: 'contract', amount: '10000000' },
    })
    .working(subject)
    .leavingBut({ cause, on, decidedOn });
  const conditions = heavy ? { conditions: ['heavy' as const] } : {};
  return of.having({ from: monthAt(left - months), to: monthAt(left - 1), employer, ...conditions });
}

function employerOf(subject: Subject): Employer {
  if (subject === 'commune-part-timer') return 'commune-part-time';
  return subject === 'village-part-timer' ? 'village-part-time' : 'state';
}

/** The first birth month whose pension starts in that month. Throws for the months in which none starts. */
export function bornToRetireIn(month: Month, sex: Sex, annex: Annex): Month {
  const wanted = monthIndex(month);
  for (let born = wanted - 63 * 12; born < wanted - 49 * 12; born += 1) {
    if (retiresIn(born, sex, annex) === wanted) return monthAt(born);
  }
  throw new RangeError(`no pension by annex ${annex} starts in ${month}: the age rises over it`);
}

/** Decree 135/2020, articles 3, 4 and 5: the month after the one in which the age of that year is completed. */
function retiresIn(born: number, sex: Sex, annex: Annex): number {
  for (let year = 2020; ; year += 1) {
    const reached = born + ageIn(year, sex) - (annex === 'II' ? 60 : 0);
    if (reached <= year * 12 + 11) return reached + 1;
  }
}

function ageIn(year: number, sex: Sex): number {
  if (year <= 2020) return sex === 'male' ? 720 : 660;
  return sex === 'male' ? Math.min(744, 723 + 3 * (year - 2021)) : Math.min(720, 664 + 4 * (year - 2021));
}

/** Regime and total in millions of đồng, or what stands in the way: the answer in short. */
export function short(of: Person, set: SetReadings = {}): readonly unknown[] {
  const answer = assess(of.build(), set);
  switch (answer.outcome) {
    case 'entitled':
      return [answer.regime, Number(answer.total) / 1e6];
    case 'not-entitled':
      return ['not-entitled', ...answer.grounds.map(({ ground }) => ground)];
    case 'incomplete':
      return ['incomplete', ...answer.missing];
    case 'review':
      return ['review', ...answer.reasons.map(({ reason }) => reason)];
  }
}

/** The alternatives of a review: readings, and regime and total in millions, or the outcome. */
export function alternatives(of: Person, set: SetReadings = {}): readonly unknown[] {
  const answer = assess(of.build(), set);
  if (answer.outcome !== 'review') return [answer.outcome];
  return (answer.alternatives ?? []).map(({ readings, outcome, regime, total }) =>
    total === undefined ? [readings, outcome] : [readings, regime, Number(total) / 1e6],
  );
}
