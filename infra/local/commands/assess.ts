/**
 * `npm run --silent assess`: one JSON object a line in, one a line out, in the same order (contract facts-v1).
 * Exit code 0 when every line was answered, 1 when the program itself failed, 2 for a wrong command line.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { answerFacts, notJson } from '../../../shared/entitlement/facts-door.ts';
import type { SetReadings } from '../../../shared/law/readings.ts';
import { readingsFrom } from './reading-options.ts';

await run();

async function run(): Promise<void> {
  const set = setFrom(process.argv.slice(2));
  if (typeof set === 'string') {
    process.stderr.write(`${set}\n`);
    process.exitCode = 2;
    return;
  }
  let pending = '';
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    pending += `${JSON.stringify(answerTo(line, set))}\n`;
    if (pending.length > 65_536) {
      await write(pending);
      pending = '';
    }
  }
  await write(pending);
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function setFrom(args: readonly string[]): SetReadings | string {
  try {
    const { values } = parseArgs({ args: [...args], options: { reading: { type: 'string', multiple: true } } });
    return readingsFrom(values.reading ?? []);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function answerTo(line: string, set: SetReadings): unknown {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return notJson;
  }
  return answerFacts(json, set);
}
