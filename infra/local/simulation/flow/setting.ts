/**
 * What differs from one simulated campaign to the next: how many people and units, how fast each office works, how long
 * units take, who lacks an estimate, when the Treasury stops, whether everybody hurries before the limit.
 */
import { seeded, type Random } from '../../seeded.ts';
import { logRange, range, type Wait, type WaitShape } from './chances.ts';

export interface Setting {
  readonly random: Random;
  readonly people: number;
  readonly units: number;
  /** Working days within which the units hand in their lists. */
  readonly handingIn: number;
  /** People a working day. */
  readonly appraisals: number;
  readonly payments: number;
  readonly isReturned: number;
  /** Of those returned to the unit, who is returned once more. */
  readonly isReturnedAgain: number;
  readonly isRefused: number;
  readonly isSentBack: number;
  readonly isUnclear: number;
  readonly isHeld: number;
  readonly isNeverPaid: number;
  readonly isGivenBack: number;
  readonly isOfParty: number;
  /** Working days from one batch to the next. */
  readonly batchEvery: number;
  readonly waits: Readonly<Record<WaitName, Wait>>;
  /** Share of units without an estimate. */
  readonly unfunded: number;
  /** Working days, counted from the campaign's first, in which the Treasury pays nobody. */
  readonly stops: readonly { readonly from: number; readonly days: number }[];
  /** From this working day on everything goes so much faster. */
  readonly hurry: { readonly from: number; readonly times: number } | undefined;
  /** Office work goes faster with the weeks, or slower: the daily capacity is multiplied by this every twenty working days. */
  readonly drift: number;
}

export type WaitName =
  | 'board'
  | 'correction'
  | 'confirmation'
  | 'estimate'
  | 'signing'
  | 'bank'
  | 'mending'
  | 'hold'
  | 'inquiry';

export function settingOf(seed: number, shapes: readonly WaitShape[]): Setting {
  const random = seeded(seed * 7919 + 13);
  const people = Math.floor(logRange(random, 250, 3500));
  const longest = Math.floor(range(random, 60, 200));
  // Of one campaign every person-bound wait has the same shape: a province is slow or quick as a whole.
  const shape = random.of(shapes);
  const pace = logRange(random, 0.6, 1.7);
  const spread = range(random, 0.5, 1.3);
  const wait = (least: number, most: number, more: Partial<Wait> = {}): Wait => ({
    shape,
    middle: pace * logRange(random, least, most),
    spread: spread * range(random, 0.8, 1.2),
    longest,
    ...more,
  });
  return {
    random,
    people,
    units: Math.floor(logRange(random, 6, 60)),
    handingIn: Math.floor(range(random, 5, 40)),
    appraisals: people / range(random, 8, 45),
    payments: people / range(random, 6, 40),
    isReturned: logRange(random, 0.02, 0.25),
    isReturnedAgain: range(random, 0.1, 0.5),
    isRefused: logRange(random, 0.003, 0.05),
    isSentBack: logRange(random, 0.004, 0.04),
    isUnclear: logRange(random, 0.002, 0.03),
    isHeld: logRange(random, 0.001, 0.02),
    isNeverPaid: range(random, 0.05, 0.5),
    isGivenBack: range(random, 0, 0.12),
    isOfParty: range(random, 0, 0.25),
    batchEvery: Math.floor(range(random, 3, 12)),
    waits: {
      board: wait(2, 8),
      correction: wait(3, 15),
      confirmation: wait(0.8, 4, { shape: 'lognormal', longest: 30 }),
      estimate: wait(8, 30),
      signing: wait(1, 5),
      bank: wait(0.5, 1.5, { shape: 'lognormal', spread: 0.4, longest: 10 }),
      mending: wait(4, 15),
      hold: wait(5, 25),
      inquiry: wait(2, 8),
    },
    unfunded: range(random, 0, 0.4),
    stops: Array.from(
      {
        length: random.weighted([
          [0, 5],
          [1, 4],
          [2, 2],
        ]),
      },
      () => ({
        from: random.between(10, 90),
        days: random.between(3, 18),
      }),
    ),
    hurry: random.chance(0.5) ? { from: random.between(30, 110), times: logRange(random, 1.4, 8) } : undefined,
    drift: range(random, 0.9, 1.15),
  };
}
