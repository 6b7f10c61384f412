/**
 * `npm run --silent assess`: one JSON object a line in, one a line out, in the same order (contract facts-v1).
 * Exit code 0 when every line was answered, 1 when the program itself failed, 2 for a wrong command line.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { contradictions, facts } from '../../../shared/case/facts.ts';
import type { AssessedLine, Assessment } from '../../../shared/case/assessment.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import type { SetReadings } from '../../../shared/law/readings.ts';
import { readingsFrom } from './reading-options.ts';

const request = z.strictObject({ id: z.unknown(), ...facts.shape });

/** Of a line that does not fit, what can still be held against itself: every fault is told at once. */
const legible = z.object({
  person: z
    .object({ birth: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  leaving: z
    .object({ on: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  service: z
    .array(z.object({ from: z.string().catch('9999-12') }).catch({ from: '9999-12' }))
    .optional()
    .catch(undefined),
  contractSignedOn: z.string().optional().catch(undefined),
});

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
    return { id: null, outcome: 'invalid', faults: [{ path: '', message: 'not valid JSON' }] };
  }
  const parsed = request.safeParse(json);
  const shown = parsed.success ? parsed.data : legible.safeParse(json).data;
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(faultsOf)),
    ...contradictions(shown ?? {}).map(({ path, message }) => ({ path: path.join('.'), message })),
  ];
  if (!parsed.success || faults.length > 0) return { id: idOf(json), outcome: 'invalid', faults };
  const { id, ...given } = parsed.data;
  return { id: id ?? null, ...onTheWire(assess(given, set)) };
}

function idOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'id' in json ? json.id : null;
}

/** Unknown keys are named one by one, each by its own path; a union says what its closest member lacks. */
function faultsOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'unknown key' }));
  }
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.toSorted((one, other) => one.length - other.length)[0] ?? [];
    const inner = closest.flatMap((error) => faultsOf({ ...error, path: [...issue.path, ...error.path] }));
    if (inner.length > 0) return inner;
  }
  return [{ path: path.join('.'), message: issue.message }];
}

/** The contract's own fields and no others. */
function onTheWire(assessment: Assessment): Record<string, unknown> {
  const { outcome, open, marks } = assessment;
  const figures = 'figures' in assessment && assessment.figures !== undefined ? { figures: assessment.figures } : {};
  switch (outcome) {
    case 'entitled': {
      const { regime, total, lines, yieldsTo } = assessment;
      const yields = yieldsTo === undefined ? {} : { yieldsTo };
      return { outcome, regime, total, lines: lines.map(wireLine), ...figures, ...yields, open, marks };
    }
    case 'not-entitled':
      return {
        outcome,
        grounds: assessment.grounds.map(({ ground, by }) => ({ ground, by })),
        ...figures,
        open,
        marks,
      };
    case 'incomplete':
      return { outcome, missing: assessment.missing, open, marks };
    case 'review': {
      const { reasons, regime, alternatives } = assessment;
      const written = alternatives?.map(({ lines, ...rest }) => ({
        ...rest,
        ...(lines ? { lines: lines.map(wireLine) } : {}),
      }));
      return {
        outcome,
        ...(regime === undefined ? {} : { regime }),
        reasons,
        ...figures,
        open,
        marks,
        ...(written === undefined ? {} : { alternatives: written }),
      };
    }
  }
}

function wireLine({ line, amount, by, working }: AssessedLine) {
  return { line, amount, by, working };
}
