/**
 * Runs the state machine that CDK synthesizes, durably. Each transition is on the disk before the next begins, so that
 * a killed process goes on where it was, with the same token; handlers are idempotent, and may see a step twice.
 */
import { setImmediate as breath } from 'node:timers/promises';
import {
  type ChoiceState,
  type Definition,
  delay,
  handlerOf,
  holds,
  type MapState,
  type Retrier,
  type State,
  speaksOf,
  type TaskState,
} from './asl.ts';
import { filled } from './json-path.ts';
import {
  childrenLeft,
  type Execution,
  type Position,
  type Positions,
  sleepsUntil,
  withChildDone,
} from './positions.ts';

export interface Walker {
  /** Starts an execution, or begins a failed one anew; starting one that runs, waits or succeeded is harmless. */
  start(id: string, input: unknown): void;
  /** Answers the state that waits with this token; a token that is spent or unknown changes nothing. */
  wake(token: string, output: unknown): 'woken' | 'spent';
  /** After a start of the process: every execution that has not ended goes on. */
  resumeAll(): void;
  /** When every execution waits, has ended, or sleeps until a time to come. */
  idle(): Promise<void>;
  find(id: string): Execution | undefined;
  stop(): void;
}

export interface WalkerPorts {
  invoke(handler: string, payload: unknown): Promise<unknown>;
  /** The items of a Map's file, by its key. */
  items(key: string): Promise<readonly unknown[]>;
  readonly positions: Positions;
  /** Milliseconds of the epoch. */
  now(): number;
  newToken(): string;
  /** An execution failed for good, or its position could not be read or written: somebody must look. */
  onFault(id: string, state: string, error: unknown): void;
  /** From 0 to 1, for the jitter of the ladder. */
  random?: () => number;
}

/** Timers beyond this are armed again when it has passed. */
const longestTimer = 2_000_000_000;
/** One machine has few processors, and one store. */
const childrenAtOnce = 2;

