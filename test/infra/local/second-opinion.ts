/**
 * The same definition, answers and waits run twice: by our walker, and by an interpreter that others wrote. What each did comes
 * back in one shape. The interpreter knows no file of items, no batching and no token that comes later: it is given the batches as
 * our walker would have made them, and its waits answer at once or time out at once.
 */
import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { type Definition, definition as definitionSchema } from '../../../infra/local/asl.ts';
import { type Execution, type Position, position, type Positions } from '../../../infra/local/positions.ts';
import { type Walker, type WalkerPorts, walker } from '../../../infra/local/walk-workflow.ts';
import { once } from '../../../shared/case/history.ts';

/** What a step does at one call: gives this back, throws an error of this name, or, of a wait, says nothing until its limit. */
export type Answer = { readonly gives: unknown } | { readonly throws: string } | { readonly silent: true };

/** The answers of a step, call by call; of a step over every part, those of each child, try by try. */
export type Script = (step: string, call: number, child?: number) => Answer;

export interface Run {
  /** The states entered one after another, those of the children apart. */
  readonly states: readonly string[];
  /** What each step was given, in order; a child's calls stand together under its number. */
  readonly calls: readonly string[];
  readonly end: { readonly output: unknown } | { readonly error: string };
}

export const batchSize = (text: Definition, state: string) => {
  const map = text.States[state];
  return map?.Type === 'Map' ? map.ItemBatcher.MaxItemsPerBatch : 1;
};

const childOf = (payload: unknown) =>
  z.object({ Items: z.array(z.string()) }).safeParse(payload).data?.Items[0] ?? undefined;

/** Notes each call of a step, and finds its answer. */
export class Calls {
  readonly #script: Script;
  readonly #items: readonly string[];
  readonly #size: number;
  readonly #count = new Map<string, number>();
  readonly #noted: { readonly step: string; readonly child: number | undefined; readonly text: string }[] = [];

  constructor(script: Script, items: readonly string[], size: number) {
    this.#script = script;
    this.#items = items;
    this.#size = size;
  }

