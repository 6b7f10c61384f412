/**
 * A server that stands in for AWS over HTTP: `moto` from PyPI. It copies a whole table for each transaction: keep tables small.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { withPython } from './python.ts';

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
# what else is asked of it
from werkzeug.serving import run_simple
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
run_simple('127.0.0.1', int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)
`;
const elsewhere = '# what else is asked of it';

/**
 * `undefined`, with a loud line, where Python or PyPI is missing, as `withPython` says. `also` is Python that runs before it serves,
 * with the port in `sys.argv[1]`.
 */
export async function openMoto(also = ''): Promise<Moto | undefined> {
  return withPython({ name: 'moto', requirements, untested: "AGAINST AWS'S STAND-IN" }, async (python) =>
    start(python, also),
  );
}

async function start(python: string, also: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(python, ['-c', serve.replace(elsewhere, () => also), String(port)], { stdio: 'ignore' });
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
