/** `npm run demo`: the whole journey over HTTP in a temporary data folder; `-- --data DIR` keeps it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../server.ts';
import { journey } from './journey.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    people: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
  },
});
const kept = values.data === undefined ? undefined : resolve(values.data);
const directory = kept ?? mkdtempSync(join(tmpdir(), 'chi-tra-demo-'));
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s`;

try {
  const server = await startServer({
    port: 0,
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    seed: 'nghe-an',
  });
  try {
    await journey({
      url: server.url,
      people: Number(values.people),
      seed: Number(values.seed),
      tell: (sentence) => process.stdout.write(`${seconds()}  ${sentence}\n`),
    });
    process.stdout.write(`${seconds()}  Xong.${kept === undefined ? '' : ` Dữ liệu ở ${kept}.`}\n`);
  } finally {
    await server.stop();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
} finally {
  if (kept === undefined) rmSync(directory, { recursive: true, force: true });
}
