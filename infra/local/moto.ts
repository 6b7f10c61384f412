/**
 * A server that stands in for AWS over HTTP: `moto` from PyPI, in a virtual environment that is made once a version and kept
 * with the user's other caches. It copies a whole table for each transaction: keep tables small.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sha256 } from '../../shared/hash.ts';

export interface Moto {
  readonly endpoint: string;
  close(): Promise<void>;
}

const requirements = join(import.meta.dirname, 'moto-requirements.txt');
const startMilliseconds = 30_000;
/**
 * One request at a time: a transaction of moto is not safe from another. It copies its tables before it writes, to go back when
 * an action is refused: here once for all actions of a transaction on a table, not once for each of up to a hundred.
 */
const serve = `
import copy, sys, types
from moto.dynamodb import models
made = {}
def copied(thing):
    if not isinstance(thing, models.Table):
        return copy.deepcopy(thing)
    if id(thing) not in made:
        made[id(thing)] = copy.deepcopy(thing)
    return made[id(thing)]
plain = models.DynamoDBBackend.transact_write_items
def transact_write_items(self, items):
    made.clear()
    try:
        return plain(self, items)
    finally:
        made.clear()
models.copy = types.SimpleNamespace(deepcopy=copied)
models.DynamoDBBackend.transact_write_items = transact_write_items
from werkzeug.serving import run_simple
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
run_simple('127.0.0.1', int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)
`;

/**
 * `undefined`, with a loud line, where Python or PyPI is missing; with `CI=true` that throws. The tests that need it are then
 * skipped, never passed.
 */
export async function openMoto(): Promise<Moto | undefined> {
  try {
    return await start(environment());
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    process.stderr.write(`\n!!! NOT TESTED AGAINST AWS'S STAND-IN: ${String(error)}\n\n`);
    return undefined;
  }
}

/** The folder of the virtual environment; made beside its place and moved there, so that it is whole or not there. */
function environment(): string {
  const caches = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chi-tra');
  const place = join(caches, `moto-${sha256(readFileSync(requirements)).slice(0, 12)}`);
  if (existsSync(place)) return place;
  mkdirSync(caches, { recursive: true });
  const made = mkdtempSync(join(caches, 'making-'));
  try {
    run('python3', '-m', 'venv', made);
    run(pythonIn(made), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements);
    if (!existsSync(place)) renameSync(made, place);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return place;
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-2000)}`);
}

const pythonIn = (folder: string) => join(folder, 'bin', 'python');

async function start(folder: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(pythonIn(folder), ['-c', serve, String(port)], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const stop = () => server.kill();
  process.once('exit', stop);
  for (let waited = 0; waited < startMilliseconds && server.exitCode === null; waited += 100) {
    await delay(100);
    if (await isUp(endpoint)) {
      return {
        endpoint,
        async close() {
          process.off('exit', stop);
          stop();
          await ended;
        },
      };
    }
  }
  stop();
  throw new Error('moto did not start');
}

async function isUp(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
