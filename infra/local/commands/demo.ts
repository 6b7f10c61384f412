/**
 * `npm run demo`: the whole journey over HTTP in a temporary data folder; `-- --data DIR` keeps it. `-- --home aws` takes the
 * cloud home's adapters, against a server that stands in for AWS.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../server.ts';
import { journey } from './journey.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    people: { type: 'string' },
    home: { type: 'string', default: 'local' },
    seed: { type: 'string', default: '1' },
  },
});
const kept = values.data === undefined ? undefined : resolve(values.data);
const directory = kept ?? mkdtempSync(join(tmpdir(), 'chi-tra-demo-'));
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s`;

/** A stand-in copies a whole table for each transaction: it is for few people. */
const people = Number(values.people ?? (values.home === 'aws' ? 20 : 120));
const tell = (sentence: string) => void process.stdout.write(`${seconds()}  ${sentence}\n`);

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

async function open(): Promise<Running> {
  if (values.home === 'aws') {
    const { openRehearsal } = await import('../cloud/open-rehearsal.ts');
    return openRehearsal(directory, tell);
  }
  if (values.home !== 'local') throw new Error('--home là local (mặc định) hoặc aws.');
  return startServer({
    port: 0,
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    seed: 'nghe-an',
  });
}

try {
  const server = await open();
  try {
    await journey({ url: server.url, people, seed: Number(values.seed), tell });
    tell(`Xong.${kept === undefined ? '' : ` Dữ liệu ở ${kept}.`}`);
  } finally {
    await server.stop();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
} finally {
  if (kept === undefined) rmSync(directory, { recursive: true, force: true });
}
