/** Part-timers whose posts end: Decree 154, articles 9 and 10; Decree 29, article 9(2). */
import { whole } from '../../dong.ts';
import { inForceOn } from '../../law/dated.ts';
import {
  by9,
  lumpSum as lumpSumRows,
  monthsOfTierC,
  type PartTimerCitations,
  perMonth,
  perYear,
  tiers,
  toLookForWork,
} from '../../law/decree-154-2025/article-09.ts';
import { by10 } from '../../law/decree-154-2025/article-10.ts';
import { perMonthOfTerm } from '../../law/decree-29-2023/article-09.ts';
import { type Line, line } from '../line.ts';
import type { Choose } from '../readings.ts';
import type { Figures, Regime, RegimeId } from '../regime.ts';

/** Not yet at the age: by tiers; past it or on a pension: a lump sum and nothing else. */
interface PostAbolished {
  readonly tiered: Regime;
  readonly lumpSum: Regime;
}

export const postAbolishedInCommune = postAbolished('154/9', by9);

export const postAbolishedInVillage = postAbolished('154/10', by10);

function postAbolished(id: RegimeId, by: PartTimerCitations): PostAbolished {
  return {
    tiered: { id, lines: (figures, choose) => tieredLines(figures, by, choose) },
    lumpSum: {
      id,
      lines({ base, lawOn }) {
        const { value } = inForceOn(lumpSumRows, lawOn);
        return [line('lump-sum', base, [{ kind: 'rate', value }], by.lumpSum)];
      },
    },
  };
}

/** The tier is told by whole months, never by rounded years: 59 months are tier a although they count as 5 years. */
function tieredLines(figures: Figures, by: PartTimerCitations, choose: Choose): readonly Line[] {
  const { base, lawOn, serviceYears } = figures;
  const { months, citation } = monthsOfTier(figures, by, choose);
  return [
    line(
      'part-time-months',
      base,
      [
        { kind: 'rate', value: inForceOn(perMonth, lawOn).value },
        { kind: 'months', value: whole(months) },
      ],
      citation,
    ),
    line(
      'service-years',
      base,
      [
        { kind: 'rate', value: inForceOn(perYear, lawOn).value },
        { kind: 'years', value: serviceYears },
      ],
      by.shared,
    ),
    line('job-search', base, [{ kind: 'rate', value: inForceOn(toLookForWork, lawOn).value }], by.shared),
  ];
}

function monthsOfTier({ serviceMonths, monthsEarly, lawOn }: Figures, by: PartTimerCitations, choose: Choose) {
  const { fewestMonthsWorked, fewestMonthsEarly } = inForceOn(tiers, lawOn).value;
  if (serviceMonths < fewestMonthsWorked) return { months: serviceMonths, citation: by.a };
  if (monthsEarly < fewestMonthsEarly) return { months: monthsEarly, citation: by.b };
  choose('O5');
  return { months: inForceOn(monthsOfTierC, lawOn).value, citation: by.c };
}

/** Decree 29: half an allowance for each month to the end of the term. */
export const endOfTerm: Regime = {
  id: '29/9',
  lines({ base, lawOn, termMonths = 0 }) {
    const rate = inForceOn(perMonthOfTerm, lawOn);
    const months = { kind: 'months', value: whole(termMonths) } as const;
    return [line('term-months', base, [{ kind: 'rate', value: rate.value }, months], rate.by)];
  },
};
