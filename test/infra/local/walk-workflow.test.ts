/** The real definition with fake handlers over a fake world: entries, effects, and a desk that remembers who waits. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { definition as definitionSchema, type Definition, type Retrier } from '../../../infra/local/asl.ts';
import { batchDefinition } from '../../../infra/local/definition.ts';
import { type Positions, sqlitePositions } from '../../../infra/local/positions.ts';
import { type Walker, type WalkerPorts, walker } from '../../../infra/local/walk-workflow.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';

let real: Definition;
beforeAll(() => {
  real = batchDefinition();
});

let directory: string;
let databases: DatabaseSync[];
let walkers: Walker[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-walk-'));
  databases = [];
  walkers = [];
});
afterEach(async () => {
  for (const one of walkers) {
    one.stop();
    await one.idle();
  }
  for (const database of databases) if (database.isOpen) database.close();
  rmSync(directory, { recursive: true });
});

function openPositions(name = 'scratch'): { readonly positions: Positions; readonly database: DatabaseSync } {
  const database = new DatabaseSync(join(directory, `${name}.sqlite`));
  database.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;');
  databases.push(database);
  return { positions: sqlitePositions(database), database };
}

/** What happens to a batch from outside, an answer a wait. */
const payingScript = ['confirmed', 'confirmed', 'decided', 'returned', 'credited'] as const;
type Happening = (typeof payingScript)[number] | 'rejected';

const waitPayload = z.object({ batchId: z.string(), token: z.string() });
const childPayload = z.object({ BatchInput: z.object({ batchId: z.string() }), Items: z.array(z.string()) });

/** What outlives a killed process: entries and effects, each effect written once by its key. */
class World {
  readonly answers: Happening[] = [];
  readonly effects = new Set<string>();
  /** How often each effect was asked for. */
  readonly asked = new Map<string, number>();
  readonly calls: { readonly handler: string; readonly payload: unknown }[] = [];
  readonly handedTokens: string[] = [];
  readonly faults: string[] = [];
  awaiting: { token: string; answer: number } | undefined;
  tokens = 0;
  readonly parts: readonly string[];

  constructor(people = 250) {
    this.parts = Array.from({ length: people }, (_, index) => `part-${index}`);
  }

  effect(key: string): void {
    this.effects.add(key);
    this.asked.set(key, (this.asked.get(key) ?? 0) + 1);
  }

  has(...happenings: readonly Happening[]): boolean {
    return happenings.every((one) => this.answers.includes(one));
  }

  /** A handler's act; a waiting one first looks whether its answer is there already. */
  act(handler: string, payload: unknown, wake: (token: string) => void): unknown {
    const attempt = this.has('returned') ? 2 : 1;
    switch (handler) {
      case 'entitlement.recompute':
      case 'disbursement.order':
        for (const part of childPayload.parse(payload).Items) this.effect(`${handler}/${attempt}/${part}`);
        return {};
      case 'entitlement.list':
        return { batchId: 'b1' };
      case 'approval.next':
        return { batchId: 'b1', next: this.approvalNext() };
      case 'disbursement.next':
        return { batchId: 'b1', next: this.paymentNext() };
      case 'approval.request':
      case 'approval.await-decision':
      case 'disbursement.follow': {
        const { token } = waitPayload.parse(payload);
        if (this.awaiting?.token !== token) this.awaiting = { token, answer: this.answers.length };
        this.handedTokens.push(token);
        if (this.answers.length > this.awaiting.answer) wake(token);
        return undefined;
      }
      default:
        this.effect(`${handler}/${attempt}`);
        return { batchId: 'b1' };
    }
  }

  approvalNext(): string {
    if (this.has('rejected')) return 'release';
    if (this.has('decided')) return 'order';
    return this.answers.filter((one) => one === 'confirmed').length < 2 ? 'confirmation' : 'provincial-decision';
  }

