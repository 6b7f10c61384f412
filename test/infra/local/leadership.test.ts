/** Whole campaigns of a province's size: after every act the leadership page says what the raw histories say. */
import { describe, expect, test } from 'vitest';
import { campaign, type Sample } from '../../../infra/local/simulation/campaign.ts';
import { simulationSample } from '../../../infra/local/simulation/sample.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import type { Store } from '../../../shared/case/store.ts';
import { cellsOf } from '../../../shared/completion/cells.ts';
import { emptyFigures, follow, readFigures, writtenFigures } from '../../../shared/completion/follow.ts';
import { buckets } from '../../../shared/case/lifecycle.ts';
import { bucketOfFigures, countFigures, faultOf } from '../../../shared/completion/report-content.ts';
import { standingsAt } from '../../../shared/completion/standing-at.ts';
import { formatDong } from '../../../shared/dong.ts';
import { readPast } from '../../../shared/completion/past.ts';
import { bucketsOfHistories, bucketsOnPage, completionHtml, partsIn, watching } from '../../completion-page.ts';

const people = 2739;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const sample: Promise<Sample> = simulationSample(people + 400);

/** Two instants of each campaign: early, and in the long end. */
const reportsAt = [25, 1200];

/** Of each bucket, as a report frozen at the instant counts them: everybody, by what was credited. */
async function bucketsOfReport(store: Store, at: string): Promise<Readonly<Record<string, string>>> {
  const by = { base: 'computed', paid: 'credited', countsElsewhere: true, hidesSmallSums: false } as const;
  const counted = await countFigures(standingsAt(store, at), by);
  expect(faultOf(counted)).toBe(undefined);
  return Object.fromEntries(
    buckets.map((bucket) => {
      const { people: of, total } = bucketOfFigures(counted, bucket);
      return [bucket, `${of} ${formatDong(BigInt(total))}`];
    }),
  );
}

/** Plays a campaign and looks at the page after each act that moved somebody; answers how often. */
async function playLooking(
  seed: number,
): Promise<{ readonly looks: number; readonly hours: number; readonly reports: number }> {
  let watched: ReturnType<typeof watching> | undefined;
  let recounted: ReturnType<typeof bucketsOfHistories> | undefined;
  let figures = emptyFigures();
  let looks = 0;
  let last = '';
  let reports = 0;
  const hours = new Set<string>();
  const before = (store: Store) => {
    watched = watching(store);
    recounted = bucketsOfHistories(store);
    return watched.store;
  };
  await campaign(seed, await sample, {
    people,
    before,
    async watch(ports) {
      const entries = (await watched?.since()) ?? expect.fail('nothing is watched');
      const moved = partsIn(entries);
      if (moved.size === 0) return;
      await follow(figures, entries, ports.store, localDateOf);
      looks += 1;
      hours.add(ports.now().slice(0, 13));
      const counted = await recounted?.(moved);
      // Where an act left everybody's bucket as it was, every tenth page is looked at.
      const isMoved = JSON.stringify(counted) !== last;
      last = JSON.stringify(counted);
      if (reportsAt.includes(looks)) {
        expect(await bucketsOfReport(ports.store, ports.now()), `report after act ${looks}`).toEqual(counted);
        reports += 1;
      }
      if (!isMoved && looks % 10 !== 0) return;
      // The forecast plays the rest of the campaign each time, so not at each look.
      const shown = looks % 100 === 0 ? figures : { cells: figures.cells };
      expect(bucketsOnPage(await completionHtml(ports, shown)), `after act ${looks}`).toEqual(counted);
      // Kept and read again, as over a start.
      if (looks % 10 === 0) figures = readFigures(writtenFigures(figures));
    },
  });
  const store = watched?.store ?? expect.fail('nothing is watched');
  expect(figures.cells).toEqual(await cellsOf(store, localDateOf));
  const { standing: _parts, ...past } = await readPast(store);
  expect(figures.past).toEqual(past);
  return { looks, hours: hours.size, reports };
}

describe('a campaign of 2,739 people', () => {
  test.each(seeds)(
    '%i: at every simulated hour the page agrees with the histories',
    async (seed) => {
      const { looks, hours, reports } = await playLooking(seed);
      expect(looks).toBeGreaterThan(30);
      expect(reports).toBe(reportsAt.length);
      expect(hours).toBeGreaterThan(30);
    },
    240_000,
  );
});
