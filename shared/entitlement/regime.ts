/** The shape of a regime: its id, and one small function from figures to lines. */
import type { LocalDate, Month } from '../calendar.ts';
import type { Dong, Ratio } from '../dong.ts';
import type { ReadingNumber } from '../law/readings.ts';
import type { Line } from './line.ts';
import type { Choose } from './readings.ts';
import type { Annex } from './retirement-age.ts';

/** What the decrees speak of, made from facts. */
export interface Figures {
  readonly leaveOn: LocalDate;
  /** The day on which the rules are read: the leave date, or the first day of a decree that serves earlier leavers. */
  readonly lawOn: LocalDate;
  /** The monthly salary of the regime; of part-timers the monthly allowance. */
  readonly base: Dong;
  /** Whether the base came out in whole đồng. */
  readonly baseIsExact: boolean;
  /** Of part-timers the base is an allowance. */
  readonly isAllowance: boolean;
  /** The average salary of the last 60 months; only Decree 29 asks for it. */
  readonly average?: Dong;
  readonly annex: Annex;
  /** The month the pension would start by that annex. */
  readonly retirementMonth: Month;
  /** Months from leaving to that month; not capped. */
  readonly monthsEarly: number;
  readonly yearsEarly: Ratio;
  /** Months of service that the regime counts and that no severance pay or one-off insurance has paid for. */
  readonly serviceMonths: number;
  readonly serviceYears: Ratio;
  /** All insured months, private and compensated included, for the pension test. */
  readonly insuredMonths: number;
  /** Insured months in State bodies, not capped; counted only where Decree 178 pays severance. */
  readonly severanceMonths?: number;
  /** Counted service would reach further if earlier time had not been compensated. */
  readonly compensatedMonths: number;
  /** Leaves within twelve months of the reorganisation; only Decree 178 has such a clock. */
  readonly firstTwelveMonths: boolean | undefined;
  /** Months to the end of the term; only part-timers under Decree 29. */
  readonly termMonths?: number;
}

export const regimeIds = [
  '178/7',
  '178/7a',
  '178/7b',
  '178/9',
  '178/10',
  '154/6',
  '154/7',
  '154/8',
  '154/9',
  '154/10',
  '29/5',
  '29/7',
  '29/9',
  '07/NQ-CP',
] as const;
export type RegimeId = (typeof regimeIds)[number];

export interface Regime {
  readonly id: RegimeId;
  /** The lines, or the question that no formula answers. Lines worth nothing are left out afterwards. */
  lines(figures: Figures, choose: Choose): readonly Line[] | { readonly review: ReviewReason };
}

/** Cases for which no article here has a formula, beside the numbered questions. */
export const reviewCodes = [
  'past-the-age',
  'draws-pension',
  'compensated-overlap',
  'before-decree-67',
  'months-at-congress',
  'subject-unsettled',
  'decree-29-article-6',
  'no-counted-service',
  'after-2026-05-31',
  'contract-worker-under-07',
  'readings-differ',
] as const;
/** Why a person must decide. */
export type ReviewReason = ReadingNumber | (typeof reviewCodes)[number];
