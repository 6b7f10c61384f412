/** The part for service of early retirement: so many months of salary for the first years, some for each further one. */
import type { LocalDate } from '../calendar.ts';
import { type Dong, plus, product, type Ratio, whole } from '../dong.ts';
import { type Citation, type Dated, inForceOn } from '../law/dated.ts';
import type { ServiceBlock } from '../law/decree-178-2024/article-07.ts';
import { type Line, line } from './line.ts';
import type { Choose } from './readings.ts';
import type { Figures, ReviewReason } from './regime.ts';

/**
 * Decree 178, articles 7 and 7b: a 20-year line, and from a leave date a 15-year line. Takes the rows, that leave date,
 * and where a row is cited. Answers the question where no formula answers.
 */
export function twoTrackService<Block extends ServiceBlock>(
  figures: Figures,
  choose: Choose,
  rows: readonly Dated<Block>[],
  fifteenFrom: LocalDate,
  citation: (row: Dated<Block>) => Citation,
): Line | { readonly review: ReviewReason } {
  const fifteen = inForceOn(rows, fifteenFrom);
  const { years, row } = serviceAndRow(figures, choose, rows, fifteen);
  const block = row.value;
  const by = citation(row);
  const isShort = block.years > fifteen.value.years && !isUnder(years, fifteen.value.years);
  if (isUnder(years, block.years) && isShort) return flatLine(figures.base, block.months, by);
  return blockLine(figures, choose, { ...block, fewestYears: block.years }, years, by, figures.base);
}

/**
 * The line of a block: whole from `fewestYears`, with some for each year beyond `years`. Below it the block is flat or
 * pro rata where earlier time was compensated (question X9); for another cause no formula answers (X24).
 */
export function blockLine(
  figures: Figures,
  choose: Choose,
  block: ServiceBlock & { readonly fewestYears: number },
  years: Ratio,
  by: Citation,
  base: Dong,
): Line | { readonly review: ReviewReason } {
  const further = plus(years, whole(-block.years));
  if (further.of >= 0n) {
    const factor = { kind: 'block', first: block.months, each: block.perFurtherYear, further } as const;
    return line('service', base, [factor], by);
  }
  if (!isUnder(years, block.fewestYears)) return flatLine(base, block.months, by);
  if (figures.serviceMonths + figures.compensatedMonths < block.fewestYears * 12) return { review: 'X24' };
  if (choose('X9') === 'flat') return flatLine(base, block.months, by);
  const proRata = product(block.months, { of: years.of, per: years.per * BigInt(block.years) });
  return line('service', base, [{ kind: 'rate', value: proRata }], by);
}

function flatLine(base: Dong, months: Ratio, by: Citation): Line {
  return line('service', base, [{ kind: 'rate', value: months }], by);
}

/**
 * The row of the leave date. Before the 15-year line with under 20 counted years the texts differ (X3), and 19 years 7
 * months may or may not be 20 years (X23).
 */
function serviceAndRow<Block extends ServiceBlock>(
  figures: Figures,
  choose: Choose,
  rows: readonly Dated<Block>[],
  fifteen: Dated<Block>,
): { readonly years: Ratio; readonly row: Dated<Block> } {
  const row = inForceOn(rows, figures.leaveOn);
  const years = figures.serviceYears;
  const block = row.value;
  if (block.years <= fifteen.value.years || figures.serviceMonths >= block.years * 12) return { years, row };
  const roundsUp = !isUnder(years, block.years);
  if (roundsUp && choose('X23') === 'rounded') return { years, row };
  if (choose('X3') === 'flat-5') return { years: roundsUp ? whole(block.years) : years, row };
  return { years, row: fifteen };
}

function isUnder(years: Ratio, limit: number): boolean {
  return years.of < BigInt(limit) * years.per;
}
