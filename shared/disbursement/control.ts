/**
 * What proves that a file that left is whole: how many, how much, and a check value over who gets what. Every file of a
 * slip carries the same three; whoever reads a file computes them again from its rows.
 */
import { type Dong, sum } from '../dong.ts';
import { sha256 } from '../hash.ts';

export interface ControlledRow {
  readonly reference: string;
  readonly accountNumber: string;
  readonly amount: Dong;
}

export interface Control {
  readonly count: number;
  readonly total: Dong;
  /** SHA-256 over `reference|account|amount` of each row in the order of references, hexadecimal. */
  readonly check: string;
}

/** Takes the rows in any order. */
export function controlOf(rows: readonly ControlledRow[]): Control {
  const lines = rows.map(({ reference, accountNumber, amount }) => `${reference}|${accountNumber}|${amount}\n`);
  return {
    count: rows.length,
    total: sum(rows.map(({ amount }) => amount)),
    check: sha256(lines.toSorted().join('')),
  };
}

/** The part of the check value that a sheet shows and a person compares. */
export function shownCheck({ check }: Pick<Control, 'check'>): string {
  return check.slice(0, 16);
}