  paymentNext(): string {
    if (this.has('credited')) return 'report';
    return this.answers.at(-1) === 'returned' ? 'order' : 'follow';
  }

  steps(): readonly string[] {
    return this.calls.map(({ handler }) => handler);
  }
}

interface Booted {
  readonly walk: Walker;
  readonly positions: Positions;
}

interface Options {
  readonly definition?: Definition;
  readonly positions?: Positions;
  readonly invoke?: WalkerPorts['invoke'];
  readonly now?: () => number;
}

/** A process over the world; `invoke` stands before the world's own handlers. */
function boot(world: World, options: Options = {}): Booted {
  const positions = options.positions ?? openPositions().positions;
  const walk: Walker = walker(options.definition ?? real, {
    async invoke(handler, payload) {
      // Every handler reads the store before it acts.
      await Promise.resolve();
      return options.invoke === undefined ? call(world, handler, payload, walk) : options.invoke(handler, payload);
    },
    items: async (key) => {
      expect(key).toBe('batches/b1/parts.json');
      return world.parts;
    },
    positions,
    now: options.now ?? Date.now,
    newToken: () => `token-${(world.tokens += 1)}`,
    onFault: (id, state, error) => void world.faults.push(`${id} ${state} ${error instanceof Error ? error.name : ''}`),
  });
  walkers.push(walk);
  return { walk, positions };
}

function call(world: World, handler: string, payload: unknown, walk: Walker): unknown {
  world.calls.push({ handler, payload });
  return world.act(handler, payload, (token) => void walk.wake(token, woken));
}

const woken = { batchId: 'b1', next: 'confirmation' };
const batch = { batchId: 'b1' };
const statusOf = (walk: Walker) => walk.find('b1')?.status;

/** The entry first, unless it was written before a kill; then the wake. */
function answer(world: World, happening: Happening, walk: Walker): 'woken' | 'spent' {
  const awaiting = world.awaiting;
  if (awaiting === undefined) throw new Error('nothing waits');
  if (world.answers.length === awaiting.answer) world.answers.push(happening);
  return walk.wake(awaiting.token, woken);
}

/** Answers whatever waits, in the order of the script, until the batch ends. */
async function drive(world: World, walk: Walker, script: readonly Happening[], isDead = () => false): Promise<void> {
  for (let rounds = 0; rounds < 50; rounds += 1) {
    await walk.idle();
    if (isDead() || statusOf(walk) !== 'waiting') return;
    const next = script[world.awaiting?.answer ?? 0];
    if (next === undefined) return;
    answer(world, next, walk);
  }
  throw new Error('the batch does not move');
}

async function runTo(
  script: readonly Happening[],
  world = new World(),
  options: Options = {},
): Promise<Booted & { readonly world: World }> {
  const booted = boot(world, options);
  booted.walk.start('b1', batch);
  await drive(world, booted.walk, script);
  return { ...booted, world };
}

const threeTimes = (step: string) => [step, step, step];
const computed = ['entitlement.list', ...threeTimes('entitlement.recompute'), 'approval.next'];
const confirmed = ['approval.request', 'approval.next'];
const toDecision = [...computed, ...confirmed, ...confirmed, 'approval.await-decision', 'approval.next'];
const payment = [
  'disbursement.fund',
  ...threeTimes('disbursement.order'),
  'disbursement.slips',
  'disbursement.follow',
  'disbursement.next',
];

