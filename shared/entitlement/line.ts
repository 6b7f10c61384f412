/** The only maker of lines, so that the working shown is the working done. */
import { type Dong, formatDong, formatRatio, plus, product, type Ratio, timesExactly } from '../dong.ts';
import type { Citation } from '../law/dated.ts';

export type LineName =
  | 'months-early'
  | 'years-early'
  | 'service'
  | 'severance-months'
  | 'service-years'
  | 'job-search'
  | 'transfer-months'
  | 'part-time-months'
  | 'lump-sum'
  | 'term-months';

/** One factor of a line: a rate, a count with its unit, or `first + each × further` years (of a lump sum, months). */
export type Factor =
  | { readonly kind: 'rate'; readonly value: Ratio }
  | { readonly kind: 'months' | 'years'; readonly value: Ratio }
  | {
      readonly kind: 'block';
      readonly first: Ratio;
      readonly each: Ratio;
      readonly further: Ratio;
      readonly unit?: 'months';
    };

export interface Line {
  readonly line: LineName;
  /** The monthly salary or allowance, đồng. */
  readonly base: Dong;
  readonly factors: readonly Factor[];
  readonly amount: Dong;
  readonly by: Citation;
  /** Whether the amount came out in whole đồng; if not, it rests on question O10. */
  readonly exact: boolean;
}

export function line(name: LineName, base: Dong, factors: readonly Factor[], by: Citation): Line {
  const { amount, exact } = timesExactly(base, factors.map(valueOf));
  return { line: name, base, factors, amount, by, exact };
}

function valueOf(factor: Factor): Ratio {
  return factor.kind === 'block' ? plus(factor.first, product(factor.each, factor.further)) : factor.value;
}

const unitWords = { months: { vi: 'tháng', en: 'months' }, years: { vi: 'năm', en: 'years' } } as const;

/** `10.705.500 × 0,8 × 60 tháng`; the numbers are written the Vietnamese way in both languages. */
export function working({ base, factors }: Pick<Line, 'base' | 'factors'>): {
  readonly vi: string;
  readonly en: string;
} {
  let vi = formatDong(base);
  let en = vi;
  for (const factor of factors) {
    const { text, unit } = shown(factor);
    vi += unit === undefined ? ` × ${text}` : ` × ${text} ${unitWords[unit].vi}`;
    en += unit === undefined ? ` × ${text}` : ` × ${text} ${unitWords[unit].en}`;
    if (factor.kind === 'block' && unit !== undefined) {
      vi += ')';
      en += ')';
    }
  }
  return { vi, en };
}

/** A factor's numbers, and the unit that follows them; a block that reaches beyond its first years stays open for it. */
function shown(factor: Factor): { readonly text: string; readonly unit?: keyof typeof unitWords } {
  if (factor.kind === 'rate') return { text: formatRatio(factor.value) };
  if (factor.kind !== 'block') return { text: formatRatio(factor.value), unit: factor.kind };
  const { first, each, further, unit = 'years' } = factor;
  if (further.of === 0n) return { text: formatRatio(first) };
  return { text: `(${formatRatio(first)} + ${formatRatio(each)} × ${formatRatio(further)}`, unit };
}
