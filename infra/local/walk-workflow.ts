/**
 * Runs the state machine that CDK synthesizes, durably. Each transition is on the disk before the next begins, so that
 * a killed process goes on where it was, with the same token; handlers are idempotent, and may see a step twice.
 */
import {
  type Definition,
  filled,
  handlerOf,
  type MapState,
  type Retrier,
  type State,
  speaksOf,
  type TaskState,
  valueAt,
} from './asl.ts';
import type { Execution, Position, Positions } from './positions.ts';

export interface Walker {
  /** Starts an execution; starting one that exists is harmless. */
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
  /** An execution failed for good: somebody must look. */
  onFault(id: string, state: string, error: unknown): void;
}

/** Timers beyond this are armed again when it has passed. */
const longestTimer = 2_000_000_000;

export function walker(definition: Definition, ports: WalkerPorts): Walker {
  const { positions, now } = ports;
  const running = new Map<string, Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  let isStopped = false;

  function save(id: string, status: Execution['status'], at: Position): void {
    positions.save(id, status, at);
  }

  /** Walks one execution as far as it goes; only one walk an execution at a time. */
  function walk(id: string): void {
    if (running.has(id) || isStopped) return;
    const walking = walkOn(id)
      .catch((error: unknown) => ports.onFault(id, 'walker', error))
      .finally(() => {
        running.delete(id);
        const execution = positions.find(id);
        // An answer that came while its handler was still running.
        if (execution?.status === 'waiting' && execution.position.answer !== undefined) walk(id);
      });
    running.set(id, walking);
  }

  async function walkOn(id: string): Promise<void> {
    for (;;) {
      const execution = positions.find(id);
      if (execution === undefined || isStopped || execution.status === 'succeeded' || execution.status === 'failed')
        return;
      const state = definition.States[execution.position.state];
      if (state === undefined) throw new Error(`the definition has no state ${execution.position.state}`);
      const goesOn = await enter(id, state, execution.position);
      if (!goesOn) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Does what the state does; answers whether the walk goes on at once. */
  async function enter(id: string, state: State, at: Position): Promise<boolean> {
    switch (state.Type) {
      case 'Succeed':
        save(id, 'succeeded', at);
        return false;
      case 'Fail':
        save(id, 'failed', { ...at, error: state.Error ?? 'Fail' });
        ports.onFault(id, at.state, new Error(state.Error ?? 'Fail'));
        return false;
      case 'Choice': {
        const rule = state.Choices.find(({ Variable, StringEquals }) => valueAt(Variable, at.input) === StringEquals);
        const next = rule?.Next ?? state.Default;
        if (next === undefined) throw new Error(`the choice ${at.state} fits nothing`);
        save(id, 'running', { state: next, input: at.input });
        return true;
      }
      case 'Wait':
        return waitUntil(id, state, at, at.until ?? now() + state.Seconds * 1000);
      case 'Map':
        return attempt(id, state, at, () => runMap(id, state, at));
      case 'Task':
        return state.Resource.endsWith('.waitForTaskToken')
          ? runWaiting(id, state, at)
          : attempt(id, state, at, () => runTask(id, state, at));
    }
  }

  function waitUntil(id: string, state: State, at: Position, until: number): boolean {
    if (until > now()) {
      save(id, 'waiting', { ...at, until });
      arm(id, until);
      return false;
    }
    return goTo(id, state, at.input);
  }

  function goTo(id: string, state: State, output: unknown): boolean {
    const next = 'Next' in state ? state.Next : undefined;
    if (next === undefined) {
      save(id, 'succeeded', { state: positions.find(id)?.position.state ?? '', input: output });
      return false;
    }
    save(id, 'running', { state: next, input: output });
    return true;
  }

  async function runTask(id: string, state: TaskState, at: Position): Promise<boolean> {
    const output = await ports.invoke(handlerOf(state), at.input);
    return goTo(id, state, output);
  }

  /** The token is on the disk before the handler gets it; a repeat hands over the same one. */
  async function runWaiting(id: string, state: TaskState, at: Position): Promise<boolean> {
    const before = positions.find(id)?.position ?? at;
    if (before.answer !== undefined) return goTo(id, state, before.answer.output);
    const deadline = before.deadline ?? now() + (state.TimeoutSeconds ?? 0) * 1000;
    if (state.TimeoutSeconds !== undefined && now() >= deadline)
      return fault(id, state, before, 'States.Timeout', new Error('the wait passed its limit'));
    const token = before.token ?? ports.newToken();
    const waiting = { ...before, token, deadline };
    save(id, 'waiting', waiting);
    if (before.isAsked !== true) {
      const payload = filled(state.Parameters ?? {}, at.input, token)['Payload'];
      try {
        await ports.invoke(handlerOf(state), payload);
      } catch (error) {
        return faulted(id, state, { ...waiting }, error);
      }
      const after = positions.find(id)?.position;
      if (after?.token === token && after.answer !== undefined) return goTo(id, state, after.answer.output);
      save(id, 'waiting', { ...waiting, isAsked: true });
    }
    arm(id, deadline);
    return false;
  }

  async function runMap(id: string, state: MapState, at: Position): Promise<boolean> {
    const key = String(filled(state.ItemReader.Parameters, at.input, undefined)['Key']);
    const items = await ports.items(key);
    const { MaxItemsPerBatch: size, BatchInput } = state.ItemBatcher;
    const { StartAt, States } = state.ItemProcessor;
    const child = States[StartAt];
    if (child === undefined || child.End !== true)
      throw new Error(`the walker knows a child of one step, not that of ${at.state}`);
    const input = filled(BatchInput, at.input, undefined);
    const first = positions.find(id)?.position.childrenDone ?? 0;
    for (let done = first; done * size < items.length; done += 1) {
      await retried(child.Retry ?? [], () =>
        ports.invoke(handlerOf(child), { BatchInput: input, Items: items.slice(done * size, (done + 1) * size) }),
      );
      if (isStopped) return false;
      save(id, 'running', { ...(positions.find(id)?.position ?? at), childrenDone: done + 1 });
      await new Promise((resolve) => setImmediate(resolve));
    }
    return goTo(id, state, at.input);
  }

  /** A child's own ladder, within the run of its map. */
  async function retried(ladder: readonly Retrier[], run: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await run();
        return;
      } catch (error) {
        const retrier = ladder.find(({ ErrorEquals }) => speaksOf(ErrorEquals, nameOf(error)));
        if (retrier === undefined || tries >= retrier.MaxAttempts || isStopped) throw error;
        await new Promise((resolve) => setTimeout(resolve, delay(retrier, tries)));
      }
    }
  }

  async function attempt(
    id: string,
    state: TaskState | MapState,
    at: Position,
    run: () => Promise<boolean>,
  ): Promise<boolean> {
    try {
      return await run();
    } catch (error) {
      return faulted(id, state, positions.find(id)?.position ?? at, error);
    }
  }

  function faulted(id: string, state: TaskState | MapState, at: Position, error: unknown): boolean {
    return fault(id, state, at, nameOf(error), error);
  }

  /** Retries by the ladder, else catches, else fails the execution. */
  function fault(id: string, state: TaskState | MapState, at: Position, name: string, error: unknown): boolean {
    if (isStopped) return false;
    const retrier = ('Retry' in state ? (state.Retry ?? []) : []).find(({ ErrorEquals }) =>
      speaksOf(ErrorEquals, name),
    );
    const tries = at.tries ?? 0;
    if (retrier !== undefined && tries < retrier.MaxAttempts) {
      save(id, 'running', { ...at, tries: tries + 1 });
      arm(id, now() + delay(retrier, tries));
      return false;
    }
    const catcher = ('Catch' in state ? (state.Catch ?? []) : []).find(({ ErrorEquals }) =>
      speaksOf(ErrorEquals, name),
    );
    if (catcher !== undefined) {
      save(id, 'running', { state: catcher.Next, input: at.input });
      return true;
    }
    save(id, 'failed', { ...at, error: name });
    ports.onFault(id, at.state, error);
    return false;
  }

  function arm(id: string, at: number): void {
    clearTimeout(timers.get(id));
    const timer = setTimeout(() => walk(id), Math.min(longestTimer, Math.max(0, at - now())));
    timer.unref();
    timers.set(id, timer);
  }

  return {
    start(id, input) {
      if (positions.find(id) === undefined) save(id, 'running', { state: definition.StartAt, input });
      walk(id);
    },
    wake(token, output) {
      const execution = positions.waitingOn(token);
      if (execution === undefined || execution.position.answer !== undefined) return 'spent';
      save(execution.id, 'waiting', { ...execution.position, answer: { output } });
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

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

/** Milliseconds; the interval grows by the rate up to its limit, with full jitter where the definition says so. */
function delay({ IntervalSeconds, BackoffRate, MaxDelaySeconds, JitterStrategy }: Retrier, tries: number): number {
  const seconds = Math.min(IntervalSeconds * BackoffRate ** tries, MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return seconds * 1000 * (JitterStrategy === 'FULL' ? Math.random() : 1);
}