describe('a batch', () => {
  test('goes from its list to its report, and a returned payment is ordered again', async () => {
    const { world, walk } = await runTo(payingScript);
    expect(world.steps()).toEqual([...toDecision, ...payment, ...payment, 'completion.report']);
    expect([statusOf(walk), world.faults]).toEqual(['succeeded', []]);
  });

  test('that is rejected is released, and nothing is ordered', async () => {
    const { world, walk } = await runTo(['confirmed', 'rejected']);
    expect(world.steps().slice(-3)).toEqual(['approval.request', 'approval.next', 'approval.release']);
    expect([statusOf(walk), world.steps().includes('disbursement.order')]).toEqual(['succeeded', false]);
  });

  test('that has ended is not started again', async () => {
    const { world, walk } = await runTo(payingScript);
    const before = world.calls.length;
    walk.start('b1', batch);
    walk.resumeAll();
    await walk.idle();
    expect([world.calls.length, statusOf(walk)]).toEqual([before, 'succeeded']);
  });

  test('started twice at once runs once', async () => {
    const world = new World();
    const { walk } = boot(world);
    walk.start('b1', batch);
    walk.start('b1', batch);
    await walk.idle();
    expect(world.steps()).toEqual([...computed, 'approval.request']);
  });

  test('does not hold up another', async () => {
    const world = new World();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const { walk } = boot(world, {
      invoke: async (handler, payload) => {
        if (JSON.stringify(payload).includes('slow')) await held;
        return handler === 'approval.next' ? { batchId: 'b1', next: 'release' } : {};
      },
      definition: withoutLists(real),
    });
    walk.start('slow', { batchId: 'slow' });
    walk.start('b1', batch);
    await vi.waitFor(() => expect(statusOf(walk)).toBe('succeeded'));
    expect(walk.find('slow')?.status).toBe('running');
    goOn();
    await walk.idle();
    expect(walk.find('slow')?.status).toBe('succeeded');
  });

  test.each([['no such word'], [undefined], [3]])(
    'whose next step is %j fails, so that somebody looks',
    async (next) => {
      const world = new World();
      const { walk } = boot(world, {
        invoke: async (handler) => (handler === 'approval.next' ? { batchId: 'b1', next } : batch),
      });
      walk.start('b1', batch);
      await walk.idle();
      expect([statusOf(walk), world.faults]).toEqual(['failed', [expect.stringContaining('b1 unknown next step')]]);
      expect(walk.find('b1')?.position.error).toBe('UnknownWord');
    },
  );
});

/** Begins at the choice of what is next, without the parts. */
function withoutLists(definition: Definition): Definition {
  return { ...definition, StartAt: 'approval.next' };
}

