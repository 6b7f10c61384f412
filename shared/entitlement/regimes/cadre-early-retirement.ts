/** Early retirement of cadres who do not stand again: Decree 178, article 7b, and Decree 177, article 3(2). */
import { oneOffBy, perYear, fifteenYearLineFrom, serviceBlock } from '../../law/decree-178-2024/article-07b.ts';
import { inForceOn } from '../../law/dated.ts';
import { line } from '../line.ts';
import type { Regime } from '../regime.ts';
import { twoTrackService } from '../service-block.ts';
import { monthsEarlyLine } from './reorganisation-early-retirement.ts';

export const earlyRetirementOfCadres: Regime = {
  id: '178/7b',
  lines(figures, choose) {
    const service = twoTrackService(figures, choose, serviceBlock, fifteenYearLineFrom, ({ by }) => by);
    if ('review' in service) return service;
    const rate = inForceOn(perYear, figures.leaveOn);
    const years = line(
      'years-early',
      figures.base,
      [
        { kind: 'rate', value: rate.value },
        { kind: 'years', value: figures.yearsEarly },
      ],
      rate.by,
    );
    // Whether a one-off for the months early is paid beside them is question X1.
    const oneOff = choose('X1') === 'as-article-7' ? [{ ...monthsEarlyLine(figures), by: oneOffBy }] : [];
    return [...oneOff, years, service];
  },
};
