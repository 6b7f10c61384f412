import { describe, expect, test } from 'vitest';
import { backtest, heldAhead, heldBy } from '../../../../infra/local/simulation/flow/backtest.ts';
import { flowCampaign } from '../../../../infra/local/simulation/flow/campaign.ts';
import { waitShapes } from '../../../../infra/local/simulation/flow/chances.ts';
import { mayFollow, type Status } from '../../../../shared/case/lifecycle.ts';
import { forecastCoverage, wholeCoverage } from '../../../../shared/completion/forecast-coverage.ts';

const { firstSeed: from, campaigns, byCredited, byDaysAhead } = forecastCoverage;

describe('a simulated campaign', () => {
  const seeds = Array.from({ length: 6 }, (_, index) => 700 + index);

  test('goes only the ways that the lifecycle allows, and ends with the money or not to be paid', () => {
    for (const seed of seeds) {
      const at = new Map<string, Status>();
      for (const { moves } of flowCampaign(seed, waitShapes).days) {
        for (const { part, to } of moves) {
          const before = at.get(part);
          if (before !== undefined && !mayFollow(before, to)) expect.unreachable(`${to} after ${before}`);
          at.set(part, to);
        }
      }
      expect([...at.values()].filter((status) => status !== 'credited' && status !== 'cancelled')).toEqual([]);
    }
  });

  test('is the same story from the same seed', () => {
    expect(flowCampaign(701, waitShapes)).toEqual(flowCampaign(701, waitShapes));
    expect(flowCampaign(701, waitShapes)).not.toEqual(flowCampaign(702, waitShapes));
  });
});

describe('the band of the forecast', () => {
  test('holds as often as the page says, about eight times of ten', () => {
    const tried = backtest({ from, campaigns, shapes: waitShapes });
    const counted = heldBy(tried);
    expect(counted.map(({ credited, forecasts, held }) => ({ credited, forecasts, held }))).toEqual(byCredited);
    const { forecasts, held } = wholeCoverage();
    expect(forecasts).toBeGreaterThanOrEqual(300);
    expect(held / forecasts).toBeGreaterThanOrEqual(0.74);
    expect(held / forecasts).toBeLessThanOrEqual(0.86);
    for (const one of byCredited) expect(Math.abs(one.held / one.forecasts - 0.8)).toBeLessThan(0.08);
    expect(heldAhead(tried)).toEqual(byDaysAhead);
    for (const one of byDaysAhead) expect(Math.abs(one.held / one.forecasts - 0.8)).toBeLessThan(0.08);
    // A limit that is met with a high chance is met more often than one with a low chance, and about as often as said.
    const met = (least: number, most: number) => {
      const said = tried.filter(({ chance }) => chance >= least && chance < most);
      return said.filter(({ isMet }) => isMet).length / said.length;
    };
    expect(met(0, 0.3)).toBeLessThan(0.35);
    expect(met(0.3, 0.7)).toBeGreaterThan(0.3);
    expect(met(0.3, 0.7)).toBeLessThan(0.7);
    expect(met(0.7, 1)).toBeGreaterThan(0.75);
  }, 300_000);
});
