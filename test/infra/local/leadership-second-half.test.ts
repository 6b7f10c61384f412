/** Whole campaigns of a province's size, half of them: two files, so that both cores play. */
import { describe, test } from 'vitest';
import { expectWatched, playLooking } from '../../leadership-campaign.ts';

const seeds = [6, 7, 8, 9, 10];

describe('a campaign of 2,739 people', () => {
  test.each(seeds)(
    '%i: at every simulated hour the page agrees with the histories, at two instants a report and a pack do too',
    async (seed) => expectWatched(await playLooking(seed)),
    600_000,
  );
});
