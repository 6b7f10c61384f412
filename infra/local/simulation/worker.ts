/** Runs campaigns in a thread of its own: takes a first seed and a count, answers with what became of each. */
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { campaign, type Sample } from './campaign.ts';
import { sabotages } from './sabotage.ts';

const task = z.object({ first: z.number(), count: z.number(), sabotage: z.enum(sabotages).optional() });
// Made by the parent thread of the same process, and copied as it is.
const sample: Sample = workerData;

parentPort?.on('message', (message) => {
  const { first, count, sabotage } = task.parse(message);
  void tell(Array.from({ length: count }, (_, index) => first + index));

  async function tell(seeds: readonly number[]): Promise<void> {
    const told = [];
    for (const seed of seeds) told.push(await campaign(seed, sample, { sabotage }));
    parentPort?.postMessage(told);
  }
});
