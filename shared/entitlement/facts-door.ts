/**
 * The door to this stage for other systems: one JSON object of facts in, one answer out, by contract facts-v1. The command
 * `assess` and the API both open it.
 */
import * as z from 'zod';
import { type AssessedLine, type Assessment, figures } from '../case/assessment.ts';
import { contradictions, facts } from '../case/facts.ts';
import type { SetReadings } from '../law/readings.ts';
import { assess } from './assess.ts';

/** `id` is any JSON, and comes back. */
export const factsRequest = z.strictObject({ id: z.unknown().optional(), ...facts.shape });

const amount = z.string().regex(/^\d+$/);
export const factsLine = z.object({ line: z.string(), amount, by: z.string(), working: z.string() });
const marked = { id: z.unknown(), open: z.array(z.string()), marks: z.array(z.string()) };

const factFault = z.object({ path: z.string(), message: z.string() });
export type FactFault = z.infer<typeof factFault>;

export const factsInvalid = z.object({
  id: z.unknown(),
  outcome: z.literal('invalid'),
  /** Every fault at once. */
  faults: z.array(factFault),
});

export const factsAssessed = z.discriminatedUnion('outcome', [
  z.object({
    ...marked,
    outcome: z.literal('entitled'),
    regime: z.string(),
    total: amount,
    lines: z.array(factsLine),
    figures: figures.exactOptional(),
    yieldsTo: z.array(z.object({ regime: z.string(), total: amount })).exactOptional(),
  }),
  z.object({
    ...marked,
    outcome: z.literal('not-entitled'),
    grounds: z.array(z.object({ ground: z.string(), by: z.string() })),
    figures: figures.exactOptional(),
  }),
  z.object({ ...marked, outcome: z.literal('incomplete'), missing: z.array(z.string()) }),
  z.object({
    ...marked,
    outcome: z.literal('review'),
    regime: z.string().exactOptional(),
    reasons: z.array(z.object({ reason: z.string() })),
    figures: figures.exactOptional(),
    alternatives: z
      .array(
        z.object({
          readings: z.record(z.string(), z.string()),
          outcome: z.string(),
          regime: z.string().optional(),
          total: amount.optional(),
          lines: z.array(factsLine).exactOptional(),
        }),
      )
      .exactOptional(),
  }),
]);

type FactsInvalid = z.infer<typeof factsInvalid>;
type FactsAssessed = z.infer<typeof factsAssessed>;

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

/** Takes what was parsed of one object, and the switches that are set. Gives the contract's own fields and no others. */
export function answerFacts(json: unknown, set: SetReadings = {}): FactsInvalid | FactsAssessed {
  const parsed = factsRequest.safeParse(json);
  const shown = parsed.success ? parsed.data : legible.safeParse(json).data;
  const faults = [
    ...(parsed.success ? [] : faultsOf(parsed.error)),
    ...contradictions(shown ?? {}).map(({ path, message }) => ({ path: path.join('.'), message })),
  ];
  if (!parsed.success || faults.length > 0) return { id: idOf(json), outcome: 'invalid', faults };
  const { id, ...given } = parsed.data;
  return { id: id ?? null, ...onTheWire(assess(given, set)) };
}

/** The answer to a line that is no JSON at all. */
export const notJson: FactsInvalid = {
  id: null,
  outcome: 'invalid',
  faults: [{ path: '', message: 'not valid JSON' }],
};

function idOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'id' in json ? json.id : null;
}

/** Of anything that came as JSON and does not fit: unknown keys by name, each fault by its own path. */
export function faultsOf({ issues }: z.core.$ZodError): FactFault[] {
  return issues.flatMap(faultsIn);
}

/** Unknown keys are named one by one, each by its own path; a union says what its closest member lacks. */
function faultsIn(issue: z.core.$ZodIssue): FactFault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'unknown key' }));
  }
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.toSorted((one, other) => one.length - other.length)[0] ?? [];
    const inner = closest.flatMap((error) => faultsIn({ ...error, path: [...issue.path, ...error.path] }));
    if (inner.length > 0) return inner;
  }
  return [{ path: path.join('.'), message: issue.message }];
}

/** Of a union, each member less some keys. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export function onTheWire(assessment: Assessment): Without<FactsAssessed, 'id'> {
  const { outcome, open, marks } = assessment;
  const known = 'figures' in assessment && assessment.figures !== undefined ? { figures: assessment.figures } : {};
  switch (outcome) {
    case 'entitled': {
      const { regime, total, lines, yieldsTo } = assessment;
      const yields = yieldsTo === undefined ? {} : { yieldsTo };
      return { outcome, regime, total, lines: lines.map(wireLine), ...known, ...yields, open, marks };
    }
    case 'not-entitled':
      return {
        outcome,
        grounds: assessment.grounds.map(({ ground, by }) => ({ ground, by })),
        ...known,
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
        ...known,
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