describe('a step over every part', () => {
  test.each([
    [0, []],
    [1, [1]],
    [99, [99]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('of %i parts makes children of %j, each with its batch', async (people, sizes) => {
    const world = new World(people);
    const { walk } = await runTo([], world);
    const children = world.calls
      .filter(({ handler }) => handler === 'entitlement.recompute')
      .map(({ payload }) => childPayload.parse(payload));
    expect(children.map(({ Items }) => Items.length)).toEqual(sizes);
    expect(children.flatMap(({ Items }) => Items)).toEqual(world.parts);
    expect(children.every(({ BatchInput }) => BatchInput.batchId === 'b1')).toBe(true);
    expect([statusOf(walk), walk.find('b1')?.position.state]).toEqual(['waiting', 'approval.request']);
  });
});

describe('a wake', () => {
  test('twice moves the batch once', async () => {
    const { world, walk } = await runTo([]);
    world.answers.push('confirmed');
    const token = world.awaiting?.token ?? '';
    expect([walk.wake(token, woken), walk.wake(token, { batchId: 'b1', next: 'other' })]).toEqual(['woken', 'spent']);
    await walk.idle();
    expect(world.steps().filter((step) => step === 'approval.next')).toHaveLength(2);
    expect(walk.wake(token, woken)).toBe('spent');
    await walk.idle();
    expect(world.steps().filter((step) => step === 'approval.next')).toHaveLength(2);
  });

  test.each(['', 'token-999', 'b1'])('with the unknown token %j changes nothing', async (token) => {
    const { world, walk } = await runTo([]);
    const before = walk.find('b1');
    expect(walk.wake(token, woken)).toBe('spent');
    await walk.idle();
    expect([walk.find('b1'), world.calls.length]).toEqual([before, 6]);
  });

  test('with the token of an earlier wait does not answer the later one', async () => {
    const { world, walk } = await runTo(['confirmed']);
    const [first, second] = world.handedTokens;
    expect([world.handedTokens.length, first === second]).toEqual([2, false]);
    expect(walk.wake(first ?? '', woken)).toBe('spent');
    await walk.idle();
    expect([statusOf(walk), walk.find('b1')?.position.token]).toEqual(['waiting', second]);
  });

  test('while the waiting step is still asking is kept until it has asked, and moves the batch once', async () => {
    const world = new World();
    let finish = () => {};
    const asking = new Promise<void>((resolve) => (finish = resolve));
    const { walk } = boot(world, {
      invoke: async (handler, payload) => {
        const result = call(world, handler, payload, walk);
        if (handler === 'approval.request' && world.answers.length === 0) await asking;
        return result;
      },
    });
    walk.start('b1', batch);
    await vi.waitFor(() => expect(world.awaiting).toBeDefined());
    world.answers.push('confirmed');
    expect([walk.wake('token-1', woken), walk.wake('token-1', woken)]).toEqual(['woken', 'spent']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([walk.find('b1')?.position.state, world.steps().filter((step) => step === 'approval.next').length]).toEqual([
      'approval.request',
      1,
    ]);
    finish();
    await walk.idle();
    expect(world.steps().slice(-3)).toEqual(['approval.request', 'approval.next', 'approval.request']);
    expect(world.handedTokens).toEqual(['token-1', 'token-2']);
  });

  test('by the waiting step itself, which found its answer there, goes on at once', async () => {
    const world = new World();
    const { walk } = boot(world, {
      invoke: async (handler, payload) => {
        if (handler === 'approval.request' && world.answers.length === 0) {
          world.answers.push('rejected');
          world.awaiting = { token: waitPayload.parse(payload).token, answer: 0 };
        }
        return call(world, handler, payload, walk);
      },
    });
    walk.start('b1', batch);
    await walk.idle();
    expect([statusOf(walk), world.steps().at(-1)]).toEqual(['succeeded', 'approval.release']);
  });

  test('gives the next step what it brought', async () => {
    const { world, walk } = await runTo([]);
    walk.wake('token-1', { batchId: 'b1', brought: 'this' });
    await walk.idle();
    expect(world.calls.findLast(({ handler }) => handler === 'approval.next')?.payload).toEqual({
      batchId: 'b1',
      brought: 'this',
    });
  });
});

/** The same ladder, of milliseconds. */
function hurried(definition: Definition, change: Partial<Retrier> = {}): Definition {
  const text = JSON.stringify(definition, (key, value: unknown) =>
    key === 'Retry'
      ? z
          .array(z.looseObject({}))
          .parse(value)
          .map((one) => ({ ...one, IntervalSeconds: 0.001, MaxDelaySeconds: 0.004, ...change }))
      : value,
  );
  return definitionSchema.parse(JSON.parse(text));
}

/** Of a step over every part, its first child alone. */
const isFirstOf = (step: string, handler: string, payload: unknown) =>
  handler === step && (childPayload.safeParse(payload).data?.Items ?? ['part-0'])[0] === 'part-0';

/** Fails the first calls of one step, then leaves it to the world. */
function failing(
  world: World,
  step: string,
  times: number,
  error: () => Error,
  walk: () => Walker,
): WalkerPorts['invoke'] {
  let failed = 0;
  return async (handler, payload) => {
    if (!isFirstOf(step, handler, payload) || failed >= times) return call(world, handler, payload, walk());
    failed += 1;
    world.calls.push({ handler, payload });
    throw error();
  };
}

function bootFailing(
  step: string,
  times: number,
  error: () => Error,
  change: Partial<Retrier> = {},
): Booted & { readonly world: World } {
  const world = new World();
  const booted: Booted = boot(world, {
    definition: hurried(real, change),
    invoke: failing(world, step, times, error, () => booted.walk),
  });
  booted.walk.start('b1', batch);
  return { ...booted, world };
}

const countOf = (world: World, step: string) =>
  world.calls.filter(({ handler, payload }) => isFirstOf(step, handler, payload)).length;

describe('a step that fails', () => {
  test.each(['approval.next', 'approval.request'])(
    'for a while (%s) is tried again, six times at most, and the batch goes on',
    async (step) => {
      const { world, walk } = bootFailing(step, 6, () => new Transient('case table is busy'));
      await vi.waitFor(() => expect([statusOf(walk), world.awaiting !== undefined]).toEqual(['waiting', true]));
      expect([countOf(world, step), world.faults]).toEqual([7, []]);
    },
  );

  test.each(['approval.next', 'approval.request', 'entitlement.recompute'])(
    'a seventh time (%s) fails the batch, and says so once',
    async (step) => {
      const { world, walk } = bootFailing(step, 7, () => new Transient('case table is busy'));
      await vi.waitFor(() => expect(statusOf(walk)).toBe('failed'));
      expect(countOf(world, step)).toBe(7);
      expect(world.faults).toEqual([
        `b1 ${step === 'entitlement.recompute' ? 'recompute every part' : step} Transient`,
      ]);
      expect(walk.find('b1')?.position.error).toBe('Transient');
    },
  );

  test('as a child of many is tried again alone; its sisters are not', async () => {
    const { world, walk } = bootFailing('entitlement.recompute', 2, () => new Transient('case table is busy'));
    await vi.waitFor(() => expect(statusOf(walk)).toBe('waiting'));
    expect([
      countOf(world, 'entitlement.recompute'),
      world.steps().filter((step) => step === 'entitlement.recompute').length,
    ]).toEqual([3, 5]);
    expect(world.asked.size).toBe(250);
    expect([...world.asked.values()].every((count) => count === 1)).toBe(true);
  });

  test.each(['approval.next', 'approval.request', 'entitlement.recompute'])(
    'for good (%s) fails the batch at once',
    async (step) => {
      const { world, walk } = bootFailing(step, 1, () => new Permanent('a state it does not know'));
      await vi.waitFor(() => expect(statusOf(walk)).toBe('failed'));
      expect([countOf(world, step), world.faults.length, walk.find('b1')?.position.error]).toEqual([1, 1, 'Permanent']);
    },
  );

  test('with an error that nobody sorted fails the batch at once', async () => {
    const { world, walk } = bootFailing('approval.next', 1, () => new TypeError('x is undefined'));
    await vi.waitFor(() => expect(statusOf(walk)).toBe('failed'));
    expect([countOf(world, 'approval.next'), world.faults]).toEqual([1, ['b1 approval.next TypeError']]);
  });

  test('is tried again later each time, up to the longest delay', async () => {
    const at: number[] = [];
    const world = new World();
    const { walk } = boot(world, {
      definition: hurried(real, { IntervalSeconds: 0.02, MaxDelaySeconds: 0.05, JitterStrategy: 'NONE' }),
      invoke: async (handler, payload) => {
        if (handler !== 'approval.next') return call(world, handler, payload, walk);
        at.push(performance.now());
        throw new Transient('case table is busy');
      },
    });
    walk.start('b1', batch);
    await vi.waitFor(() => expect(statusOf(walk)).toBe('failed'));
    const gaps = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
    // A timer may be a millisecond early.
    const least = [19, 39, 49, 49, 49, 49];
    expect(gaps).toHaveLength(least.length);
    expect(gaps.every((gap, index) => gap >= (least[index] ?? 0))).toBe(true);
    expect(Math.max(...gaps)).toBeLessThan(1000);
  });

  test('keeps count of its tries over a restart', async () => {
    const world = new World();
    const always = (walk: () => Walker) =>
      failing(world, 'approval.next', 100, () => new Transient('case table is busy'), walk);
    const slow = hurried(real, { IntervalSeconds: 1000, MaxDelaySeconds: 1000, JitterStrategy: 'NONE' });
    for (let starts = 0; starts < 10; starts += 1) {
      const booted: Booted = boot(world, {
        definition: slow,
        invoke: always(() => booted.walk),
        now: () => starts * 1_000_000,
      });
      if (starts === 0) booted.walk.start('b1', batch);
      else booted.walk.resumeAll();
      await booted.walk.idle();
      booted.walk.stop();
    }
    expect([countOf(world, 'approval.next'), world.faults]).toEqual([7, ['b1 approval.next Transient']]);
  });

  test('of a batch leaves the others alone, and is not resumed', async () => {
    const { world, walk } = bootFailing('approval.next', 1, () => new Permanent('once'));
    await vi.waitFor(() => expect(statusOf(walk)).toBe('failed'));
    walk.start('b2', batch);
    walk.resumeAll();
    await vi.waitFor(() => expect(walk.find('b2')?.status).toBe('waiting'));
    expect([statusOf(walk), world.faults.length]).toEqual(['failed', 1]);
  });

  test('while it asks, after its answer came, does not lose the answer, and makes no other token', async () => {
    const world = new World();
    let isFirst = true;
    const { walk } = boot(world, {
      definition: hurried(real),
      invoke: async (handler, payload) => {
        const result = call(world, handler, payload, walk);
        if (handler === 'approval.request' && isFirst) {
          isFirst = false;
          answer(world, 'rejected', walk);
          throw new Transient('the mail server is busy');
        }
        return result;
      },
    });
    walk.start('b1', batch);
    await vi.waitFor(() => expect(statusOf(walk)).toBe('succeeded'));
    expect([new Set(world.handedTokens), world.steps().at(-1), world.faults]).toEqual([
      new Set(['token-1']),
      'approval.release',
      [],
    ]);
  });

  test('while it asks finds at its next try what was answered since the last', async () => {
    const world = new World();
    let isFirst = true;
    const { walk } = boot(world, {
      definition: hurried(real, { IntervalSeconds: 0.02, MaxDelaySeconds: 0.02, JitterStrategy: 'NONE' }),
      invoke: async (handler, payload) => {
        const result = call(world, handler, payload, walk);
        if (handler !== 'approval.request' || !isFirst) return result;
        isFirst = false;
        throw new Transient('the mail server is busy');
      },
    });
    walk.start('b1', batch);
    await walk.idle();
    answer(world, 'rejected', walk);
    await vi.waitFor(() => expect(statusOf(walk)).toBe('succeeded'));
    expect([new Set(world.handedTokens), world.steps().at(-1), world.faults]).toEqual([
      new Set(['token-1']),
      'approval.release',
      [],
    ]);
  });

  test('on the disk is a fault of the walker, not of the batch, which goes on after the next start', async () => {
    const world = new World();
    const { positions } = openPositions();
    let saves = 0;
    const { walk } = boot(world, {
      positions: {
        ...positions,
        save(...given) {
          saves += 1;
          if (saves === 6) throw new Error('database or disk is full');
          positions.save(...given);
        },
      },
    });
    walk.start('b1', batch);
    await walk.idle();
    expect([world.faults, statusOf(walk)]).toEqual([['b1 walker Error'], 'running']);
    walk.resumeAll();
    await drive(world, walk, payingScript);
    expect(statusOf(walk)).toBe('succeeded');
  });
});

describe('a wait that passes its limit', () => {
  const day = 86_400_000;

  test.each([
    [10 * day - 1, 'token-1'],
    [10 * day, 'token-2'],
    [10 * day + 1, 'token-2'],
  ])('after %i milliseconds is known by %s', async (later, token) => {
    const world = new World();
    const first = boot(world, { now: () => 0 });
    first.walk.start('b1', batch);
    await first.walk.idle();
    first.walk.stop();
    const second = boot(world, { now: () => later });
    second.walk.resumeAll();
    await second.walk.idle();
    expect([statusOf(second.walk), second.walk.find('b1')?.position.token]).toEqual(['waiting', token]);
    expect(world.handedTokens).toEqual(token === 'token-1' ? ['token-1'] : ['token-1', 'token-2']);
  });

  test('asks again with another token, and the first is spent', async () => {
    const world = new World();
    const definition = structuredClone(real);
    const request = definition.States['approval.request'];
    if (request?.Type !== 'Task') throw new Error('the confirmation is no task');
    request.TimeoutSeconds = 0.05;
    const { walk } = boot(world, { definition });
    walk.start('b1', batch);
    await vi.waitFor(() => expect(world.handedTokens.length).toBeGreaterThan(1));
    expect(walk.wake('token-1', woken)).toBe('spent');
    expect([countOf(world, 'approval.next') > 1, world.faults]).toEqual([true, []]);
  });

  test('finds what was answered meanwhile at once', async () => {
    const world = new World();
    const first = boot(world, { now: () => 0 });
    first.walk.start('b1', batch);
    await first.walk.idle();
    first.walk.stop();
    // The entry was written, and its wake was lost.
    world.answers.push('rejected');
    const second = boot(world, { now: () => 11 * day });
    second.walk.resumeAll();
    await second.walk.idle();
    expect([statusOf(second.walk), world.steps().at(-1)]).toEqual(['succeeded', 'approval.release']);
  });
});

class Kill extends Error {
  override readonly name = 'Kill';
}

/** Where a process dies: at which of its saves or calls, and on which side of it. */
interface Death {
  readonly at: 'save' | 'call';
  readonly number: number;
  readonly side: 'before' | 'after';
}

interface Life {
  readonly isKilled: boolean;
  readonly saves: number;
  readonly calls: number;
}

/** One process from its start to its death, or to where the batch has ended. One child is slower than its sisters. */
async function live(world: World, death: Death | undefined, name: string, slowChild: number): Promise<Life> {
  const { positions: disk, database } = openPositions(name);
  const count = { save: 0, call: 0 };
  let isKilled = false;
  const around = <T>(at: Death['at'], act: () => T): T => {
    // The dead do nothing.
    if (isKilled) throw new Kill();
    count[at] += 1;
    const dies = death?.at === at && death.number === count[at];
    const result = dies && death.side === 'before' ? undefined : { value: act() };
    if (result !== undefined && !dies) return result.value;
    isKilled = true;
    walk.stop();
    throw new Kill();
  };
  const { walk } = boot(world, {
    positions: { ...disk, save: (...given) => around('save', () => disk.save(...given)) },
    invoke: async (handler, payload) => {
      const isSlow = childPayload.safeParse(payload).data?.Items[0] === `part-${slowChild * 100}`;
      for (let turns = 0; isSlow && turns < 10; turns += 1) await setImmediate();
      return around('call', () => {
        const token = waitPayload.safeParse(payload).data?.token;
        // Before a step learns its token, the token is on the disk.
        if (token !== undefined) expect(disk.waitingOn(token)?.position.token).toBe(token);
        return call(world, handler, payload, walk);
      });
    },
  });
  try {
    walk.resumeAll();
    walk.start('b1', batch);
    await drive(world, walk, payingScript, () => isKilled);
  } catch (error) {
    if (!(error instanceof Kill)) throw error;
  }
  walk.stop();
  await walk.idle();
  database.close();
  return { isKilled, saves: count.save, calls: count.call };
}

/** Processes that die one after another over the same data, and a last one that lives. */
async function outlive(
  deaths: readonly Death[],
  name: string,
  slowChild = 1,
): Promise<{ readonly world: World; readonly kills: number }> {
  const world = new World();
  let kills = 0;
  for (const death of deaths) kills += (await live(world, death, name, slowChild)).isKilled ? 1 : 0;
  // What the dying walker says of its own death is not heard.
  world.faults.length = 0;
  await live(world, undefined, name, slowChild);
  return { world, kills };
}

function outcome(world: World, name: string) {
  const { positions, database } = openPositions(name);
  const end = positions.find('b1');
  const open = positions.unfinished().length;
  database.close();
  return {
    end: [end?.status, end?.position.state],
    open,
    effects: [...world.effects].toSorted(),
    answers: world.answers,
    tokens: new Set(world.handedTokens).size,
    faults: world.faults,
  };
}

describe('a killed process', () => {
  let whole: Life;
  let expected: ReturnType<typeof outcome>;
  beforeEach(async () => {
    const world = new World();
    whole = await live(world, undefined, 'unharmed', 1);
    expected = outcome(world, 'unharmed');
  });

  async function checkEvery(at: Death['at'], side: Death['side'], most: () => number): Promise<void> {
    for (let number = 1; number <= most() * 2; number += 1) {
      const death = { at, side, number: Math.ceil(number / 2) };
      const slowChild = number % 2;
      const name = `${at}-${side}-${death.number}-${slowChild}`;
      const { world, kills } = await outlive([death], name, slowChild);
      const mostAsked = Math.max(...world.asked.values());
      expect({ name, kills, ...outcome(world, name) }).toEqual({ name, kills: 1, ...expected });
      // A step may be seen twice after one kill, and no more.
      expect([name, mostAsked <= 2]).toEqual([name, true]);
    }
  }

  test('is compared with one that lived: five waits, every part computed, ordered, and ordered again after its return', () => {
    expect(expected).toMatchObject({
      end: ['succeeded', 'paid and reported'],
      open: 0,
      answers: payingScript,
      tokens: 5,
      faults: [],
    });
    expect(expected.effects).toHaveLength(3 * 250 + 2 * 2 + 1);
    expect([whole.calls, whole.saves > whole.calls]).toEqual([26, true]);
  });

  test('before any save of its run ends as if it had lived', () => checkEvery('save', 'before', () => whole.saves));
  test('after any save of its run ends as if it had lived', () => checkEvery('save', 'after', () => whole.saves));
  test('before any step of its run ends as if it had lived', () => checkEvery('call', 'before', () => whole.calls));
  test('after any step, whose answer is lost, ends as if it had lived', () =>
    checkEvery('call', 'after', () => whole.calls));

  test('again and again, wherever, ends as if it had lived', async () => {
    const death = fc.record({
      at: fc.constantFrom('save' as const, 'call' as const),
      side: fc.constantFrom('before' as const, 'after' as const),
      number: fc.integer({ min: 1, max: 25 }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(death, { maxLength: 8 }), fc.integer({ min: 0, max: 2 }), async (deaths, slowChild) => {
        const name = `property-${(run += 1)}`;
        const { world } = await outlive(deaths, name, slowChild);
        expect(outcome(world, name)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('while it waits is known by the same token afterwards, and does not ask again', async () => {
    const world = new World();
    const first = boot(world);
    first.walk.start('b1', batch);
    await first.walk.idle();
    first.walk.stop();
    const second = boot(world);
    second.walk.resumeAll();
    await second.walk.idle();
    expect([second.walk.find('b1')?.position.token, world.handedTokens]).toEqual(['token-1', ['token-1']]);
    expect(answer(world, 'rejected', second.walk)).toBe('woken');
    await second.walk.idle();
    expect(statusOf(second.walk)).toBe('succeeded');
  });
});

describe('the part of the language that the walker knows', () => {
  test.each([
    [{ Type: 'Parallel', Branches: [], End: true }],
    [{ Type: 'Pass', End: true }],
    [{ Type: 'Task', Resource: 'arn:aws:lambda:local:0:function:a', ResultPath: '$.a', End: true }],
    [{ Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'b' }] }],
  ])('has no %o', (state) => {
    expect(definitionSchema.safeParse({ StartAt: 'a', States: { a: state } }).success).toBe(false);
  });
});
