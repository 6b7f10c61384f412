/** The part of Amazon States Language that our definition uses. Anything else is refused by name. */
import * as z from 'zod';
import { valueAt } from './json-path.ts';

const retrier = z.strictObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number(),
  MaxAttempts: z.number(),
  BackoffRate: z.number(),
  MaxDelaySeconds: z.number().optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});
export type Retrier = z.infer<typeof retrier>;

const catcher = z.strictObject({ ErrorEquals: z.array(z.string()), ResultPath: z.null(), Next: z.string() });

const ending = { Next: z.string().optional(), End: z.literal(true).optional() };

const task = z.strictObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  TimeoutSeconds: z.number().optional(),
  Retry: z.array(retrier).optional(),
  Catch: z.array(catcher).optional(),
  ...ending,
});
export type TaskState = z.infer<typeof task>;

/** The handler's name stands at the end of the function's address. */
export function handlerOf({ Resource, Parameters }: TaskState): string {
  const address = Resource.endsWith('.waitForTaskToken') ? String(Parameters?.['FunctionName']) : Resource;
  return address.split(':').at(-1) ?? address;
}

type Test =
  | { Variable: string; StringEquals: string }
  | { Variable: string; IsPresent: boolean }
  | { And: Test[] }
  | { Or: Test[] }
  | { Not: Test };
const test: z.ZodType<Test> = z.lazy(() => testWith({}));

/** A rule of a choice is a test with a `Next`; the tests inside it have none. */
function testWith<More extends z.ZodRawShape>(more: More) {
  return z.union([
    z.strictObject({ Variable: z.string(), StringEquals: z.string(), ...more }),
    z.strictObject({ Variable: z.string(), IsPresent: z.boolean(), ...more }),
    z.strictObject({ And: z.array(test), ...more }),
    z.strictObject({ Or: z.array(test), ...more }),
    z.strictObject({ Not: test, ...more }),
  ]);
}

export function holds(rule: Test, input: unknown): boolean {
  if ('StringEquals' in rule) return valueAt(rule.Variable, input) === rule.StringEquals;
  if ('IsPresent' in rule) return (valueAt(rule.Variable, input) !== undefined) === rule.IsPresent;
  if ('And' in rule) return rule.And.every((each) => holds(each, input));
  if ('Or' in rule) return rule.Or.some((each) => holds(each, input));
  return !holds(rule.Not, input);
}

const choice = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(testWith({ Next: z.string() })),
  Default: z.string().optional(),
});
export type ChoiceState = z.infer<typeof choice>;

const pause = z.strictObject({ Type: z.literal('Wait'), Seconds: z.number(), ...ending });
const succeed = z.strictObject({ Type: z.literal('Succeed') });
const fail = z.strictObject({ Type: z.literal('Fail'), Error: z.string().optional(), Cause: z.string().optional() });

const child = z.strictObject({
  ProcessorConfig: z.object({ Mode: z.literal('DISTRIBUTED') }).loose(),
  StartAt: z.string(),
  States: z.record(z.string(), task),
});

const map = z.strictObject({
  Type: z.literal('Map'),
  ItemProcessor: child,
  ItemReader: z.object({ Parameters: z.record(z.string(), z.unknown()) }).loose(),
  ItemBatcher: z.strictObject({ MaxItemsPerBatch: z.number(), BatchInput: z.record(z.string(), z.unknown()) }),
  MaxConcurrency: z.number().optional(),
  /** Here no child may fail, whatever stands there. */
  ToleratedFailurePercentage: z.literal(0).optional(),
  ResultPath: z.null(),
  Label: z.string().optional(),
  ...ending,
});
export type MapState = z.infer<typeof map>;

const state = z.discriminatedUnion('Type', [task, choice, pause, succeed, fail, map], {
  error: ({ input }) => `the walker does not know the state ${JSON.stringify(input)}`,
});
export type State = z.infer<typeof state>;

export const definition = z.strictObject({ StartAt: z.string(), States: z.record(z.string(), state) });
export type Definition = z.infer<typeof definition>;

/** Whether a retrier or catcher speaks of an error of this name. */
export function speaksOf(errors: readonly string[], name: string): boolean {
  return errors.some(
    (error) => error === name || error === 'States.ALL' || (error === 'States.TaskFailed' && name !== 'States.Timeout'),
  );
}

/** Milliseconds; the interval grows by the rate up to its limit, with full jitter where the definition says so. */
export function delay(
  { IntervalSeconds, BackoffRate, MaxDelaySeconds, JitterStrategy }: Retrier,
  tries: number,
  random: () => number,
): number {
  const seconds = Math.min(IntervalSeconds * BackoffRate ** tries, MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return seconds * 1000 * (JitterStrategy === 'FULL' ? random() : 1);
}
