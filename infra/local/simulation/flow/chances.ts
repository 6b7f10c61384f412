/** Waits of many shapes, drawn from a seed. */
import type { Random } from '../../seeded.ts';

/** `thin` to `power`: how often somebody waits very long. */
export const waitShapes = ['lognormal', 'two-kinds', 'weibull', 'power'] as const;
export type WaitShape = (typeof waitShapes)[number];

/** Working days with about this median; never more than `longest`. */
export interface Wait {
  readonly shape: WaitShape;
  readonly middle: number;
  /** 0.5 to 1.5: how far apart short and long waits lie. */
  readonly spread: number;
  readonly longest: number;
}

export function uniform(random: Random): number {
  return (random.between(0, 999_999_999) + 0.5) / 1_000_000_000;
}

export function range(random: Random, least: number, most: number): number {
  return least + uniform(random) * (most - least);
}

/** Even in its logarithm: as many between 1 and 10 as between 10 and 100. */
export function logRange(random: Random, least: number, most: number): number {
  return least * (most / least) ** uniform(random);
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}

export function daysOf(random: Random, wait: Wait): number {
  return Math.min(wait.longest, Math.floor(rawDays(random, wait)));
}

function rawDays(random: Random, { shape, middle, spread }: Wait): number {
  switch (shape) {
    case 'lognormal':
      return middle * Math.exp(spread * normal(random));
    case 'two-kinds':
      return random.chance(0.8)
        ? middle * Math.exp(0.5 * normal(random))
        : middle * (2 + 5 * spread) * range(random, 0.3, 1.7);
    case 'weibull':
      // A shape under one: whoever has waited long waits longer.
      return middle * (-Math.log(uniform(random)) / Math.LN2) ** (0.6 + 0.7 * spread);
    case 'power':
      return middle * (uniform(random) ** (-0.3 - 0.4 * spread) - 1) * 2.2;
  }
}
