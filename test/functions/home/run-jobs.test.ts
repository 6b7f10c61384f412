/** Jobs that are begun twice, come back late, meet faults, or are forgotten. A job that reads a register stands for all. */
import { expect, test } from 'vitest';
import { jobs } from '../../../functions/home/jobs.ts';
import { runJob, runJobs } from '../../../functions/home/run-jobs.ts';
import { sweepJobs } from '../../../functions/home/sweep-jobs.ts';
import { openWorld } from '../../../infra/local/simulation/world.ts';
import { Transient } from '../../../shared/case/faults.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { scratchInMemory } from '../../contracts/desk.ts';

const minute = 60_000;
const nothing = new Uint8Array();

/** A scratch whose clock goes ahead of this machine's. */
function opened() {
  let ahead = 0;
  const scratch = scratchInMemory(() => Date.now() + ahead);
  let ids = 0;
  const begun: string[] = [];
  const port = jobs(
    scratch,
    () => `job-${(ids += 1)}`,
    (id) => void begun.push(id),
  );
  const faults: string[] = [];
  const { ports } = openWorld([]);
  const reading = (get: Ports['files']['get']): Ports => ({ ...ports, files: { ...ports.files, get } });
  return {
    scratch,
    begun,
    faults,
    start: async () => port.start('read-register', { file: 'f' }, 'me'),
    status: async (id: string) => (await port.find(id))?.status,
    run: async (id: string, get: Ports['files']['get']) =>
      runJob(id, scratch, reading(get), (error) => faults.push(String(error))),
    runAll: async (get: Ports['files']['get']) => runJobs(scratch, reading(get), (error) => faults.push(String(error))),
    sweep: async (later: number) =>
      sweepJobs(
        scratch,
        async (id) => void begun.push(id),
        () => Date.now() + later,
      ),
    pass: (milliseconds: number) => (ahead += milliseconds),
  };
}

const busy = async () => Promise.reject(new Transient('the store of files is busy'));

test('a job that is begun twice is run once', async () => {
  const { start, run, status } = opened();
  const id = await start();
  const { promise: closed, resolve: open } = Promise.withResolvers<void>();
  let reads = 0;
  const slow = async () => {
    reads += 1;
    await closed;
    return nothing;
  };
  const first = run(id, slow);
  const atOnce = run(id, slow);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([atOnce, run(id, slow)]);
  expect(await status(id)).toBe('running');
  open();
  await first;
  expect([reads, await status(id)]).toEqual([1, 'done']);
  await run(id, slow);
  expect(reads).toBe(1);
});

test('a run that comes back late undoes nothing of the one that ended the job', async () => {
  const { start, run, status, pass } = opened();
  const id = await start();
  const { promise: closed, reject: fail } = Promise.withResolvers<Uint8Array>();
  const late = run(id, async () => closed);
  await new Promise((resolve) => setImmediate(resolve));
  pass(17 * minute);
  await run(id, async () => nothing);
  expect(await status(id)).toBe('done');
  fail(new Error('too late'));
  await late;
  expect(await status(id)).toBe('done');
});

test('what may pass is thrown for the service to try again, and the job waits', async () => {
  const { start, run, status, faults } = opened();
  const id = await start();
  await expect(run(id, busy)).rejects.toThrow(Transient);
  expect([await status(id), faults]).toEqual(['waiting', []]);
  await run(id, async () => nothing);
  expect(await status(id)).toBe('done');
});

test('five faults may pass, the sixth ends the job', async () => {
  const { start, run, status, faults } = opened();
  const id = await start();
  for (let fault = 1; fault <= 5; fault += 1) await expect(run(id, busy)).rejects.toThrow(Transient);
  expect(await status(id)).toBe('waiting');
  await run(id, busy);
  expect([await status(id), faults]).toEqual(['failed', ['Transient: the store of files is busy']]);
});

test('any other fault ends the job at once', async () => {
  const { start, run, status, faults } = opened();
  const id = await start();
  await run(id, async () => Promise.reject(new Error('this file has no end')));
  expect([await status(id), faults]).toEqual(['failed', ['Error: this file has no end']]);
});

test('one machine runs what waits, and leaves a job that met a fault its time', async () => {
  const { start, runAll, status, faults } = opened();
  const [one, other] = [await start(), await start()];
  let asked = 0;
  const onceBusy = async () => ((asked += 1) === 1 ? busy() : nothing);
  await runAll(onceBusy);
  await runAll(onceBusy);
  expect([await status(one), await status(other)]).toEqual(['waiting', 'done']);
  expect([asked, faults]).toEqual([2, ['Transient: the store of files is busy']]);
});

test.each([
  [5 * minute - 1000, 0],
  [5 * minute + 1000, 1],
])('%i milliseconds after a job was begun and nobody came, it is begun %i times more', async (later, times) => {
  const { start, sweep, begun } = opened();
  const id = await start();
  begun.length = 0;
  await sweep(later);
  await sweep(later);
  expect(begun).toEqual(Array(times).fill(id));
});

test('a job whose process died is begun again once its lease has ended, and not before', async () => {
  const { start, run, sweep, begun, pass, status } = opened();
  const id = await start();
  void run(id, async () => new Promise(() => {}));
  await new Promise((resolve) => setImmediate(resolve));
  begun.length = 0;
  await sweep(15 * minute);
  expect(begun).toEqual([]);
  pass(16 * minute);
  await sweep(17 * minute);
  expect(begun).toEqual([id]);
  await run(id, async () => nothing);
  expect(await status(id)).toBe('done');
  await sweep(60 * minute);
  expect(begun).toEqual([id]);
});
