/** What one set of readings makes of one person's facts. */
import { type Dong, sum } from '../dong.ts';
import type { Citation } from '../law/dated.ts';
import type { KnownFacts } from './known-facts.ts';
import type { Line } from './line.ts';
import type { Choose } from './readings.ts';
import type { Figures, Regime, RegimeId, ReviewReason } from './regime.ts';

/** Why somebody has no right, as `groundSentences` words it. */
export const groundCodes = [
  'not-covered',
  'contract-too-late',
  'under-investigation',
  'child-under-36-months',
  'left-before-decree',
  'decided-too-late',
  'left-too-late',
  'policy-ended',
  'more-than-60-months',
  'not-pensionable',
  'pension-unreduced-no-cash',
  'three-years-to-retirement',
  'only-concurrent-post',
  'term-is-over',
  'not-past-the-age',
] as const;
export type GroundCode = (typeof groundCodes)[number];

export interface Ground {
  readonly ground: GroundCode;
  readonly by: Citation;
}

/** A regime that could pay too and yields to the one that does, with its total. */
export interface Yielding {
  readonly regime: RegimeId;
  readonly total: Dong;
}

export type Evaluation =
  | {
      readonly outcome: 'entitled';
      readonly regime: RegimeId;
      readonly lines: readonly Line[];
      readonly total: Dong;
      readonly figures: Figures;
      readonly yieldsTo?: readonly Yielding[];
    }
  | { readonly outcome: 'not-entitled'; readonly grounds: readonly Ground[]; readonly figures?: Figures }
  | {
      readonly outcome: 'review';
      readonly reason: ReviewReason;
      readonly regime?: RegimeId;
      readonly figures: Figures;
    };

/** What a regime pays with these figures, or the question it meets. */
export function pay(regime: Regime, figures: Figures, choose: Choose): Evaluation {
  const made = regime.lines(figures, choose);
  if ('review' in made) return { outcome: 'review', reason: made.review, regime: regime.id, figures };
  const lines = made.filter(({ amount }) => amount > 0n);
  const total = sum(lines.map(({ amount }) => amount));
  // Nobody is told that they are entitled to nothing: a paper is missing, or a coefficient is zero.
  if (total === 0n) return { outcome: 'review', reason: 'no-counted-service', regime: regime.id, figures };
  return { outcome: 'entitled', regime: regime.id, lines, total, figures };
}

export function refuse(ground: GroundCode, by: Citation, figures: Figures): Evaluation {
  return { outcome: 'not-entitled', grounds: [{ ground, by }], figures };
}

export function ask(reason: ReviewReason, figures: Figures): Evaluation {
  return { outcome: 'review', reason, figures };
}

/** Not considered yet: under review or prosecution; a woman with a small child who did not ask herself. */
export function notYetGrounds(
  { isUnderInvestigation, isWithSmallChild }: Pick<KnownFacts, 'isUnderInvestigation' | 'isWithSmallChild'>,
  by: Citation,
): readonly Ground[] {
  const grounds: Ground[] = [];
  if (isUnderInvestigation) grounds.push({ ground: 'under-investigation', by });
  if (isWithSmallChild) grounds.push({ ground: 'child-under-36-months', by });
  return grounds;
}
