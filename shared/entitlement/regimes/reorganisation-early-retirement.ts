/** Early retirement because of reorganisation: Decree 178/2024, article 7, as amended by Decree 67/2025. */
import { whole } from '../../dong.ts';
import {
  type Band,
  fewestMonthsForYears,
  fifteenYearLineFrom,
  mostMonthsNear,
  perMonthFar,
  perMonthLaterBy,
  perMonthNear,
  perYear,
  serviceBlock,
} from '../../law/decree-178-2024/article-07.ts';
import { by7a } from '../../law/decree-178-2024/article-07a.ts';
import { mostMonthsEarlyPaid } from '../../law/decree-178-2024/article-05.ts';
import { inForceOn } from '../../law/dated.ts';
import { type Line, line } from '../line.ts';
import { twoTrackService } from '../service-block.ts';
import type { Choose } from '../readings.ts';
import type { Figures, Regime, ReviewReason } from '../regime.ts';

export const reorganisationEarlyRetirement: Regime = {
  id: '178/7',
  lines(figures, choose) {
    const oneOff = monthsEarlyLine(figures);
    if (figures.monthsEarly < inForceOn(fewestMonthsForYears, figures.leaveOn).value) return [oneOff];
    const service = serviceLine(figures, choose);
    if ('review' in service) return service;
    return [oneOff, yearsEarlyLine(figures), service];
  },
};

/** Article 7a: the same without the far band; whether the one-off is paid at all is question X2. */
export const earlyRetirementInOtherBodies: Regime = {
  id: '178/7a',
  lines(figures, choose) {
    const lines = reorganisationEarlyRetirement.lines(figures, choose);
    if ('review' in lines) return lines;
    const isPaid = choose('X2') !== 'none';
    return lines.filter(({ line: name }) => isPaid || name !== 'months-early').map((one) => ({ ...one, by: by7a }));
  },
};

function bandOf({ monthsEarly, annex, leaveOn }: Figures): Band {
  if (monthsEarly > inForceOn(mostMonthsNear, leaveOn).value) return 'far';
  return annex === 'I' ? 'near' : 'near-annex-2';
}

/** Trợ cấp hưu trí một lần cho số tháng nghỉ sớm: article 7(1). */
export function monthsEarlyLine(figures: Figures): Line {
  const { leaveOn, base, monthsEarly, firstTwelveMonths } = figures;
  const rates = inForceOn(bandOf(figures) === 'far' ? perMonthFar : perMonthNear, leaveOn);
  const months = Math.min(monthsEarly, inForceOn(mostMonthsEarlyPaid, leaveOn).value);
  return line(
    'months-early',
    base,
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
  return line('years-early', figures.base, [{ kind: 'rate', value: rate.value }, years], rate.by);
}

/** Trợ cấp theo thời gian công tác có đóng bảo hiểm xã hội bắt buộc: article 7(2). */
function serviceLine(figures: Figures, choose: Choose): Line | { readonly review: ReviewReason } {
  const band = bandOf(figures);
  return twoTrackService(figures, choose, serviceBlock, fifteenYearLineFrom, ({ value }) => value.by[band]);
}
