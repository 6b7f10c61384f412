/**
 * What AWS would charge for a workflow that runs here, beside the units of its table. Stands between the walker and its ports, so
 * that neither knows of it. Transitions as the service bills them: each state that is entered, each child that is launched, each
 * try again ("Transitions in Distributed Map state", and the price page). Redriving would cost more; starting anew here does too.
 */
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import type { Positions } from './positions.ts';
import type { WalkerPorts } from './walk-workflow.ts';

export interface Charged {
  readonly transitions: number;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
}

export interface MeterSettings {
  /** What the function of a step is given. */
  megabytesOf?(step: string): number;
  /** Milliseconds of the process. */
  clock?(): number;
  /** Milliseconds that steps would have waited for other services up to now, had they been away from here. */
  waited?(): number;
}

export interface Meter {
  /** The same ports, and what goes through them is counted. */
  around(ports: WalkerPorts): WalkerPorts;
  /** Of one execution. */
  of(id: string): Charged;
  /** Of all of them, each by its name. */
  all(): ReadonlyMap<string, Charged>;
}

/** With so much memory a function has one whole processor, and with less a share of it ("Configure Lambda function memory"). */
const megabytesOfAProcessor = 1769;
const ordinaryMegabytes = 512;

const stepPayload = z.object({ batchId: z.string() });
const childPayload = z.object({ BatchInput: stepPayload, Items: z.array(z.string()) });

interface Count {
  transitions: number;
  invocations: number;
  gigabyteSeconds: number;
  /** Whom the Map that the execution stands in has launched. */
  readonly launched: Set<string>;
}

/** Time in which several steps run here at once is shared among them: in the cloud each has a function of its own. */
export function meter({
  megabytesOf = () => ordinaryMegabytes,
  clock = () => performance.now(),
  waited = () => 0,
}: MeterSettings = {}): Meter {
  const counts = new Map<string, Count>();
  const running = new Set<{ readonly count: Count; readonly megabytes: number }>();
  let last = { clock: 0, waited: 0 };

  function countOf(id: string): Count {
    const known = counts.get(id) ?? { transitions: 0, invocations: 0, gigabyteSeconds: 0, launched: new Set<string>() };
    counts.set(id, known);
    return known;
  }

  /** Charges those who run for what passed since the last look: processor by its share of one, waiting by their memory. */
  function passTime(): void {
    const now = { clock: clock(), waited: waited() };
    const [worked, idle] = [now.clock - last.clock, now.waited - last.waited];
    for (const { count, megabytes } of running) {
      const megabyteMilliseconds = (worked * megabytesOfAProcessor + idle * megabytes) / running.size;
      count.gigabyteSeconds += megabyteMilliseconds / 1024 / 1000;
    }
    last = now;
  }

  async function invoked(ports: WalkerPorts, step: string, payload: unknown): Promise<unknown> {
    const child = childPayload.safeParse(payload).data;
    const count = countOf(child?.BatchInput.batchId ?? stepPayload.parse(payload).batchId);
    const [first] = child?.Items ?? [];
    // A child: itself and its one state, or that state again.
    if (first !== undefined) count.transitions += count.launched.has(first) ? 1 : 2;
    if (first !== undefined) count.launched.add(first);
    count.invocations += 1;
    const run = { count, megabytes: megabytesOf(step) };
    passTime();
    running.add(run);
    try {
      return await ports.invoke(step, payload);
    } finally {
      passTime();
      running.delete(run);
    }
  }

  function saved(positions: Positions): Positions['save'] {
    return (id, status, where) => {
      const before = positions.find(id)?.position;
      const count = countOf(id);
      const isEntered = before?.state !== where.state;
      if (isEntered) count.launched.clear();
      if (isEntered || (where.tries ?? 0) > (before.tries ?? 0)) count.transitions += 1;
      positions.save(id, status, where);
    };
  }

  return {
    around: (ports) => ({
      ...ports,
      invoke: async (step, payload) => invoked(ports, step, payload),
      positions: { ...ports.positions, save: saved(ports.positions) },
    }),
    of: (id) => chargedOf(countOf(id)),
    all: () => new Map([...counts].map(([id, count]) => [id, chargedOf(count)])),
  };
}

function chargedOf({ transitions, invocations, gigabyteSeconds }: Count): Charged {
  return { transitions, invocations, gigabyteSeconds };
}
