/** The part of Amazon States Language that our definition uses. Anything else is refused by name. */
import * as z from 'zod';

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

const choice = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(z.strictObject({ Variable: z.string(), StringEquals: z.string(), Next: z.string() })),
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
  ResultPath: z.null(),
  Label: z.string().optional(),
  ...ending,
});
export type MapState = z.infer<typeof map>;

const state = z.discriminatedUnion('Type', [task, choice, pause, succeed, fail, map]);
export type State = z.infer<typeof state>;

export const definition = z.strictObject({ StartAt: z.string(), States: z.record(z.string(), state) });
export type Definition = z.infer<typeof definition>;

/** The value at `$`, `$.a` or `$.a.b`; throws on any other path, by name. */
export function valueAt(path: string, input: unknown): unknown {
  if (!/^\$(\.[A-Za-z]\w*)*$/.test(path)) throw new Error(`the walker does not know the path ${path}`);
  let value: unknown = input;
  for (const name of path.split('.').slice(1)) {
    value = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
  }
  return value;
}

/** Fills a template's `name.$` fields from the input, the task's token, and `States.Format`. */
export function filled(
  template: Readonly<Record<string, unknown>>,
  input: unknown,
  token: string | undefined,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(template)) {
    if (name.endsWith('.$')) result[name.slice(0, -2)] = evaluated(String(value), input, token);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      result[name] = filled(Object.fromEntries(Object.entries(value)), input, token);
    } else result[name] = value;
  }
  return result;
}

function evaluated(expression: string, input: unknown, token: string | undefined): unknown {
  if (expression === '$$.Task.Token') return token;
  const format = /^States\.Format\('([^']*)', (\$[\w.]*)\)$/.exec(expression);
  if (format !== null) return (format[1] ?? '').replace('{}', String(valueAt(format[2] ?? '', input)));
  return valueAt(expression, input);
}

/** Whether a retrier or catcher speaks of an error of this name. */
export function speaksOf(errors: readonly string[], name: string): boolean {
  return errors.some(
    (error) => error === name || error === 'States.ALL' || (error === 'States.TaskFailed' && name !== 'States.Timeout'),
  );
}
