/** A lump sum by months past the age: Resolution 07/2025/NQ-CP. */
import { plus, product, whole } from '../../dong.ts';
import { inForceOn } from '../../law/dated.ts';
import { lumpSum } from '../../law/resolution-07-2025/resolution.ts';
import { type Factor, line } from '../line.ts';
import type { Choose } from '../readings.ts';
import type { Figures, Regime } from '../regime.ts';

/** Counted from the pension month, or from the month in which the age was reached: question O18. */
export function monthsPastTheAge({ monthsEarly }: Figures, choose: Choose): number {
  return -monthsEarly + (choose('O18') === 'from-age-month' ? 1 : 0);
}

export const overAgeLumpSum: Regime = {
  id: '07/NQ-CP',
  lines(figures, choose) {
    const { value, by } = inForceOn(lumpSum, figures.lawOn);
    const further = whole(Math.max(0, monthsPastTheAge(figures, choose) - value.firstMonths));
    const months = plus(value.first, product(value.perFurtherMonth, further));
    const isCapped = months.of * value.most.per > value.most.of * months.per;
    const factor: Factor =
      isCapped || further.of === 0n
        ? { kind: 'rate', value: isCapped ? value.most : value.first }
        : { kind: 'block', first: value.first, each: value.perFurtherMonth, further, unit: 'months' };
    return [line('lump-sum', figures.base, [factor], by)];
  },
};
