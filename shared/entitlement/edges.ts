/** Marks for a checker: one month more or less would change a band, a tier or a half year. */
import type { Evaluation, GroundCode } from './evaluation.ts';
import type { Figures } from './regime.ts';

/** Grounds that a month more or less could lift. */
const groundsByMonths: readonly GroundCode[] = [
  'more-than-60-months',
  'pension-unreduced-no-cash',
  'three-years-to-retirement',
  'not-past-the-age',
];

/** Whether an answer hangs on counted months at all: not one that is refused for another ground. */
export function hasEdges(evaluation: Evaluation): evaluation is Evaluation & { readonly figures: Figures } {
  if (evaluation.figures === undefined) return false;
  if (evaluation.outcome !== 'not-entitled') return true;
  return evaluation.grounds.every(({ ground }) => groundsByMonths.includes(ground));
}

/** Whether a count stands on the last month of a tier or on the first of the next. Takes the last months. */
export function isOnTierEdge(months: number, ...lasts: readonly number[]): boolean {
  return lasts.some((last) => months === last || months === last + 1);
}

/** The marks of an answer; years early are rounded only where they are paid. */
export function tierAndRoundingEdges(evaluation: Evaluation, of: Figures, isTierEdge: boolean): readonly string[] {
  const usesYearsEarly =
    evaluation.outcome === 'entitled' && evaluation.lines.some(({ line }) => line === 'years-early');
  const isRoundingEdge = isOddEdge(of.serviceMonths) || (usesYearsEarly && isOddEdge(of.monthsEarly));
  const edges: string[] = [];
  if (isTierEdge) edges.push('tier-edge');
  if (isRoundingEdge) edges.push('rounding-edge');
  return edges;
}

function isOddEdge(months: number): boolean {
  return months % 12 === 6 || months % 12 === 7;
}
