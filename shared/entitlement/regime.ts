/** The shape of a regime: what it is called, and one small function from figures to lines. */
import type { LocalDate, Month } from '../calendar.ts';
import type { Dong, Ratio } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import type { Line } from './line.ts';
import type { Choose } from './readings.ts';
import type { Annex } from './retirement-age.ts';

/** What the decrees speak of, made from facts. */
export interface Figures {
  readonly leaveOn: LocalDate;
  readonly monthlySalary: Dong;
  /** Whether the salary came out in whole đồng. */
  readonly salaryIsExact: boolean;
  readonly annex: Annex;
  /** The month the pension would start by that annex. */
  readonly retirementMonth: Month;
  /** Months from leaving to that month; not capped. */
  readonly monthsEarly: number;
  readonly yearsEarly: Ratio;
  /** Insured months that no severance pay, one-off insurance or discharge money has paid for. */
  readonly serviceMonths: number;
  readonly serviceYears: Ratio;
  /** All insured months, private and compensated included, for the pension test. */
  readonly insuredMonths: number;
  /** Insured months in State bodies, for severance; not capped. */
  readonly severanceMonths: number;
  /** Counted service would reach further if earlier time had not been compensated. */
  readonly compensatedMonths: number;
  /** Leaves within twelve months of the reorganisation. */
  readonly firstTwelveMonths: boolean;
}

export type RegimeId = '178/7' | '178/9' | '178/10';

export interface Regime {
  readonly id: RegimeId;
  readonly title: Sentence;
  /** The lines, or the question that no formula answers. A line worth nothing is left out. */
  lines(figures: Figures, choose: Choose): readonly Line[] | { readonly review: ReviewReason };
}

/** Why a person must decide: a numbered question, or a case for which no article here has a formula. */
export type ReviewReason =
  | 'X10'
  | 'X15'
  | 'X24'
  | 'past-the-age'
  | 'draws-pension'
  | 'compensated-overlap'
  | 'regime-not-built'
  | 'readings-differ';
