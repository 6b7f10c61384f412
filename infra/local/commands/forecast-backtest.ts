/**
 * `npm run forecast:backtest`: forecasts of simulated campaigns held against how they ended, by the share of people who had
 * the money when the forecast was made. `-- --campaigns N --from SEED --shapes lognormal,power` others. 2 for wrong usage.
 */
import { parseArgs } from 'node:util';
import { forecastCoverage } from '../../../shared/completion/forecast-coverage.ts';
import { workingDaysBetween } from '../../../shared/law/working-days.ts';
import { backtest, heldAhead, heldBy, instants, type Tried } from '../simulation/flow/backtest.ts';
import { waitShapes } from '../simulation/flow/chances.ts';

const { values } = parseArgs({
  options: { campaigns: { type: 'string' }, from: { type: 'string' }, shapes: { type: 'string' } },
});
const names = values.shapes?.split(',') ?? waitShapes;
const shapes = waitShapes.filter((shape) => names.some((name) => name === shape));
const campaigns = Number(values.campaigns ?? forecastCoverage.campaigns);
const from = Number(values.from ?? forecastCoverage.firstSeed);
if (!Number.isInteger(campaigns) || campaigns < 1 || !Number.isInteger(from) || shapes.length < names.length) {
  process.stderr.write(
    `npm run forecast:backtest -- [--campaigns N] [--from SEED] [--shapes ${waitShapes.join(',')}]\n`,
  );
  process.exit(2);
}

const tried = backtest({ from, campaigns, shapes });
for (const { credited, forecasts, held, earlier, later, none } of heldBy(tried)) {
  const middle = tried.filter((one) => one.credited === credited);
  process.stdout.write(
    `${credited * 100} % credited: ${held} of ${forecasts} held (${share(held, forecasts)}), earlier ${earlier}, later ${later}, ` +
      `no forecast ${none}; working days left ${median(middle.map(({ daysLeft }) => daysLeft))}, ` +
      `band ${median(middle.flatMap(widthOf))} wide\n`,
  );
}
const [held, forecasts] = heldBy(tried).reduce(([one, all], now) => [one + now.held, all + now.forecasts], [0, 0]);
process.stdout.write(
  `campaigns ${campaigns}, stops ${instants.length}: ${held} of ${forecasts} held (${share(held, forecasts)})\n`,
);
for (const { days, forecasts: all, held: within } of heldAhead(tried)) {
  process.stdout.write(
    `people credited ${days} working days ahead: ${within} of ${all} held (${share(within, all)})\n`,
  );
}
for (const from of [0, 0.2, 0.4, 0.6, 0.8]) {
  const said = tried.filter(({ chance }) => chance >= from && chance < from + 0.2);
  const met = said.filter(({ isMet }) => isMet).length;
  process.stdout.write(
    `chance ${from.toFixed(1)} to ${(from + 0.2).toFixed(1)}: ${met} of ${said.length} met the limit\n`,
  );
}

function widthOf({ last }: Tried): readonly number[] {
  return last === undefined ? [] : [workingDaysBetween({ from: last.low, to: last.high })];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