  answer(step: string, payload: unknown): Answer {
    const first = childOf(payload);
    const child = first === undefined ? undefined : Math.floor(this.#items.indexOf(first) / this.#size);
    const key = `${step} ${child ?? ''}`;
    const call = this.#count.get(key) ?? 0;
    this.#count.set(key, call + 1);
    const text = JSON.stringify(payload, (name, value: unknown) => (name === 'token' ? 'a token' : value));
    this.#noted.push({ step, child, text: `${step} ${text}` });
    return this.#script(step, call, child);
  }

  /** In their order; children run at once, so that those of one Map stand by their number. */
  list(): readonly string[] {
    const ordered: string[] = [];
    for (let start = 0; start < this.#noted.length; ) {
      const { step, child: isChild } = this.#noted[start] ?? { step: '', child: undefined };
      let end = start + 1;
      while (isChild !== undefined && this.#noted[end]?.step === step) end += 1;
      const together = this.#noted.slice(start, end).toSorted((one, other) => (one.child ?? 0) - (other.child ?? 0));
      ordered.push(...together.map(({ text }) => text));
      start = end;
    }
    return ordered;
  }
}

const named = (name: string) => Object.assign(new Error(`thrown as ${name}`), { name });

/** By our walker, over a clock that is moved to whatever is waited for. */
export async function byOurWalker(
  text: Definition,
  script: Script,
  items: readonly string[],
  around: (ports: WalkerPorts) => WalkerPorts = (ports) => ports,
): Promise<Run> {
  let clock = 0;
  let tokens = 0;
  const states: string[] = [];
  const calls = new Calls(script, items, batchSize(text, 'recompute every part'));
  const answers: { readonly token: string; readonly output: unknown }[] = [];
  const positions = keptInMemory((state) => void states.push(state));
  const ports: WalkerPorts = {
    async invoke(step, payload) {
      const answer = calls.answer(step, payload);
      if ('throws' in answer) throw named(answer.throws);
      if ('silent' in answer) return undefined;
      const token = z.object({ token: z.string() }).safeParse(payload).data?.token;
      if (token !== undefined) answers.push({ token, output: answer.gives });
      return answer.gives;
    },
    items: async () => items,
    positions,
    now: () => clock,
    newToken: () => `token-${(tokens += 1)}`,
    onFault: () => {},
    random: () => 1,
  };
  const walk: Walker = walker(text, around(ports));
  walk.start('b1', { batchId: 'b1' });
  for (;;) {
    await walk.idle();
    const found = walk.find('b1');
    if (found === undefined) throw new Error('the execution is gone');
    const { status, position: at } = found;
    if (status === 'succeeded') return { states, calls: calls.list(), end: { output: at.input } };
    if (status === 'failed') return { states, calls: calls.list(), end: { error: at.error ?? '' } };
    const answer = answers.shift();
    if (answer !== undefined) walk.wake(answer.token, answer.output);
    else {
      clock = Math.max(clock, at.until ?? at.deadline ?? clock);
      walk.resumeAll();
    }
  }
}

function keptInMemory(onEnter: (state: string) => void): Positions {
  const known = new Map<string, Execution>();
  const copy = (where: Position) => position.parse(JSON.parse(JSON.stringify(where)));
  return {
    find: (id) => known.get(id),
    save(id, status, where) {
      // A state is entered when another was before; no state of ours leads to itself.
      if (known.get(id)?.position.state !== where.state) onEnter(where.state);
      known.set(id, { id, status, position: copy(where) });
    },
    unfinished: () => [...known.values()].filter(({ status }) => status === 'running' || status === 'waiting'),
    waitingOn: (token) => [...known.values()].find(({ position: at }) => at.token === token),
  };
}

const interpreted = z.custom<ConstructorParameters<typeof StateMachine>[0]>();
/** A timer of Node is at most 24 days long; the interpreter's longer waits would end at once. */
const longestTimer = 2_000_000;
const mapsAsLists = (text: string) =>
  JSON.stringify(JSON.parse(text), (name, value: unknown) => {
    if (name === 'TimeoutSeconds' && typeof value === 'number') return Math.min(value, longestTimer);
    const map = z.looseObject({ Type: z.literal('Map') }).safeParse(value).data;
    if (map === undefined) return value;
    const { ItemReader: _file, ItemBatcher: _size, Label: _label, ToleratedFailurePercentage: _share, ...rest } = map;
    return { ...rest, ItemsPath: '$$.Batches' };
  });

/** Checked and made once a definition. */
const machineOf = once<StateMachine, Definition>(
  (text) =>
    new StateMachine(interpreted.parse(JSON.parse(mapsAsLists(JSON.stringify(text)))), {
      validationOptions: { checkArn: false },
    }),
);

/** By the other interpreter; it waits for no ladder, and is told the batches and the token beforehand. */
export async function byAnother(text: Definition, script: Script, items: readonly string[]): Promise<Run> {
  const size = batchSize(text, 'recompute every part');
  const states: string[] = [];
  const calls = new Calls(script, items, size);
  const steps = stepsOf(text);
  const handler = (step: string) => async (input: unknown) => {
    const asked = z.object({ FunctionName: z.string(), Payload: z.unknown() }).safeParse(input).data;
    if (asked !== undefined && !asked.FunctionName.endsWith(`:${step}`)) throw new TypeError(`${step} is misnamed`);
    const answer = calls.answer(step, asked === undefined ? input : asked.Payload);
    if ('throws' in answer) throw named(answer.throws);
    if ('silent' in answer) throw named('States.Timeout');
    return z.json().parse(answer.gives ?? null);
  };
  const execution = machineOf(text).run(
    { batchId: 'b1' },
    {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(steps.map((step) => [step, handler(step)])),
        retryIntervalOverrides: Object.fromEntries(steps.map((step) => [step, 0])),
      },
      context: { Task: { Token: 'a token' }, Batches: batchesOf(items, size) },
    },
  );
  const ended = execution.result.then(
    (output) => ({ output }),
    (error: unknown) => ({ error: causeOf(error).name }),
  );
  const read = (async () => {
    for await (const event of execution.eventLogs) {
      if (event.type === 'StateEntered' && event.index === undefined) states.push(event.state.name);
    }
  })();
  const end = await ended;
  await read;
  return { states, calls: calls.list(), end };
}

function causeOf(error: unknown): Error {
  if (!(error instanceof Error)) throw new TypeError('what was thrown is no error');
  return error.cause instanceof Error ? error.cause : error;
}

export function batchesOf(items: readonly string[], size: number) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, child) => ({
    BatchInput: { batchId: 'b1' },
    Items: items.slice(child * size, (child + 1) * size),
  }));
}

export function stepsOf(text: Definition): readonly string[] {
  return Object.entries(text.States).flatMap(([name, state]) => {
    if (state.Type === 'Map') return Object.keys(state.ItemProcessor.States);
    return state.Type === 'Task' ? [name] : [];
  });
}

/** The definition changed somewhere on purpose. */
export function changed(text: Definition, change: (text: string) => string): Definition {
  const before = JSON.stringify(text);
  const after = change(before);
  if (after === before) throw new Error('nothing was changed');
  return definitionSchema.parse(JSON.parse(after));
}
