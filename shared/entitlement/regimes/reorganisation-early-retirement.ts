/** Early retirement because of reorganisation: Decree 178/2024, article 7, as amended by Decree 67/2025. */
import { type Dong, plus, product, type Ratio, whole } from '../../dong.ts';
import {
  type Band,
  fewestMonthsForYears,
  fifteenYearLineFrom,
  mostMonthsNear,
  perMonthFar,
  perMonthLaterBy,
  perMonthNear,
  perYear,
  type ServiceBlock,
  serviceBlock,
} from '../../law/decree-178-2024/article-07.ts';
import { mostMonthsEarlyPaid } from '../../law/decree-178-2024/article-05.ts';
import { inForceOn } from '../../law/dated.ts';
import { type Line, line } from '../line.ts';
import type { Choose } from '../readings.ts';
import type { Figures, Regime, ReviewReason } from '../regime.ts';

export const reorganisationEarlyRetirement: Regime = {
  id: '178/7',
  title: { vi: 'Nghỉ hưu trước tuổi do sắp xếp tổ chức bộ máy', en: 'Early retirement because of reorganisation' },
  lines(figures, choose) {
    const oneOff = monthsEarlyLine(figures);
    if (figures.monthsEarly < inForceOn(fewestMonthsForYears, figures.leaveOn).value) return [oneOff];
    const service = serviceLine(figures, choose);
    if ('review' in service) return service;
    return [oneOff, yearsEarlyLine(figures), service].filter(({ amount }) => amount > 0n);
  },
};

function bandOf({ monthsEarly, annex, leaveOn }: Figures): Band {
  if (monthsEarly > inForceOn(mostMonthsNear, leaveOn).value) return 'far';
  return annex === 'I' ? 'near' : 'near-annex-2';
}

/** Trợ cấp hưu trí một lần cho số tháng nghỉ sớm: article 7(1). */
function monthsEarlyLine(figures: Figures): Line {
  const { leaveOn, monthlySalary, monthsEarly, firstTwelveMonths } = figures;
  const rates = inForceOn(bandOf(figures) === 'far' ? perMonthFar : perMonthNear, leaveOn);
  const months = Math.min(monthsEarly, inForceOn(mostMonthsEarlyPaid, leaveOn).value);
  return line(
    'months-early',
    monthlySalary,
    [
      { kind: 'rate', value: firstTwelveMonths ? rates.value.within12Months : rates.value.later },
      { kind: 'months', value: whole(months) },
    ],
    firstTwelveMonths ? rates.by : perMonthLaterBy,
  );
}

/** Trợ cấp cho số năm nghỉ sớm: article 7(2). The twelve-month clock does not change it. */
function yearsEarlyLine(figures: Figures): Line {
  const rate = inForceOn(perYear[bandOf(figures)], figures.leaveOn);
  const years = { kind: 'years', value: figures.yearsEarly } as const;
  return line('years-early', figures.monthlySalary, [{ kind: 'rate', value: rate.value }, years], rate.by);
}

/** Trợ cấp theo thời gian công tác có đóng bảo hiểm xã hội bắt buộc: article 7(2). */
function serviceLine(figures: Figures, choose: Choose): Line | { readonly review: ReviewReason } {
  const { years, block } = serviceAndBlock(figures, choose);
  const by = block.by[bandOf(figures)];
  const further = plus(years, whole(-block.years));
  if (further.of >= 0n) {
    const factor = { kind: 'block', first: block.months, each: block.perFurtherYear, further } as const;
    return line('service', figures.monthlySalary, [factor], by);
  }
  if (isTwentyYearBlock(block) && !isUnder(years, fifteenYears())) return flatLine(figures.monthlySalary, block, by);
  if (figures.serviceMonths + figures.compensatedMonths < block.years * 12) return { review: 'X24' };
  if (choose('X9') === 'flat') return flatLine(figures.monthlySalary, block, by);
  const proRata = product(block.months, years, { of: 1n, per: BigInt(block.years) });
  return line('service', figures.monthlySalary, [{ kind: 'rate', value: proRata }], by);
}

function flatLine(salary: Dong, block: ServiceBlock, by: Line['by']): Line {
  return line('service', salary, [{ kind: 'rate', value: block.months }], by);
}

/**
 * The block of the leave date. Before 01/07/2025 with under 20 counted years the texts differ (X3), and 19 years 7
 * months may or may not be 20 years (X23).
 */
function serviceAndBlock(figures: Figures, choose: Choose): { years: Ratio; block: ServiceBlock } {
  const block = inForceOn(serviceBlock, figures.leaveOn).value;
  const years = figures.serviceYears;
  if (!isTwentyYearBlock(block) || figures.serviceMonths >= block.years * 12) return { years, block };
  const roundsUp = !isUnder(years, block.years);
  if (roundsUp && choose('X23') === 'rounded') return { years, block };
  if (choose('X3') === 'flat-5') return { years: roundsUp ? whole(block.years) : years, block };
  return { years, block: inForceOn(serviceBlock, fifteenYearLineFrom).value };
}

function isTwentyYearBlock(block: ServiceBlock): boolean {
  return block.years > fifteenYears();
}

function fifteenYears(): number {
  return inForceOn(serviceBlock, fifteenYearLineFrom).value.years;
}

function isUnder(years: Ratio, limit: number): boolean {
  return years.of < BigInt(limit) * years.per;
}
