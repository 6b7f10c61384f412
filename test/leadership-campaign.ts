/** A campaign of a province's size, watched: after every act the leadership page, at two instants the reports and packs too. */
import { expect } from 'vitest';
import { makePack } from '../functions/completion/make-pack.ts';
import { verifyPack } from '../functions/papers/verify-pack.mjs';
import { campaign, type Sample } from '../infra/local/simulation/campaign.ts';
import { simulationSample } from '../infra/local/simulation/sample.ts';
import { localDateOf } from '../shared/calendar.ts';
import { buckets } from '../shared/case/lifecycle.ts';
import type { Ports } from '../shared/case/ports.ts';
import { allRows, type Store } from '../shared/case/store.ts';
import { cellsOf } from '../shared/completion/cells.ts';
import { emptyFigures, follow, readFigures, writtenFigures } from '../shared/completion/follow.ts';
import { readPast } from '../shared/completion/past.ts';
import { bucketOfFigures, countFigures, faultOf } from '../shared/completion/report-content.ts';
import { standingsAt } from '../shared/completion/standing-at.ts';
import { formatDong } from '../shared/dong.ts';
import { bucketsOfHistories, bucketsOnPage, completionHtml, partsIn, watching } from './completion-page.ts';
import { recounting, saidByPack } from './pack-recount.ts';

const people = 2739;
const sample: Promise<Sample> = simulationSample(people + 400);

/** Two instants of each campaign: early, and in the long end. */
const instants = [25, 1200];

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

/** Makes a batch's pack, has it verified, and holds what it says against the histories; chance chooses the batch. */
async function packAgrees(of: ReturnType<typeof recounting>, chance: number, ports: Ports): Promise<void> {
  const heads = await of.headsSinceLastAnchor();
  const batches: string[] = [];
  for await (const { stream } of allRows(ports.store, { kind: 'batch' })) batches.push(stream.slice('batch/'.length));
  const batch = batches[chance % batches.length] ?? expect.fail('no batch yet');
  const made = await makePack({ batch, isFull: false }, 'system', ports);
  if (made.outcome === 'refused') throw new Error(made.why.en);
  const { root, anchor } = made;
  expect(verifyPack(made.zip, { root, anchor: anchor.anchor }).problems).toEqual([]);
  expect(saidByPack(made.zip), `pack of ${batch}`).toEqual(await of.batch(batch, heads));
}

export interface Watched {
  readonly looks: number;
  /** How many simulated hours something happened in. */
  readonly hours: number;
  /** At which a report and a pack were held against the histories. */
  readonly instants: number;
}

/** Plays a campaign and looks at the page after each act that moved somebody. */
export async function playLooking(seed: number): Promise<Watched> {
  let watched: ReturnType<typeof watching> | undefined;
  let recounted: ReturnType<typeof bucketsOfHistories> | undefined;
  let packed: ReturnType<typeof recounting> | undefined;
  let figures = emptyFigures();
  let last = '';
  let [looks, instantsSeen] = [0, 0];
  const hours = new Set<string>();
  const before = (store: Store) => {
    watched = watching(store);
    recounted = bucketsOfHistories(store);
    packed = recounting(store, watched.everWritten);
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
      if (instants.includes(looks)) {
        expect(await bucketsOfReport(ports.store, ports.now()), `report after act ${looks}`).toEqual(counted);
        await packAgrees(packed ?? expect.fail('nothing is watched'), seed + instantsSeen, ports);
        instantsSeen += 1;
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
  return { looks, hours: hours.size, instants: instantsSeen };
}

/** What a campaign of any seed must have shown. */
export function expectWatched({ looks, hours, instants: seen }: Watched): void {
  expect(looks).toBeGreaterThan(30);
  expect(hours).toBeGreaterThan(30);
  expect(seen).toBe(instants.length);
}