export function walker(definition: Definition, ports: WalkerPorts): Walker {
  const { positions, random = Math.random } = ports;
  const running = new Map<string, Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  let isStopped = false;

  /** Walks one execution as far as it goes; only one walk an execution at a time. */
  function walk(id: string): void {
    if (running.has(id) || isStopped) return;
    running.set(
      id,
      walkOn(id).catch((error: unknown) => ports.onFault(id, 'walker', error)),
    );
  }

  async function walkOn(id: string): Promise<void> {
    try {
      for (;;) {
        await breath();
        if (isStopped) return;
        const execution = positions.find(id);
        if (execution === undefined || execution.status === 'succeeded' || execution.status === 'failed') return;
        const until = sleepsUntil(execution.position);
        if (until > ports.now()) return arm(id, until);
        const state = definition.States[execution.position.state];
        if (state === undefined) throw new Error(`the definition has no state ${execution.position.state}`);
        await enter(id, state, execution.position);
      }
    } finally {
      // In the same turn as the last look: an answer that comes after it starts a walk of its own.
      running.delete(id);
    }
  }

  async function enter(id: string, state: State, at: Position): Promise<void> {
    switch (state.Type) {
      case 'Succeed':
        return positions.save(id, 'succeeded', at);
      case 'Fail':
        return fail(id, named(state.Error ?? 'Fail', state.Cause ?? `the way of ${id} ended at ${at.state}`));
      case 'Choice':
        return choose(id, state, at);
      case 'Wait':
        if (at.until !== undefined) return goTo(id, state, at.input);
        return positions.save(id, 'waiting', { ...at, until: ports.now() + state.Seconds * 1000 });
      case 'Map':
        return runMap(id, state, at);
      case 'Task':
        return state.Resource.endsWith('.waitForTaskToken') ? runWaiting(id, state, at) : runTask(id, state, at);
    }
  }

  async function choose(id: string, state: ChoiceState, at: Position): Promise<void> {
    const chosen = await tried(async () => state.Choices.find((rule) => holds(rule, at.input))?.Next ?? state.Default);
    if ('fault' in chosen) return fail(id, chosen.fault);
    if (chosen.output === undefined) return fail(id, named('States.NoChoiceMatched', `${at.state} fits nothing`));
    positions.save(id, 'running', { state: chosen.output, input: at.input });
  }

  async function runTask(id: string, state: TaskState, at: Position): Promise<void> {
    const ended = await tried(async () =>
      ports.invoke(handlerOf(state), state.Parameters === undefined ? at.input : filled(state.Parameters, at.input)),
    );
    if ('fault' in ended) faulted(id, state, ended.fault);
    else goTo(id, state, ended.output);
  }

  /** The token is on the disk before the handler gets it; a repeat hands over the same one. */
  async function runWaiting(id: string, state: TaskState, at: Position): Promise<void> {
    if (at.answer !== undefined) return goTo(id, state, at.answer.output);
    const { TimeoutSeconds } = state;
    const deadline = at.deadline ?? (TimeoutSeconds === undefined ? undefined : ports.now() + TimeoutSeconds * 1000);
    if (deadline !== undefined && ports.now() >= deadline) {
      return faulted(id, state, named('States.Timeout', `${at.state} passed its limit`));
    }
    const token = at.token ?? ports.newToken();
    positions.save(id, 'waiting', { ...at, token, deadline, until: undefined });
    const asked = await tried(async () =>
      ports.invoke(handlerOf(state), filled(state.Parameters ?? {}, at.input, token)['Payload']),
    );
    if ('fault' in asked) faulted(id, state, asked.fault);
    else positions.save(id, 'waiting', { ...latest(id), isAsked: true });
  }

  /** Each child that has ended is on the disk; those to be tried again sleep together, as a task does. */
  async function runMap(id: string, state: MapState, at: Position): Promise<void> {
    const payloads = await tried(async () => payloadsOf(state, at));
    if ('fault' in payloads) return fail(id, payloads.fault);
    const left = childrenLeft(at, payloads.output.length);
    const faults: unknown[] = [];
    const lane = async () => {
      for (let child = left.shift(); child !== undefined; child = left.shift()) {
        if (isStopped || faults.length > 0) return;
        const fault = await runChild(id, state, child, payloads.output[child]);
        if (fault !== undefined) faults.push(fault.error);
        await breath();
      }
    };
    // Settled and not all: a disk that fails in one lane must not leave the other running on its own.
    const lanes = await Promise.allSettled(
      Array.from({ length: Math.min(childrenAtOnce, state.MaxConcurrency ?? childrenAtOnce) }, lane),
    );
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
    if (faults.length > 0) fail(id, faults[0]);
    else if (childrenLeft(latest(id), payloads.output.length).length === 0) goTo(id, state, at.input);
  }

  async function payloadsOf(state: MapState, at: Position): Promise<readonly unknown[]> {
    const { MaxItemsPerBatch: size, BatchInput } = state.ItemBatcher;
    const items = await ports.items(String(filled(state.ItemReader.Parameters, at.input)['Key']));
    const input = filled(BatchInput, at.input);
    return Array.from({ length: Math.ceil(items.length / size) }, (_, child) => ({
      BatchInput: input,
      Items: items.slice(child * size, (child + 1) * size),
    }));
  }

  /** A fault that no rung of the child's own ladder takes is given back. */
  async function runChild(
    id: string,
    state: MapState,
    child: number,
    payload: unknown,
  ): Promise<{ error: unknown } | undefined> {
    const task = onlyTaskOf(state);
    const ended = await tried(async () => ports.invoke(handlerOf(task), payload));
    const at = latest(id);
    if ('output' in ended) positions.save(id, 'running', withChildDone(at, child));
    else if (!isStopped) {
      const tries = at.childTries?.[child] ?? 0;
      const rung = rungFor(task, ended.fault, tries);
      if (rung === undefined) return { error: ended.fault };
      const until = Math.max(at.until ?? 0, ports.now() + delay(rung, tries, random));
      positions.save(id, 'running', { ...at, until, childTries: { ...at.childTries, [child]: tries + 1 } });
    }
    return undefined;
  }

  /** Tries again by the ladder, else catches, else fails the execution. */
  function faulted(id: string, state: TaskState, error: unknown): void {
    const at = latest(id);
    // Stopped: tried again after the next start. Answered meanwhile: the fault came too late to matter.
    if (isStopped || at.answer !== undefined) return;
    const tries = at.tries ?? 0;
    const rung = rungFor(state, error, tries);
    if (rung !== undefined) {
      return positions.save(id, 'running', {
        ...at,
        tries: tries + 1,
        until: ports.now() + delay(rung, tries, random),
      });
    }
    const catcher = state.Catch?.find(({ ErrorEquals }) => speaksOf(ErrorEquals, nameOf(error)));
    if (catcher !== undefined) return positions.save(id, 'running', { state: catcher.Next, input: at.input });
    fail(id, error);
  }

  function fail(id: string, error: unknown): void {
    if (isStopped) return;
    const at = latest(id);
    positions.save(id, 'failed', { ...at, error: nameOf(error) });
    ports.onFault(id, at.state, error);
  }

  function goTo(id: string, state: TaskState | MapState | Extract<State, { Type: 'Wait' }>, output: unknown): void {
    if (state.Next === undefined) positions.save(id, 'succeeded', { state: latest(id).state, input: output });
    else positions.save(id, 'running', { state: state.Next, input: output });
  }

  /** Read again after every await: an answer or another child may have been written meanwhile. */
  function latest(id: string): Position {
    const execution = positions.find(id);
    if (execution === undefined) throw new Error(`the execution ${id} is gone`);
    return execution.position;
  }

  function arm(id: string, at: number): void {
    clearTimeout(timers.get(id));
    const timer = setTimeout(() => walk(id), Math.min(longestTimer, at - ports.now()));
    timer.unref();
    timers.set(id, timer);
  }

  return {
    start(id, input) {
      // One that failed is begun anew: its steps find what is done already.
      const known = positions.find(id);
      if (known === undefined || known.status === 'failed')
        positions.save(id, 'running', { state: definition.StartAt, input });
      walk(id);
    },
    wake(token, output) {
      const execution = positions.waitingOn(token);
      if (execution === undefined || execution.position.answer !== undefined) return 'spent';
      positions.save(execution.id, 'waiting', { ...execution.position, answer: { output } });
      walk(execution.id);
      return 'woken';
    },
    resumeAll() {
      for (const { id } of positions.unfinished()) walk(id);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
    find: (id) => positions.find(id),
    stop() {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** What a handler throws becomes a value here, apart from what the disk throws: only the first may fail a batch. */
async function tried<Output>(run: () => Promise<Output>): Promise<{ output: Output } | { fault: unknown }> {
  try {
    return { output: await run() };
  } catch (fault) {
    return { fault };
  }
}

function onlyTaskOf({ ItemProcessor: { StartAt, States } }: MapState): TaskState {
  const task = States[StartAt];
  if (task?.End !== true) throw new Error(`the walker knows a child of one step, not that of ${StartAt}`);
  return task;
}

function rungFor({ Retry = [] }: TaskState, error: unknown, tries: number): Retrier | undefined {
  const retrier = Retry.find(({ ErrorEquals }) => speaksOf(ErrorEquals, nameOf(error)));
  return retrier !== undefined && tries < retrier.MaxAttempts ? retrier : undefined;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
