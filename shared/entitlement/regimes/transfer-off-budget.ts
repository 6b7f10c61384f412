/** Moving to a body that the budget does not pay regularly: Decree 154, article 7. */
import { inForceOn } from '../../law/dated.ts';
import { perYear, transferMonths } from '../../law/decree-154-2025/article-07.ts';
import { line } from '../line.ts';
import type { Regime } from '../regime.ts';

export const transferOffBudget: Regime = {
  id: '154/7',
  lines({ base, lawOn, serviceYears }) {
    const months = inForceOn(transferMonths, lawOn);
    const yearly = inForceOn(perYear, lawOn);
    return [
      line('transfer-months', base, [{ kind: 'rate', value: months.value }], months.by),
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
  },
};
