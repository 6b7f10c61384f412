/** Packs of whole simulated campaigns, at instants of their story: each verifies, and its totals are those of the histories. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { makePack } from '../../../functions/completion/make-pack.ts';
import { readZip, verifyPack } from '../../../functions/papers/verify-pack.mjs';
import { campaign } from '../../../infra/local/simulation/campaign.ts';
import { simulationSample } from '../../../infra/local/simulation/sample.ts';
import { payable, readBatch, readFrozenList } from '../../../shared/case/batch.ts';
import { bucketOf } from '../../../shared/case/lifecycle.ts';
import { readPart } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { allRows } from '../../../shared/case/store.ts';

const count = z.object({ people: z.number(), total: z.string() });
const manifest = z.object({
  totals: z.object({ entitled: count, byBucket: z.record(z.string(), count) }),
});

/** What the application itself says of the batch: how many people and how much in each place. */
async function placesOf(batchId: string, ports: Ports) {
  const batch = (await readBatch(ports.store, batchId)) ?? expect.fail(batchId);
  if (batch.frozen === undefined) return { entitled: { people: 0, total: '0' }, byBucket: {} };
  const { parts, total } = payable(batch, await readFrozenList(ports.files, batch));
  const places: Record<string, { people: number; total: bigint }> = {};
  for (const { part: id, total: amount } of parts) {
    const part = (await readPart(ports.store, id)) ?? expect.fail(id);
    const bucket = part.batch?.id === batchId ? bucketOf[part.status] : 'left';
    const before = places[bucket] ?? { people: 0, total: 0n };
    places[bucket] = { people: before.people + 1, total: before.total + BigInt(amount) };
  }
  const told = Object.entries(places).map(([bucket, { people, total: sum }]) => [
    bucket,
    { people, total: sum.toString() },
  ]);
  return { entitled: { people: parts.length, total: total.toString() }, byBucket: Object.fromEntries(told) };
}

describe('at any instant of a campaign', () => {
  test.each([1, 2, 3, 4])(
    'a pack of each batch verifies and agrees with the histories, seed %i',
    async (seed) => {
      let [round, packs] = [0, 0];
      await campaign(seed, await simulationSample(), {
        afterRound: async (ports) => {
          round += 1;
          if (round % 5 !== 0) return;
          for await (const { stream } of allRows(ports.store, { kind: 'batch' })) {
            const batch = stream.slice('batch/'.length);
            const made = await makePack({ batch, isFull: round % 10 === 0 }, 'system', ports);
            if (made.outcome === 'refused') throw new Error(made.why.en);
            packs += 1;
            expect([round, batch, verifyPack(made.zip).problems]).toEqual([round, batch, []]);
            const said = manifest.parse(
              JSON.parse(Buffer.from(readZip(made.zip).members.get('manifest.json') ?? []).toString()),
            );
            const { 'taken-out': _out, ...byBucket } = said.totals.byBucket;
            expect({ ...said.totals, byBucket }).toEqual(await placesOf(batch, ports));
          }
        },
      });
      expect(packs).toBeGreaterThan(3);
    },
    120_000,
  );
});
