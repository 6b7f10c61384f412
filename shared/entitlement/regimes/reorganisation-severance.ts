/** Severance because of reorganisation (thôi việc): Decree 178/2024, articles 9 and 10. */
import { whole } from '../../dong.ts';
import { mostSeveranceMonths } from '../../law/decree-178-2024/article-05.ts';
import type { Period12 } from '../../law/decree-178-2024/article-07.ts';
import * as article9 from '../../law/decree-178-2024/article-09.ts';
import * as article10 from '../../law/decree-178-2024/article-10.ts';
import { type Citation, type Dated, inForceOn } from '../../law/dated.ts';
import type { Ratio } from '../../dong.ts';
import { type Line, line } from '../line.ts';
import type { Figures, Regime } from '../regime.ts';

/** Cadres, civil servants, association staff. */
export const severanceOfCivilServants: Regime = {
  id: '178/9',
  lines: (figures) => [...sharedLines(figures, article9), jobSearchLine(figures)],
};

/** Public employees and contract workers; they look to unemployment insurance instead of the job-search part. */
export const severanceOfPublicEmployees: Regime = {
  id: '178/10',
  lines: (figures) => sharedLines(figures, article10),
};

interface SeveranceArticle {
  readonly perMonth: readonly Dated<Period12>[];
  readonly perMonthLaterBy: Citation;
  readonly perYear: readonly Dated<Ratio>[];
}

function sharedLines(figures: Figures, article: SeveranceArticle): readonly Line[] {
  const { leaveOn, base, severanceMonths = 0, serviceYears, firstTwelveMonths } = figures;
  const monthly = inForceOn(article.perMonth, leaveOn);
  const yearly = inForceOn(article.perYear, leaveOn);
  // Not capped by the months left to the age: Mr M, Official Letter 1814/BNV-TCBC.
  const months = Math.min(severanceMonths, inForceOn(mostSeveranceMonths, leaveOn).value);
  return [
    line(
      'severance-months',
      base,
      [
        { kind: 'rate', value: firstTwelveMonths ? monthly.value.within12Months : monthly.value.later },
        { kind: 'months', value: whole(months) },
      ],
      firstTwelveMonths ? monthly.by : article.perMonthLaterBy,
    ),
    line(
      'service-years',
      base,
      [
        { kind: 'rate', value: yearly.value },
        { kind: 'years', value: serviceYears },
      ],
      yearly.by,
    ),
  ];
}

function jobSearchLine({ leaveOn, base }: Figures): Line {
  const months = inForceOn(article9.toLookForWork, leaveOn);
  return line('job-search', base, [{ kind: 'rate', value: months.value }], months.by);
}
