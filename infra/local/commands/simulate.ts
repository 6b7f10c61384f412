/**
 * `npm run simulate -- --seeds N`: whole campaigns against a Treasury and banks that answer badly, with a process that dies
 * between any two writes. `--from S` begins at another seed, `--story` tells each, `--sabotage NAME` breaks a guard on purpose.
 * Exit 0 when nothing was paid twice, lost or stuck; 1 when something was; 2 for wrong usage.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { type Sabotage, sabotages } from '../simulation/sabotage.ts';
import { simulationSample } from '../simulation/sample.ts';

const usage = `npm run simulate -- --seeds N [--from S] [--story] [--sabotage ${sabotages.join('|')}]`;
const mostSeeds = 1_000_000;
const seedsATask = 5;

interface Wanted {
  readonly seeds: number;
  readonly from: number;
  readonly withStory: boolean;
  readonly sabotage: Sabotage | undefined;
}

const told = z.object({
  seed: z.number(),
  people: z.number(),
  units: z.number(),
  sources: z.number(),
  faults: z.number(),
  deaths: z.number(),
  paidTwice: z.number(),
  lost: z.number(),
  stuck: z.number(),
  unclear: z.number(),
  story: z.array(z.string()),
});
type Told = z.infer<typeof told>;

const wanted = readArguments();
if (wanted === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
// What is written may still wait for whoever reads it.
process.exitCode = await run(wanted);

function readArguments(): Wanted | undefined {
  try {
    const { values } = parseArgs({
      options: {
        seeds: { type: 'string' },
        from: { type: 'string', default: '1' },
        story: { type: 'boolean', default: false },
        sabotage: { type: 'string' },
      },
    });
    const [seeds, from] = [whole(values.seeds), whole(values.from)];
    const sabotage = sabotages.find((one) => one === values.sabotage);
    if (seeds === undefined || from === undefined || seeds > mostSeeds) return undefined;
    if (values.sabotage !== undefined && sabotage === undefined) return undefined;
    return { seeds, from, withStory: values.story, sabotage };
  } catch {
    return undefined;
  }
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** Tells each campaign in the order of the seeds, whichever was done first. */
async function run({ seeds, from, withStory, sabotage }: Wanted): Promise<number> {
  const sample = await simulationSample();
  const waiting = new Map<number, Told>();
  const counts = { paidTwice: 0, lost: 0, stuck: 0 };
  let next = from;
  let toGive = from;
  const take = (one: Told) => {
    waiting.set(one.seed, one);
    for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
      waiting.delete(next);
      next += 1;
      // A row that does not say what its history says is money that somebody cannot find.
      const lost = ready.lost + ready.unclear;
      counts.paidTwice += ready.paidTwice;
      counts.lost += lost;
      counts.stuck += ready.stuck;
      const isWrong = ready.paidTwice + lost + ready.stuck > 0;
      if (withStory) for (const sentence of ready.story) process.stdout.write(`  ${sentence}\n`);
      if (withStory || isWrong) process.stdout.write(`${sentenceOf(ready)}\n`);
    }
  };
  const workers = Math.min(availableParallelism(), Math.ceil(seeds / seedsATask));
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = new Worker(new URL('../simulation/worker.ts', import.meta.url), {
        workerData: sample,
        // Nearly everything a campaign makes is thrown away with it.
        resourceLimits: { maxYoungGenerationSizeMb: 64 },
      });
      try {
        for (;;) {
          const first = toGive;
          const count = Math.min(seedsATask, from + seeds - first);
          if (count <= 0) return;
          toGive += count;
          for (const one of await ask(worker, { first, count, sabotage })) take(one);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  const { paidTwice, lost, stuck } = counts;
  process.stdout.write(`seeds ${seeds}, paid twice ${paidTwice}, lost ${lost}, stuck ${stuck}\n`);
  return paidTwice + lost + stuck > 0 ? 1 : 0;
}

function ask(worker: Worker, task: object): Promise<readonly Told[]> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message) => {
      worker.removeAllListeners('error');
      resolve(z.array(told).parse(message));
    });
    worker.once('error', reject);
    worker.postMessage(task);
  });
}

function sentenceOf({ seed, people, units, sources, faults, deaths, paidTwice, lost, stuck, unclear }: Told): string {
  const what = `${people} people, ${units} units, ${sources} sources, ${faults} faults, ${deaths} deaths`;
  return `seed ${seed}: ${what}: paid twice ${paidTwice}, lost ${lost + unclear}, stuck ${stuck}`;
}
