/** Streamlined staff: Decree 154, articles 6 and 8(1), and Decree 29, articles 5 and 7, on the average salary. */
import type { Dong, Ratio } from '../../dong.ts';
import { type Citation, type Dated, inForceOn } from '../../law/dated.ts';
import * as article6 from '../../law/decree-154-2025/article-06.ts';
import * as article8 from '../../law/decree-154-2025/article-08.ts';
import * as article5 from '../../law/decree-29-2023/article-05.ts';
import * as article7 from '../../law/decree-29-2023/article-07.ts';
import { type Line, line } from '../line.ts';
import type { Choose } from '../readings.ts';
import type { Figures, Regime } from '../regime.ts';
import { blockLine } from '../service-block.ts';

export const streamlinedEarlyRetirement: Regime = {
  id: '154/6',
  lines: (figures, choose) => earlyRetirement(figures, choose, article6, figures.base),
};

export const earlyRetirementUnder29: Regime = {
  id: '29/5',
  lines: (figures, choose) => earlyRetirement(figures, choose, article5, averageOf(figures)),
};

export const streamlinedSeverance: Regime = {
  id: '154/8',
  lines: (figures) => severance(figures, article8, figures.base),
};

/** To look for work on the current salary, for service on the average one. */
export const severanceUnder29: Regime = {
  id: '29/7',
  lines: (figures) => severance(figures, article7, averageOf(figures)),
};

interface EarlyRetirementArticle {
  readonly perYearEarly: readonly Dated<Ratio>[];
  readonly serviceBlock: readonly Dated<article6.ServiceBlock>[];
  readonly paragraphs: Readonly<Record<'I' | 'II', { readonly money: Citation }>>;
}

function earlyRetirement(
  figures: Figures,
  choose: Choose,
  { perYearEarly, serviceBlock, paragraphs }: EarlyRetirementArticle,
  base: Dong,
): ReturnType<Regime['lines']> {
  const by = paragraphs[figures.annex].money;
  const service = blockLine(
    figures,
    choose,
    inForceOn(serviceBlock, figures.lawOn).value,
    figures.serviceYears,
    by,
    base,
  );
  if ('review' in service) return service;
  const rate = { kind: 'rate', value: inForceOn(perYearEarly, figures.lawOn).value } as const;
  // Half years, or every month as a twelfth: question O2.
  const years: Ratio =
    choose('O2') === 'months-over-12' ? { of: BigInt(figures.monthsEarly), per: 12n } : figures.yearsEarly;
  const early = line('years-early', base, [rate, { kind: 'years', value: years }], by);
  return [early, service];
}

interface SeveranceArticle {
  readonly toLookForWork: readonly Dated<Ratio>[];
  readonly perYear: readonly Dated<Ratio>[];
}

function severance(figures: Figures, article: SeveranceArticle, baseOfYears: Dong): readonly Line[] {
  const search = inForceOn(article.toLookForWork, figures.lawOn);
  const yearly = inForceOn(article.perYear, figures.lawOn);
  return [
    line('job-search', figures.base, [{ kind: 'rate', value: search.value }], search.by),
    line(
      'service-years',
      baseOfYears,
      [
        { kind: 'rate', value: yearly.value },
        { kind: 'years', value: figures.serviceYears },
      ],
      yearly.by,
    ),
  ];
}

/** The average was asked for before Decree 29 is computed. */
function averageOf({ average }: Figures): Dong {
  if (average === undefined) throw new RangeError('Decree 29 is computed on the average salary of 60 months');
  return average;
}
